"""An object for programs to the page that holds it, which does nothing to a terminal or a log that it is printed to."""

from __future__ import annotations

from re import Match
from re import compile as pattern

from msgspec import Raw
from msgspec.json import encode
from msgspec.json import format as indent

from cbm.version import VERSION

# All of it stands in texts of the object: what steers a terminal or reorders what it shows, and what a log takes for a
# command.
_ACTIVE = pattern("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|##")


def json_page(whole: object) -> str:
    """The object, indented, with a line break at its end."""
    return _ACTIVE.sub(_spelt_out, indent(encode(whole), indent=2).decode()) + "\n"


def described_page(whole: object, name: str, version: int) -> str:
    """The page of an object that has a schema: the address of that comes first, then which program wrote it."""
    head = encode({"schema": address(name, version), "tool": {"name": "cbm", "version": VERSION}})
    return json_page(Raw(head.removesuffix(b"}") + b"," + encode(whole).removeprefix(b"{")))


def address(name: str, version: int) -> str:
    """By what a schema is known, as `cbm schema NAME` prints it."""
    return f"urn:cbm:{name}:{version}"


def _spelt_out(found: Match[str]) -> str:
    return f"{found[0][:-1]}\\u{ord(found[0][-1]):04x}"

"""A page, and what its script asks, over HTTP: for browsers on this machine that know the token, and for nobody else.

A request has to name this machine as its host, so that no other page reaches it by another name; what is asked for
needs the token in a header, which no page of another origin can send. Nothing is fetched from anywhere.
"""

from __future__ import annotations

import hmac
import json
import secrets
import sys
from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cbm.finding import Misuse
from cbm.render.report.report_stylesheet import DARK, LIGHT
from cbm.serve.page_words import spoken_page
from cbm.serve.workroom import Json, Workroom
from cbm.translation.saying import mark, say
from cbm.translation.speech import speaking, spoken

_HERE = Path(__file__).parent
_MOST, _PASSED_OVER = 4_000_000, 100_000_000  # bytes of a request that is answered, and of one that is refused in words
_DIGITS = 12  # so long is no number of bytes
_PATIENCE = 15.0  # seconds until a page is told that nothing came
_HTML, _CSS, _JS = "text/html", "text/css", "text/javascript"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# A map runs nothing and reaches nothing, not even this server.
_MAP_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"


class DeskServer(ThreadingHTTPServer):
    """Serves one folder on this machine, in the language that is spoken; `first` is the text that is shown first."""

    daemon_threads = True

    def __init__(self, workroom: Workroom, port: int = 0, first: str = "") -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.workroom, self.first, self.language = workroom, first, spoken()
        self.token = secrets.token_urlsafe(32)
        self.hosts = {f"127.0.0.1:{self.server_port}", f"localhost:{self.server_port}"}

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A page that is closed while it is answered is no error; anything else is told."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    @property
    def url(self) -> str:
        """The address of the page, with the token where no server ever sees it."""
        return f"http://127.0.0.1:{self.server_port}/#{self.token}"


class _Handler(BaseHTTPRequestHandler):
    server: DeskServer
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "cbm", ""
    timeout = 60

    def do_GET(self) -> None:
        with speaking(self.server.language):
            self._get()

    def do_POST(self) -> None:
        with speaking(self.server.language):
            self._post()

    def _get(self) -> None:
        if not self._is_for_us():
            return
        address = urlsplit(self.path)
        match address.path.split("/")[1:]:
            case [""]:
                self._send(HTTPStatus.OK, _HTML, spoken_page(_file("desk.html").decode()).encode())
            case ["desk.css"]:
                self._send(HTTPStatus.OK, _CSS, _stylesheet())
            case ["desk.js"]:
                self._send(HTTPStatus.OK, _JS, _file("desk.js"))
            case ["map", key]:
                page = self.server.workroom.map(key)
                if page is None:
                    self._refuse(HTTPStatus.NOT_FOUND, say("there is no such map"))
                else:
                    self._send(HTTPStatus.OK, _HTML, page.encode(), _MAP_POLICY)
            case ["api", what]:
                asked: dict[str, object] = {name: values[0] for name, values in parse_qs(address.query).items()}
                self._answer(what, asked, _READ)
            case _:
                self._refuse(HTTPStatus.NOT_FOUND, say("there is no such page"))

    def _post(self) -> None:
        if not self._is_for_us():
            return
        match urlsplit(self.path).path.split("/")[1:]:
            case ["api", what]:
                asked = self._content()
                if asked is not None:
                    self._answer(what, asked, _CHANGE)
            case _:
                self._refuse(HTTPStatus.NOT_FOUND, say("there is no such page"))

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002, so it is called there
        """Nothing is logged: addresses hold names of texts."""

    def _is_for_us(self) -> bool:
        host, origin = self.headers.get("Host", ""), self.headers.get("Origin")
        if host in self.server.hosts and origin in (None, f"http://{host}"):
            return True
        self._refuse(HTTPStatus.FORBIDDEN, say("this page is for this machine alone"))
        return False

    def _content(self) -> dict[str, object] | None:
        given = self.headers.get("Content-Length", "")
        length = int(given) if given.isdecimal() and len(given) < _DIGITS else None
        if length is None or length > _MOST:
            self.close_connection = True
            self._pass_over(length or 0)
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, say("the text is too large for this page"))
            return None
        body = self.rfile.read(length)
        try:
            content = json.loads(body) if self.headers.get_content_type() == "application/json" else None
        except (ValueError, RecursionError):
            content = None
        if not isinstance(content, dict):
            self._refuse(HTTPStatus.BAD_REQUEST, say("this is nothing that the page asks"))
            return None
        return content

    def _pass_over(self, left: int) -> None:
        """Reads what still comes, as far as it is not without end: who is not done with sending hears no answer."""
        left = min(left, _PASSED_OVER)
        while left > 0 and (piece := self.rfile.read(min(left, _MOST))):
            left -= len(piece)

    def _answer(self, what: str, asked: dict[str, object], known: dict[str, _Question]) -> None:
        if not hmac.compare_digest(self.headers.get("X-Token", "").encode(), self.server.token.encode()):
            words = mark("open the address that “cbm serve” printed, with all that stands behind #")
            self._refuse(HTTPStatus.FORBIDDEN, say(words))
            return
        if what not in known:
            self._refuse(HTTPStatus.NOT_FOUND, say("this is nothing that can be asked"))
            return
        try:
            told = known[what](self.server, asked)
        except Misuse as problem:
            self._refuse(HTTPStatus.CONFLICT, str(problem))
        except (KeyError, TypeError, ValueError):
            self._refuse(HTTPStatus.BAD_REQUEST, say("this is nothing that the page asks"))
        else:
            self._send(HTTPStatus.OK, "application/json", json.dumps(told).encode())

    def _refuse(self, status: HTTPStatus, problem: str) -> None:
        self._send(status, "application/json", json.dumps({"problem": problem}).encode())

    def _send(self, status: HTTPStatus, kind: str, content: bytes, policy: str = _POLICY) -> None:
        self.send_response(status)
        for name, value in (
            ("Content-Type", f"{kind}; charset=utf-8"),
            ("Content-Length", str(len(content))),
            ("Content-Security-Policy", policy),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cache-Control", "no-store"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


_Question = Callable[[DeskServer, dict[str, object]], Json]


def _words(asked: dict[str, object], name: str) -> str:
    """What is asked of, as text; ValueError where it is none."""
    value = asked[name]
    if not isinstance(value, str):
        raise ValueError(name)
    return value


def _number(asked: dict[str, object], name: str) -> int:
    return int(str(asked[name]))


_READ: dict[str, _Question] = {
    "texts": lambda server, _: {"texts": server.workroom.texts(), "first": server.first},
    "text": lambda server, asked: server.workroom.text(_words(asked, "name")),
    "found": lambda server, asked: server.workroom.found(_number(asked, "since"), _PATIENCE),
}
_CHANGE: dict[str, _Question] = {
    "type": lambda server, asked: server.workroom.type(_words(asked, "name"), _words(asked, "text")),
    "save": lambda server, asked: server.workroom.save(
        _words(asked, "name"), _words(asked, "text"), _words(asked, "before")
    ),
    "map": lambda server, asked: server.workroom.draw(_words(asked, "name"), _words(asked, "text")),
    "ways": lambda server, asked: server.workroom.look_for_ways(_words(asked, "name"), _words(asked, "text")),
    "around": lambda server, asked: server.workroom.around(
        _words(asked, "name"), _words(asked, "text"), _number(asked, "offset")
    ),
}


@cache
def _file(name: str) -> bytes:
    return (_HERE / name).read_bytes()


@cache
def _stylesheet() -> bytes:
    """The colours of the page of findings, light and dark, and how this page looks."""
    light, dark = (";".join(f"--{name}:{colour}" for name, colour in inks.items()) for inks in (LIGHT, DARK))
    colours = f":root{{color-scheme:light dark;{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
    return colours.encode() + _file("desk.css")

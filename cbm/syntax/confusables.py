"""Names to what readers see of them: which characters look alike, and which scripts belong together (UTS 39).

The tables are those of the Unicode Consortium, as `confusable_homoglyphs` brings them. They are read where a name has
other characters than those of ASCII; for these alone the few rows stand here.
"""

from __future__ import annotations

from functools import cache
from unicodedata import name as description
from unicodedata import normalize

from cbm.translation.listing import listed
from cbm.translation.saying import mark, say

_ASCII = str.maketrans({"0": "O", "1": "l", "I": "l", "m": "rn"})
# What languages write together (UTS 39, 5.1 and 5.2): each with Latin as well.
_WRITTEN_TOGETHER = tuple(
    frozenset(scripts.split()) for scripts in ("LATIN HAN HIRAGANA KATAKANA", "LATIN HAN BOPOMOFO", "LATIN HAN HANGUL")
)
_ANYWHERE = frozenset(("COMMON", "INHERITED"))
# Those that names are likely to be written in; readers are told the others by their names in Unicode.
_SCRIPTS = {
    "LATIN": mark("Latin"),
    "GREEK": mark("Greek"),
    "CYRILLIC": mark("Cyrillic"),
    "ARMENIAN": mark("Armenian"),
    "GEORGIAN": mark("Georgian"),
    "HEBREW": mark("Hebrew"),
    "ARABIC": mark("Arabic"),
    "DEVANAGARI": mark("Devanagari"),
    "THAI": mark("Thai"),
    "HAN": mark("Han"),
    "HIRAGANA": mark("Hiragana"),
    "KATAKANA": mark("Katakana"),
    "HANGUL": mark("Hangul"),
    "BOPOMOFO": mark("Bopomofo"),
}


def skeleton(name: str) -> str:
    """What all names have in common that look like this one, and no other has."""
    if name.isascii():
        return name.translate(_ASCII)
    return normalize("NFD", "".join(map(_prototype, normalize("NFD", name))))


def mixed_scripts(name: str) -> tuple[str, ...]:
    """The scripts of a name, in order, if no language writes them together; else none."""
    if name.isascii():
        return ()
    from confusable_homoglyphs.categories import alias

    scripts = dict.fromkeys(script for script in map(alias, name) if script not in _ANYWHERE)
    if len(scripts) < 2 or any(together.issuperset(scripts) for together in _WRITTEN_TOGETHER):
        return ()
    return tuple(say(_SCRIPTS.get(script) or script.replace("_", " ").title()) for script in scripts)


def strange_signs(name: str, other: str = "") -> str:
    """The characters of a name that the other one does not have, or that are of another script than its first one."""
    strange = [sign for sign in name if (sign not in other if other else mixed_scripts(f"{name[0]}{sign}"))]
    told = [
        say("`{sign}` is {code}", sign=sign, code=f"U+{ord(sign):04X} {description(sign, '')}".rstrip())
        for sign in dict.fromkeys(strange or name)
    ]
    return listed(told, ",", "sentences")


@cache
def _prototype(character: str) -> str:
    """The one of the characters that look alike which stands for all of them; it may be several.

    The table tells of each one that stands for others which these are, and of each of the others only that one.
    """
    alike = _alike(character)
    if len(alike) != 1:
        return character
    decomposed = normalize("NFD", alike[0])
    if len(decomposed) > 1:
        return "".join(map(_prototype, decomposed))
    return alike[0] if len(_alike(alike[0])) > 1 else min(character, alike[0])


def _alike(character: str) -> list[str]:
    from confusable_homoglyphs.confusables import confusables_data as table

    # What is written from right to left stands between marks of direction.
    rows = table.get(character) or table.get(f"\u200e{character}\u200e", ())
    return [row["c"].strip("\u200e") for row in rows]

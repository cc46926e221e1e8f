"""Bytes that are no UTF-8 to what they are, as far as that can be told, and how they become it."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from shlex import quote

from cbm.translation.saying import mark, say

_PACKED, _OLD_OFFICE, _PORTABLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
_WORD = mark("a Word document")
_OFFICE = (
    (b"word/", _WORD),
    (b"xl/", mark("a spreadsheet")),
    (b"content.xml", mark("an OpenDocument file")),
)
_KANA = re.compile("[\u3041-\u30f6]")
_HALF_WIDTH = re.compile("[\uff61-\uff9f]")
# Two of them in a row: curly quotes and accents of Western encodings read as single ones.
_HAN = re.compile("[\u4e00-\u9fff]{2}")


def other_format(content: bytes, at: int, name: str) -> str:
    """What a file is instead of UTF-8 text, of which the byte `at` is no part, and what to do about it."""
    kind = _document(content)
    if kind is _WORD:
        command = f"cbm docx {quote(name)} {quote(name.removesuffix('.docx') + '.cbm.md')}"
        return say("is a Word document, and no text: lay it out as one with `{command}`", command=command)
    if kind:
        return say(
            "is {kind}, and no text: copy its words into a file of plain text, and save that as UTF-8", kind=say(kind)
        )
    encoding = _encoding(content)
    if not encoding:
        return say("is not UTF-8 text (byte {place}): save it as UTF-8", place=at)
    return say(
        "is {encoding} text, and not UTF-8: save it as UTF-8, or write `{command}`",
        encoding=encoding,
        command=f"iconv -f {encoding} -t UTF-8 {quote(name)} > NEW",
    )


def _document(content: bytes) -> str:
    """What kind of document, as a message, of those that are no text at all."""
    if content.startswith(_PACKED):
        return next((kind for part, kind in _OFFICE if part in content), mark("a packed file"))
    if content.startswith(_OLD_OFFICE):
        return mark("an old Word document")
    return mark("a PDF") if content.startswith(_PORTABLE) else ""


def _encoding(content: bytes) -> str:
    if content.startswith((BOM_UTF32_LE, BOM_UTF32_BE)):  # one of them begins as one of UTF-16
        return "UTF-32"
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) and len(content) > len(BOM_UTF16_LE):
        return "UTF-16"
    japanese, chinese = _decoded(content, "shift_jis"), _decoded(content, "gb18030")
    kana = len(_KANA.findall(japanese))
    if kana and kana >= len(_HALF_WIDTH.findall(japanese)):
        return "Shift_JIS"
    if _HAN.search(chinese) and not _KANA.search(chinese):
        return "GB18030"
    return "EUC-JP" if _KANA.search(chinese) and _decoded(content, "euc_jp") else ""


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return ""

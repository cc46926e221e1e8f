"""What stands first in a paragraph to the number that it is: `3.2`, `(a)`, `Article 3`, `第三条`, `（二）`."""

from __future__ import annotations

import re

from cbm.papers.number_forms import han_value
from cbm.papers.paper import PaperParagraph

COUNT = r"[0-9０-９]+|[一二三四五六七八九十]+"
_ORDINAL = r"(?:[ \t]+(?P<again>bis|ter|quater)(?!\w))?"
ARTICLE = re.compile(
    rf"(?:article|art\.|rule)\s+(?P<latin>[0-9]+[A-Za-z]?|[IVXLC]+)(?!\w){_ORDINAL}\s*[.:–—-]*\s*"
    rf"|第\s*(?P<han>{COUNT})\s*[条條]\s*(?:の\s*(?P<part>{COUNT}))?[:：.．、　\s]*",
    re.IGNORECASE,
)
# What stands first in a paragraph and is taken for its number, where no program counted one.
_TYPED = re.compile(
    rf"""
    (?: [0-9０-９]+ (?: [.．] [0-9０-９]+ )+ [.．]?  |  [0-9０-９]+ [A-Z]? [.．)）]
      | [0-9]+ (?= [ \t]+ (?:bis|ter|quater) \b )
      | [(（] (?: [0-9０-９]+ | [a-zA-Z] | [ivxlc]+ | {COUNT} ) [)）]
      | [a-zA-Z] [)）]  |  [ivxl]+ [)）]  |  [IVXLC]+ [.．]  |  [A-Za-z] [.．] (?= [ \t\u3000] )
      | [一二三四五六七八九十]+ [、，]  |  (?: {COUNT} ) (?= \u3000 )  |  [\u2460-\u2473] )
    {_ORDINAL} [.．]? (?= [ \t\u3000] | [^\x00-\x7f] | $ )
    """,
    re.VERBOSE,
)

SENTENCE_END = (".", "。", ";", "；", ":", "：")


def article_of(paragraph: PaperParagraph) -> re.Match[str] | None:
    """`Article 3`, `第三条` at the beginning of a paragraph, typed or counted."""
    return ARTICLE.match(f"{paragraph.number} {said_words(paragraph)}".strip())


def said_words(paragraph: PaperParagraph) -> str:
    """What it says, also where somebody wants to delete all of it."""
    return paragraph.words if paragraph.words.strip() else paragraph.all_words


def typed_number(words: str) -> str:
    """The number that a paragraph begins with, as far as it has been typed; empty where it begins with none."""
    found = _TYPED.match(words)
    return found[0] if found else ""


def is_number(words: str, after: int = 0) -> bool:
    """Whether they are a number and nothing else; one without any sign is, where it counts on from `after`."""
    if typed_number(words) == words or ARTICLE.fullmatch(words):
        return bool(words)
    return bare_count(words) == after + 1


def bare_count(words: str) -> int:
    """What figures without any sign count; 0 where there is something else."""
    return int(words) if re.fullmatch(r"[0-9０-９]{1,3}", words) else han_value(words)

"""Heads of options: `Option 1`, `Alternative A`, `备选案文一`, `選択肢1`, and which stand against each other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cbm.papers.number_forms import han_value, roman_value
from cbm.papers.paper import PaperParagraph, WordPiece
from cbm.papers.typed_numbers import ARTICLE, COUNT, SENTENCE_END, article_of, said_words, typed_number
from cbm.records import Record, replace

_STEMS = "甲乙丙丁戊"
_FORMS = "备选案文|備選案文|备选条文|备选方案|選擇|选项|方案|選択肢|代替案|オプション|案文"
_HEAD = re.compile(
    rf"""
    (?P<opened>[\[［【]?) \s*
    (?P<name>
        (?P<form> (?i:option|alternative|alt\.?|variant) [ \t]+ | (?:{_FORMS}) [ \t]* )
        (?P<count> {COUNT} | [A-ZＡ-Ｚ{_STEMS}] | [IVX]+ )
      | (?P<before> [A-ZＡ-Ｚ{_STEMS}] | 第(?:{COUNT}) ) (?P<behind> 案 )
    ) (?!\w)
    (?: \s* [(（［\[] (?P<who> [^()（）\[\]［］]+ ) [)）］\]] )?
    \s* (?P<closed>[\]］】]?) \s* (?P<sign>[:：.．、–—-]*) \s*
    """,
    re.VERBOSE,
)
_DELETED = re.compile(
    r"[(（\[［]?\s*(?:(?i:delete[d]?|deletion|no text|no (?:article|paragraph|provision)|none)"
    r"|删除|不设(?:本条|此条|案文)?|无案文|削除|規定しない|規定なし|なし)\s*[.。]?\s*[)）\]］]?"
)


class OptionHead(Record):
    """The head of an option: what it is called, the count in it, for whom it speaks, the level of its
    heading, and its title.

    `deletes`: in its place is to be nothing. `begins`: it is the first of its choice. `is_last`: it is the last one.
    """

    form: str
    count: int
    name: str
    who: str = ""
    heading: int = 0
    title: str = ""
    deletes: bool = False
    begins: bool = False
    is_last: bool = False


class PaperPassage(Record):
    """A paragraph as its number is read: `read` has the number that stands in the cell beside it, and no head.

    `is_set`: what its options are against each other is known from where it stands. `ends`: they end with it.
    """

    paragraph: PaperParagraph
    read: PaperParagraph
    head: OptionHead | None = None
    is_set: bool = False
    ends: bool = False


def is_deletion(words: str) -> bool:
    """Whether they say that nothing is to stand there: `(deleted)`."""
    return _DELETED.fullmatch(words) is not None


def passage_of(paragraph: PaperParagraph) -> PaperPassage:
    """A paragraph that stands in no table."""
    words = " ".join(said_words(paragraph).split())
    article = ARTICLE.match(words)
    number = article[0] if article else typed_number(words)
    found = _HEAD.match(words, len(number) + len(words[len(number) :]) - len(words[len(number) :].lstrip()))
    if found is None:
        return PaperPassage(paragraph, paragraph)
    rest = words[found.end() :].strip()
    if found["opened"] and not found["closed"]:
        rest = rest.removesuffix("]").removesuffix("］").removesuffix("】").strip()
    if rest and not paragraph.heading and not found["sign"]:
        return PaperPassage(paragraph, paragraph)
    deletes = is_deletion(rest)
    is_title = not article and not deletes and not rest.endswith(SENTENCE_END)
    head = OptionHead(
        form=(found["form"] or found["behind"]).strip().lower(),
        count=_value(found["count"] or found["before"]),
        name=found["name"],
        who=found["who"] or "",
        heading=paragraph.heading,
        title=rest if is_title else "",
        deletes=deletes,
    )
    left = "" if is_title or deletes else rest
    read = replace(
        paragraph, pieces=(WordPiece(f"{number} {left}".strip()),), heading=paragraph.heading if article else 0
    )
    return PaperPassage(paragraph, read, head)


def column_head(words: str) -> OptionHead | None:
    """The head of a column of options."""
    found = _HEAD.fullmatch(words)
    if found is None:
        return None
    return OptionHead("", _value(found["count"] or found["before"]), found["name"], found["who"] or "")


def _value(count: str) -> int:
    plain = count.removeprefix("第")
    if plain.isdecimal():
        return int(plain)
    if plain in _STEMS:
        return _STEMS.index(plain) + 1
    return han_value(plain) or roman_value(plain) or (ord(plain) - ord("Ａ" if plain >= "Ａ" else "A") + 1)


def arranged(passages: Sequence[PaperPassage]) -> list[PaperPassage]:
    """With what heads are to each other; an option in an option has no head, since the language has none there."""
    found = list(passages)
    last: tuple[int, OptionHead] | None = None  # the head of the choice that is read, and where it stands
    for place, passage in enumerate(passages):
        head = passage.head
        if head is None or passage.is_set:
            continue
        if last is not None and _goes_on(last[1], head):
            before, earlier = last
            found[before] = replace(found[before], head=replace(earlier, is_last=False))
            last = place, replace(head, is_last=True)
        elif last is not None and not _is_alike(last[1], head) and _is_taken_up(last[1], passages[place + 1 :]):
            found[place] = PaperPassage(passage.paragraph, passage.paragraph)
            continue
        else:
            last = place, replace(head, begins=True, is_last=True)
        found[place] = replace(passage, head=last[1])
    return found


def _is_alike(one: OptionHead, other: OptionHead) -> bool:
    """Whether they are called alike, and stand as high."""
    return (one.form, one.heading) == (other.form, other.heading)


def _goes_on(one: OptionHead, other: OptionHead) -> bool:
    """Whether the other one is the next option of the choice."""
    return _is_alike(one, other) and other.count == one.count + 1


def _is_taken_up(one: OptionHead, following: Sequence[PaperPassage]) -> bool:
    """Whether the choice goes on below, before the next article."""
    for passage in following:
        if article_of(passage.read):
            return False
        if passage.head is not None and not passage.is_set and _is_alike(one, passage.head):
            return _goes_on(one, passage.head)
    return False

"""Numbers as a document shows them to labels of the language: `(a)` below paragraph 2 of article 3 is `3.2(a)`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from cbm.papers.number_forms import han_value, letters, roman_value
from cbm.papers.paper import PaperParagraph
from cbm.records import Record
from cbm.translation.saying import say

_COUNT = r"[0-9０-９]+|[一二三四五六七八九十]+"
_ORDINAL = r"(?:[ \t]+(?P<again>bis|ter|quater)(?!\w))?"
_ARTICLE = re.compile(
    rf"(?:article|art\.|rule)\s+(?P<latin>[0-9]+[A-Za-z]?|[IVXLC]+)(?!\w){_ORDINAL}\s*[.:–—-]*\s*"
    rf"|第\s*(?P<han>{_COUNT})\s*[条條]\s*(?:の\s*(?P<part>{_COUNT}))?[:：.．、　\s]*",
    re.IGNORECASE,
)
# What stands first in a paragraph and is taken for its number, where no program counted one.
_TYPED = re.compile(
    rf"""
    (?: [0-9０-９]+ (?: [.．] [0-9０-９]+ )+ [.．]?  |  [0-9０-９]+ [A-Z]? [.．)）]
      | [0-9]+ (?= [ \t]+ (?:bis|ter|quater) \b )
      | [(（] (?: [0-9０-９]+ | [a-zA-Z] | [ivxlc]+ | {_COUNT} ) [)）]
      | [a-zA-Z] [)）]  |  [ivxl]+ [)）]  |  [IVXLC]+ [.．]  |  [A-Za-z] [.．] (?= [ \t\u3000] )
      | [一二三四五六七八九十]+ [、，]  |  [\u2460-\u2473] )
    {_ORDINAL} [.．]? (?= [ \t\u3000] | [^\x00-\x7f] | $ )
    """,
    re.VERBOSE,
)
_CIRCLED = ("①", "⑳")
_SENTENCE_END = (".", "。", ";", "；", ":", "：")


class Numbered(Record):
    """A paragraph with its place among the provisions.

    `label` as a clause has it, with the article's label in front; empty where none can be made, and `problem` says why
    one with a number has none. `is_article`: it is the heading of an article, `is_heading`: of something else. `title`
    is the heading without its number.
    """

    paragraph: PaperParagraph
    label: str = ""
    title: str = ""
    is_article: bool = False
    is_heading: bool = False
    problem: str = ""


def numbered(paragraphs: Iterable[PaperParagraph]) -> list[Numbered]:
    """The paragraphs in order with their labels; of two with one label the second has none, and says so."""
    found = list(_in_articles(list(paragraphs)))
    seen: set[str] = set()
    for place, one in enumerate(found):
        if one.label and one.label in seen:
            problem = say("the number {label} stands at another paragraph, too", label=one.label)
            found[place] = Numbered(one.paragraph, "", one.title, False, one.is_article or one.is_heading, problem)
        seen.add(one.label)
    return found


def article_of(paragraph: PaperParagraph) -> re.Match[str] | None:
    """`Article 3`, `第三条` at the beginning of a paragraph, typed or counted."""
    return _ARTICLE.match(f"{paragraph.number} {_words(paragraph)}".strip())


def _words(paragraph: PaperParagraph) -> str:
    """What it says, also where somebody wants to delete all of it."""
    return paragraph.words if paragraph.words.strip() else paragraph.all_words


def typed_number(words: str) -> str:
    """The number that a paragraph begins with, as far as it has been typed; empty where it begins with none."""
    found = _TYPED.match(words)
    return found[0] if found else ""


def _in_articles(paragraphs: Sequence[PaperParagraph]) -> Iterator[Numbered]:
    levels, depth = _Levels(), 0  # the depth is that of the heading of the article
    waiting = ""  # the label of an article whose words stand below its heading, without a number
    for place, paragraph in enumerate(paragraphs):
        words = " ".join(_words(paragraph).split())
        shown = f"{paragraph.number} {words}".strip()
        following = paragraphs[place + 1 :]
        number = paragraph.number or typed_number(words)
        if found := article_of(paragraph):
            levels, depth = _Levels(_article_label(found)), paragraph.heading
            one = _article(paragraph, levels.article, shown, shown[found.end() :].strip(), following)
            waiting = levels.article if one.is_heading else ""
            yield one
        elif paragraph.heading and not paragraph.is_title and (not number or not words.endswith(_SENTENCE_END)):
            if not depth or paragraph.heading <= depth:
                label = _Levels().label(number) if number and _has_provisions(following) else ""
                levels, depth = _Levels(label), paragraph.heading if label else 0
                title = words.removeprefix(number).strip() if label else shown
                yield Numbered(paragraph, label, title, is_article=bool(label), is_heading=not label and bool(shown))
            else:
                yield Numbered(paragraph, title=shown, is_heading=bool(shown))
        elif waiting and words and number in ("", "•"):
            yield Numbered(paragraph, waiting)
            waiting = ""
        elif number and number != "•" and words:
            label = levels.label(number)
            problem = "" if label else say("a clause cannot have the number {number}", number=number)
            yield Numbered(paragraph, label, problem=problem)
        else:
            yield Numbered(paragraph)


def _article(
    paragraph: PaperParagraph, label: str, shown: str, title: str, following: Sequence[PaperParagraph]
) -> Numbered:
    """The heading of an article; a clause, where the article says something itself."""
    if not title.endswith(_SENTENCE_END) and _has_provisions(following) and not _begins_with_chapeau(following):
        return Numbered(paragraph, label, title, is_article=True)
    is_clause = title.endswith(_SENTENCE_END) or (title and not _has_words(following))
    return Numbered(paragraph, label) if is_clause else Numbered(paragraph, is_heading=True, title=shown)


def _begins_with_chapeau(following: Sequence[PaperParagraph]) -> bool:
    """Whether what is numbered are letters below words that have no number: these are the article itself."""
    said = [one for one in following if _words(one).strip()]
    numbers = [one.number or typed_number(" ".join(_words(one).split())) for one in said]
    first = next((number for number in numbers if number not in ("", "•")), "")
    return numbers[:1] != [first] and re.fullmatch(r"[(（]?[a-z]+[.)）]", first) is not None


def _has_words(following: Sequence[PaperParagraph]) -> bool:
    """Whether something is said before the next heading."""
    said = next((one for one in following if _words(one).strip()), None)
    return said is not None and not (article_of(said) or said.heading)


def _has_provisions(following: Sequence[PaperParagraph]) -> bool:
    """Whether a paragraph with a number comes before the next heading."""
    for paragraph in following:
        if article_of(paragraph) or paragraph.heading:
            return False
        if paragraph.number not in ("", "•") or typed_number(" ".join(paragraph.words.split())):
            return True
    return False


def _article_label(found: re.Match[str]) -> str:
    if found["latin"]:
        return f"{found['latin']} {found['again'].lower()}" if found["again"] else found["latin"]
    part = f".{_digits(found['part'])}" if found["part"] else ""
    return f"{_digits(found['han'])}{part}"


def _digits(count: str) -> str:
    """A count in any script in digits."""
    return str(han_value(count) or int(count))


class _Levels:
    """The numbers above the one that is read: of which form each is, and its label."""

    def __init__(self, article: str = "") -> None:
        self.article = article
        self._above: list[tuple[str, str, str]] = []  # form, what was counted, label

    def label(self, number: str) -> str:
        """The label of a paragraph with this number, where it stands; empty where a clause cannot have it."""
        form, count = self._form(number)
        if not form:
            return ""
        known = [place for place, (other, _, _) in enumerate(self._above) if other == form]
        if known:
            del self._above[known[0] :]
        elif form.startswith("dotted"):
            self._above = [one for one in self._above if one[0].startswith("dotted") and one[0] < form]
        above = self._above[-1][2] if self._above else ""
        label = self._written(form, count, above)
        if label:
            self._above.append((form, count, label))
        return label

    def _written(self, form: str, count: str, above: str) -> str:
        """The label: behind that of the number above it, or of the article."""
        if form.startswith("dotted"):
            return count if not self.article or count.startswith(f"{self.article}.") else f"{self.article}.{count}"
        if above:
            return f"{above}({count})"
        if self.article:
            return f"{self.article}.{count}" if form == "han" else f"{self.article}({count})"
        return "" if form in ("letter", "roman") else count

    def _form(self, number: str) -> tuple[str, str]:
        """Of which form a number is, and what it counts, without its signs."""
        again = re.search(r"(?:bis|ter|quater)", number)
        plain = number[: again.start()] if again else number
        bare = "".join(_plain_digit(sign) for sign in plain).strip(" ()（）.．、，\u3000")
        tail = f" {again[0]}" if again else ""
        signs = plain.strip()
        is_circled = any(_CIRCLED[0] <= sign <= _CIRCLED[1] for sign in signs)
        bracketed = "circled " if is_circled else "brackets " if signs.startswith(("(", "（")) else ""
        if re.fullmatch(r"[0-9]+(?:[.．][0-9]+)*[A-Z]?", bare):
            dotted = bare.replace("．", ".")
            return (f"{bracketed}digits" if bracketed else f"dotted {dotted.count('.')}"), f"{dotted}{tail}"
        if value := han_value(bare):
            return f"{bracketed}han", f"{value}{tail}"
        if re.fullmatch(r"[ivxlc]+", bare) and roman_value(bare) and not self._continues(bare):
            return "roman", f"{bare}{tail}"
        if re.fullmatch(r"[a-z]{1,2}", bare):
            return "letter", f"{bare}{tail}"
        return ("capital", f"{bare}{tail}") if re.fullmatch(r"[A-Z]|[IVXLC]+", bare) else ("", "")

    def _continues(self, letter: str) -> bool:
        """Whether it is the letter after the last one that was counted: `(i)` after `(h)`."""
        counted = next((count for form, count, _ in reversed(self._above) if form == "letter"), "")
        return len(counted) == 1 and letters(ord(counted) - ord("a") + 2) == letter


def _plain_digit(sign: str) -> str:
    """A full-width or a circled digit as a plain one."""
    if _CIRCLED[0] <= sign <= _CIRCLED[1]:
        return str(ord(sign) - ord(_CIRCLED[0]) + 1)
    return chr(ord(sign) - ord("０") + ord("0")) if "０" <= sign <= "９" else sign

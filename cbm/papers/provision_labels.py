"""Numbers as a document shows them to labels of the language: `(a)` below paragraph 2 of article 3 is `3.2(a)`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cbm.papers.label_levels import Levels
from cbm.papers.number_forms import han_value
from cbm.papers.option_heads import OptionHead, PaperPassage
from cbm.papers.paper import PaperParagraph
from cbm.papers.typed_numbers import SENTENCE_END, article_of, said_words, typed_number
from cbm.records import Record, replace
from cbm.translation.saying import say


class Numbered(Record):
    """A paragraph with its place among the provisions.

    `label` as a clause has it, with the article's label in front; empty where none can be made, and `problem` says why
    one with a number has none. `is_article`: it is the heading of an article, `is_heading`: of something else. `title`
    is the heading without its number. `option` begins with it. `ends_options`: the last option of a choice ends with
    it, `is_end_guessed`: and only its number says so.
    """

    paragraph: PaperParagraph
    label: str = ""
    title: str = ""
    is_article: bool = False
    is_heading: bool = False
    problem: str = ""
    option: OptionHead | None = None
    ends_options: bool = False
    is_end_guessed: bool = False


def numbered(passages: Sequence[PaperPassage]) -> list[Numbered]:
    """The passages in order with their labels; of two with one label the second has none, and says so.

    Options of one choice may have the same labels: one of them stands.
    """
    reader = _PassageReader()
    for place, passage in enumerate(passages):
        reader.read(passage, [one.read for one in passages[place + 1 :]])
    return reader.finished()


def _words(paragraph: PaperParagraph) -> str:
    return " ".join(said_words(paragraph).split())


def _typed(words: str) -> str:
    """The number that these words begin with; an ideographic blank behind a count tells that it is one."""
    return typed_number(re.sub(r"[^\S\u3000]+", " ", words).strip())


class _Standing(Record):
    """Where the numbering is: the numbers above, the depth of the heading of the article, and what waits.

    `waiting` is the label of an article whose words stand below its heading, without a number.
    """

    levels: Levels
    depth: int = 0
    waiting: str = ""

    def kept(self) -> _Standing:
        """The same, whatever is counted from here on."""
        return replace(self, levels=self.levels.copied())


class _OpenChoice:
    """The options of a choice as far as they were read; by the others it is told where the last one ends."""

    def __init__(self, heading: int) -> None:
        self._heading = heading
        self._is_last = False
        self._earlier: set[str] = set()  # the labels in earlier options
        self._labels: set[str] = set()
        self._has_headings = False  # in earlier options
        self._headings = self._said = self._most_said = 0

    @property
    def labels(self) -> set[str]:
        """Those of all options."""
        return self._earlier | self._labels

    def begin(self, head: OptionHead) -> None:
        self._earlier |= self._labels
        self._most_said = max(self._most_said, self._said)
        self._has_headings = self._has_headings or self._headings > 0
        self._labels, self._headings, self._said = set(), 0, 0
        self._is_last = head.is_last

    def is_over(self, one: Numbered) -> bool:
        """Whether the last option ended before this paragraph, which says something else than the others do."""
        if not self._is_last or not _words(one.paragraph):
            return False
        if 0 < one.paragraph.heading <= self._heading:
            return True
        if one.is_article or one.is_heading:
            return not self._has_headings or (bool(self._earlier) and one.label not in self._earlier)
        if one.label:
            is_alone = not self._most_said
            return not is_alone and not any(
                one.label == other or _is_below(one.label, other) for other in self._earlier
            )
        return 0 < self._most_said <= self._said and not self._earlier

    def taken(self, one: Numbered) -> Numbered:
        """A paragraph of it; the first one that has no number where none has is a provision, too."""
        if not _words(one.paragraph):
            return one
        self._said += 1
        self._headings += one.is_article or one.is_heading
        if one.label:
            self._labels.add(one.label)
        if self._said == 1 and not (one.label or one.problem or one.is_article or one.is_heading):
            return replace(one, problem=say("it has no number"))
        return one


def _is_below(label: str, other: str) -> bool:
    """Whether a provision is a part of the other one."""
    return label.startswith((f"{other}(", f"{other}."))


class _PassageReader:
    """What was numbered so far."""

    def __init__(self) -> None:
        self._found: list[Numbered] = []
        self._standing = _Standing(Levels())
        self._labels: set[str] = set()
        self._choice: _OpenChoice | None = None
        self._before: tuple[_Standing, set[str]] = (self._standing, set())  # the options of the choice

    def read(self, passage: PaperPassage, following: Sequence[PaperParagraph]) -> None:
        head = passage.head
        if head is not None:
            self._begin(passage, head)
        one = self._in_article(passage.read, following)
        choice = self._choice
        if choice is not None and head is None and not passage.is_set and choice.is_over(one):
            self._end(is_guessed=not (one.is_heading or article_of(passage.read)))
            choice = None
        if choice is not None:
            one = choice.taken(one)
        self._found.append(self._once(replace(one, paragraph=passage.paragraph, option=head)))
        if passage.ends:
            self._end(is_guessed=False)

    def finished(self) -> list[Numbered]:
        self._end(is_guessed=False)
        return self._found

    def _begin(self, passage: PaperPassage, head: OptionHead) -> None:
        """An option begins: it is numbered as if those before it in its choice did not stand there."""
        if head.begins or self._choice is None:
            self._end(is_guessed=False)
            self._choice = _OpenChoice(passage.paragraph.heading)
            self._before = self._standing.kept(), set(self._labels)
        else:
            self._standing, self._labels = self._before[0].kept(), set(self._before[1])
        self._choice.begin(head)

    def _end(self, *, is_guessed: bool) -> None:
        if self._choice is not None:
            self._labels |= self._choice.labels
            last = max(n for n, one in enumerate(self._found) if one.option or one.paragraph.all_words.strip())
            self._found[last] = replace(self._found[last], ends_options=True, is_end_guessed=is_guessed)
        self._choice = None

    def _once(self, one: Numbered) -> Numbered:
        if one.label and one.label in self._labels:
            problem = say("the number {label} stands at another paragraph, too", label=one.label)
            return replace(
                one, label="", is_article=False, is_heading=one.is_article or one.is_heading, problem=problem
            )
        self._labels.add(one.label)
        return one

    def _in_article(self, paragraph: PaperParagraph, following: Sequence[PaperParagraph]) -> Numbered:
        words = _words(paragraph)
        shown = f"{paragraph.number} {words}".strip()
        number = paragraph.number or _typed(said_words(paragraph))
        standing = self._standing
        if found := article_of(paragraph):
            levels = Levels(_article_label(found))
            one = _article(paragraph, levels.article, shown, shown[found.end() :].strip(), following)
            self._standing = _Standing(levels, paragraph.heading, levels.article if one.is_heading else "")
            return one
        if paragraph.heading and not paragraph.is_title and (not number or not words.endswith(SENTENCE_END)):
            return self._below_heading(paragraph, number, shown, following)
        if standing.waiting and words and number in ("", "•"):
            self._standing = replace(standing, waiting="")
            return Numbered(paragraph, standing.waiting)
        if number and number != "•" and words:
            label = standing.levels.label(number)
            problem = "" if label else say("a clause cannot have the number {number}", number=number)
            return Numbered(paragraph, label, problem=problem)
        return Numbered(paragraph)

    def _below_heading(
        self, paragraph: PaperParagraph, number: str, shown: str, following: Sequence[PaperParagraph]
    ) -> Numbered:
        """A heading without the word for articles: with a number it is that of one where provisions follow."""
        if self._standing.depth and paragraph.heading > self._standing.depth:
            return Numbered(paragraph, title=shown, is_heading=bool(shown))
        label = Levels().label(number) if number and _has_provisions(following) else ""
        self._standing = replace(self._standing, levels=Levels(label), depth=paragraph.heading if label else 0)
        title = _words(paragraph).removeprefix(number).strip() if label else shown
        return Numbered(paragraph, label, title, is_article=bool(label), is_heading=not label and bool(shown))


def _article(
    paragraph: PaperParagraph, label: str, shown: str, title: str, following: Sequence[PaperParagraph]
) -> Numbered:
    """The heading of an article; a clause, where the article says something itself."""
    if not title.endswith(SENTENCE_END) and _has_provisions(following) and not _begins_with_chapeau(following):
        return Numbered(paragraph, label, title, is_article=True)
    is_clause = title.endswith(SENTENCE_END) or (title and not _has_words(following))
    return Numbered(paragraph, label) if is_clause else Numbered(paragraph, is_heading=True, title=shown)


def _begins_with_chapeau(following: Sequence[PaperParagraph]) -> bool:
    """Whether what is numbered are letters below words that have no number: these are the article itself."""
    said = [one for one in following if _words(one).strip()]
    numbers = [one.number or _typed(said_words(one)) for one in said]
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
        if paragraph.number not in ("", "•") or _typed(paragraph.words):
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

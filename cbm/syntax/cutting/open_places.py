"""What is open in a text: brackets, named choices and options headed `option …`, as choices of one document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cbm.records import replace
from cbm.source import Source, Span
from cbm.syntax.ast import (
    Choice,
    ChoiceDeclaration,
    EndOfOptions,
    Name,
    OpenPlace,
    Option,
    OptionHeading,
    Taken,
    Title,
)
from cbm.syntax.comments import without_comments
from cbm.syntax.cutting.brackets import Bracket, Brackets, content
from cbm.syntax.mistake import Mistake
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say

_Key = tuple[str, str | int]


class Choices:
    """The choices of one document, filled statement by statement."""

    def __init__(self, source: Source, brackets: Brackets) -> None:
        self.mistakes: list[Mistake] = []
        self._source = source
        self._brackets = brackets
        self._numbers: dict[_Key, int] = {}
        self._found: list[Choice] = []
        self._declared: dict[str, ChoiceDeclaration] = {}
        self._places: dict[int, dict[int, OpenPlace]] = {}  # of each choice, by where they begin
        self._block: list[OptionHeading] = []  # the headings above, as long as their options go on
        self._filled: set[int] = set()  # where those of them begin below which something stands
        self._blocks = 0
        self._lost = False

    @property
    def found(self) -> tuple[Choice, ...]:
        """The choices, with all their places."""
        places = (self._places.get(number, {}) for number in range(len(self._found)))
        return tuple(
            replace(choice, places=tuple(own[start] for start in sorted(own)))
            for choice, own in zip(self._found, places, strict=True)
        )

    @property
    def declared(self) -> tuple[ChoiceDeclaration, ...]:
        return tuple(self._declared.values())

    def declare(self, declaration: ChoiceDeclaration) -> None:
        name = declaration.name
        if name.text in self._declared:
            earlier = self._declared[name.text].name.span
            related = ((earlier.start, earlier.end, say("the other one")),)
            message = say("two choices are called `{name}`", name=name.text)
            self.mistakes.append(Mistake(message, name.span.start, name.span.end, related=related))
        self._declared.setdefault(name.text, declaration)

    def lose(self) -> None:
        """A statement about options could not be read: what others lack because of it is not told."""
        self._lost = True

    def head(self, heading: OptionHeading) -> None:
        """An `option …:` begins: the first of several, or the next one."""
        if not self._block:
            self._blocks += 1
        elif _called(heading.of) != _called(self._block[0].of) and not self._lost:
            message = say("the options above are not ended: this one is of another choice")
            remedies = (say("write `end of options` above it"),)
            self.mistakes.append(Mistake(message, heading.span.start, heading.span.end, remedies=remedies))
        self._block.append(heading)

    def fill(self) -> None:
        """A statement stands here, whether it could be read or not."""
        self._filled.update(heading.span.start for heading in self._block[-1:])

    def end(self, closing: EndOfOptions) -> None:
        if not self._block and self._lost:
            return
        if not self._block:
            span = closing.span
            self.mistakes.append(Mistake(say("no `option` stands above this `end of options`"), span.start, span.end))
            return
        if not self._lost:
            self.mistakes += self._misread()
        self._close(closing.span.start, closing.span.end)

    def finish(self) -> None:
        """The document ends."""
        if self._block:
            span = self._block[0].span
            message = say("the options that begin here have no end")
            remedies = (say("write `end of options` below the last of them"),)
            if not self._lost:
                self.mistakes.append(Mistake(message, span.start, span.end, remedies=remedies))
            self._close(span.end, span.end)

    def taken(self, by_bracket: Iterable[tuple[int, int]]) -> Taken:
        """With which options a statement stands that is read with these options of brackets."""
        return tuple(dict.fromkeys((*self._of_block(), *self._of_brackets(by_bracket))))

    def leave_out(self, brackets: Iterable[int]) -> None:
        """These brackets may be left out, and no statement stands with that."""
        for _ in self._of_brackets((number, 0) for number in brackets):
            pass

    # ---- options headed `option …`

    def _of_block(self) -> Iterator[tuple[int, int]]:
        if self._block:
            of = self._block[0].of
            key: _Key = ("block", self._blocks) if of is None else ("name", of.text)
            yield self._number(key), self._number_of(self._block[-1])

    def _number_of(self, heading: OptionHeading) -> int:
        declared = None if heading.of is None else self._declared.get(heading.of.text)
        if declared is not None:
            called = [name.text for name in heading.proposers] or [heading.number or ""]
            return next((declared.options.index(who) + 1 for who in called if who in declared.options), 0)
        return next(n for n, one in enumerate(self._block, 1) if one is heading)  # others may read alike: `option 1:`

    def _misread(self) -> Iterator[Mistake]:
        """Headings that do not agree with whether something stands below them, or with where they stand."""
        for number, heading in enumerate(self._block, 1):
            below = heading.span.start in self._filled
            start, end = heading.span.start, heading.span.end
            if not heading.deletes and not below:
                ways = [say("write `{words}`", words=f"{' '.join(heading.span.text.split())} delete")]
                further = next((other for other in self._block[number:] if other.span.start in self._filled), None)
                if heading.of is None and heading.proposers and further and further.proposers:
                    names = dict.fromkeys(name.text for one in (heading, further) for name in one.proposers)
                    words = mark(
                        "or, where the same is proposed here as further down, make one heading of both: `{words}`"
                    )
                    ways.append(say(words, words=f"option {', '.join(names)}:"))
                yield Mistake(say("nothing stands in this option"), start, end, remedies=tuple(ways))
            if heading.deletes and below:
                message = say("`delete` says that nothing is to stand here, and something stands below it")
                remedy = say("leave `delete` out, or what stands below it")
                yield Mistake(message, start, end, remedies=(remedy,))
            if heading.of is None and heading.number not in (None, str(number)):
                message = say("options are numbered as they stand, and this is number {number}", number=number)
                yield Mistake(message, start, end, remedies=(say("write `{words}`", words=f"option {number}:"),))

    def _not_as_listed(self, of: Name, declared: ChoiceDeclaration) -> Iterator[Mistake]:
        """Headings of a declared choice that are not each of its options once."""
        seen: set[int] = set()
        for heading in self._block:
            number, start, end = self._number_of(heading), heading.span.start, heading.span.end
            if number == 0:
                message = say("`options {choice}` lists no such option", choice=of.text)
                remedies = (say("name one of {options}", options=listed(declared.options, ",")),)
                yield Mistake(message, start, end, remedies=remedies)
            elif number in seen:
                words = mark("`{option}` has two options here, and `options {choice}` lists it once")
                message = say(words, option=declared.options[number - 1], choice=of.text)
                yield Mistake(message, start, end, remedies=(say("number the options instead"),))
            seen.add(number)
        missing = [who for number, who in enumerate(declared.options, 1) if number not in seen]
        if missing and 0 not in seen:
            message = mark("what stands here for `{option}` is not said, and `options {choice}` lists it")
            words = f"option {missing[0]} of {of.text}:"
            remedy = say("add `{heading} …`, or `{heading} delete` if nothing is to stand", heading=words)
            message, span = say(message, option=missing[0], choice=of.text), self._block[0].span
            yield Mistake(message, span.start, span.end, remedies=(remedy,))

    def _close(self, last: int, end: int) -> None:
        """The options end, the last of them at one offset, the words that say so at the other one."""
        of = self._block[0].of
        key: _Key = ("block", self._blocks) if of is None else ("name", of.text)
        declared = None if of is None else self._declared.get(of.text)
        if of is not None and not self._lost:
            wrong = [_no_choice(of, self._declared)] if declared is None else self._not_as_listed(of, declared)
            self.mistakes.extend(wrong)
        options: list[Option] = []
        for heading in self._block:
            remark = next((title.text for title in heading.titles), "")
            words, number = "delete" if heading.deletes else "", self._number_of(heading)
            options.append(Option(number, heading.proposers, remark, words, heading.deletes, span=heading.span))
        optional = len(options) == 1
        name, titles = (None, ()) if declared is None else (declared.name, declared.titles)
        known = self._found[self._number(key)]
        choice = Choice(name, titles, tuple(options), optional, whole=True, span=self._block[0].span)
        self._keep(key, choice if not known.options else known)
        ends = [*(heading.span.start for heading in self._block[1:]), last]
        contents = tuple(
            (option.number, heading.span.end, stop)
            for option, heading, stop in zip(options, self._block, ends, strict=True)
            if not option.out
        )
        self._place(
            key, OpenPlace(contents, in_brackets=False, span=Span(self._source, self._block[0].span.start, end))
        )
        self._block = []

    # ---- brackets

    def _of_brackets(self, by_bracket: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        for number, option in by_bracket:
            bracket = self._brackets.places[number]
            key: _Key = ("name", bracket.name) if bracket.name else ("bracket", number)
            choice = self._number(key)
            known = self._found[choice]
            self._keep(key, self._choice(bracket) if not known.options else known)
            if option == 0 and not self._found[choice].optional:
                self._found[choice] = replace(self._found[choice], optional=True)
            contents = tuple((o.number, *content(self._source.text, o)) for o in bracket.options if not o.deletes)
            self._place(key, OpenPlace(contents, in_brackets=True, span=Span(self._source, bracket.start, bracket.end)))
            yield choice, option

    def _choice(self, bracket: Bracket) -> Choice:
        declared = self._declared.get(bracket.name)
        name, titles = (None, tuple[Title, ...]()) if declared is None else (declared.name, declared.titles)
        text = self._source.text
        options: list[Option] = []
        for option in bracket.options:
            start, end = content(text, option)
            proposers = tuple(Name(p.name, span=Span(self._source, p.start, p.end)) for p in option.proposers)
            words = " ".join(without_comments(text[start:end]).split())
            span = Span(self._source, start, end)
            options.append(Option(option.number, proposers, option.remark, words, option.deletes, span=span))
        alone = bracket.whole and len(options) == 1
        span = Span(self._source, bracket.start, bracket.end)
        return Choice(name, titles, tuple(options), alone, bracket.whole, span=span)

    # ---- both

    def _number(self, key: _Key) -> int:
        if key not in self._numbers:
            self._numbers[key] = len(self._found)
            self._found.append(Choice(None, (), (), optional=False, span=Span(self._source, 0, 0)))
        return self._numbers[key]

    def _place(self, key: _Key, place: OpenPlace) -> None:
        self._places.setdefault(self._number(key), {})[place.span.start] = place

    def _keep(self, key: _Key, choice: Choice) -> None:
        number = self._number(key)
        known = self._found[number]
        self._found[number] = replace(choice, optional=choice.optional or known.optional) if known.options else choice


def _called(name: Name | None) -> str | None:
    return None if name is None else name.text


def _no_choice(name: Name, declared: Iterable[str]) -> Mistake:
    from difflib import get_close_matches  # only who errs waits for it

    near = get_close_matches(name.text, list(declared), n=1)
    remedies = (
        (say("did you mean `{near}`?", near=near[0]),)
        if near
        else (say("write `{words}` above", words=f"options {name.text} one of …"),)
    )
    return Mistake(
        say("there is no choice `{choice}`", choice=name.text), name.span.start, name.span.end, remedies=remedies
    )

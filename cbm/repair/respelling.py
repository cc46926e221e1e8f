"""Slips of form and spelling to the texts without them: signs, units, words of the language, and names.

What is mended is tried on all texts: its messages are gone, and there are no others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

from cbm.checking.subjects import subjects_of
from cbm.files import Library
from cbm.finding import Finding, Fix
from cbm.pipeline import understand
from cbm.process.budget import current_budget
from cbm.records import Record
from cbm.source import Edit, Span, edited, overlapping
from cbm.syntax.parse import mends
from cbm.translation.saying import say

Texts = Mapping[Path, str]  # what stands in files, as far as it is not what is saved
Accept = Callable[[Finding, Fix], bool]
_Key = tuple[str, str, int]  # what is told, in which file, and on which line
_MOST_IN_TURN = 8  # so often what shows behind a mended slip is mended as well


class Mending(Record):
    """The texts that are other ones than those that were read, and what was mended in them, in order."""

    texts: Texts
    fixes: tuple[tuple[Finding, Fix], ...] = ()


class _Slip(Record):
    finding: Finding
    edit: Edit

    @property
    def fix(self) -> Fix:
        return Fix(description(self.edit), (self.edit,))


class _Sort(Record):
    """One sort of slip: those in what was read, and all messages that must not become more."""

    slips: Callable[[Library], Iterable[_Slip]]
    messages: Callable[[Library], Counter[str]]


def description(edit: Edit) -> str:
    """What is to be written, in words."""
    old, new = edit.span.text.strip(), edit.replacement.strip()
    if not new:
        return say("leave `{old}` out", old=old)
    return say("write `{new}` here", new=new) if not old else say("write `{new}` for `{old}`", new=new, old=old)


def without_slips(read: Callable[[Texts], Library], wanted: Callable[[Finding], bool]) -> Mending:
    """What is safe to mend: the same in the signs of the language, and words that are wrong by one slip of typing.

    `read` gives the library with other texts in some files.
    """
    formed = _Attempt(read, _Sort(_lexical, _of_form), wanted).mended(Mending({}))
    return _Attempt(read, _Sort(_misspelt_names, _of_names), wanted).mended(formed)


def as_advised(
    read: Callable[[Texts], Library], texts: Texts, wanted: Callable[[Finding], bool], accept: Accept
) -> Mending:
    """What else is advised for texts that cannot be read, as far as it is accepted: each guesses what was meant."""
    return _Attempt(read, _Sort(_advised, _of_form), wanted, accept).mended(Mending(texts))


class _Attempt(Record):
    read: Callable[[Texts], Library]
    sort: _Sort
    wanted: Callable[[Finding], bool]
    accept: Accept | None = None

    def mended(self, done: Mending) -> Mending:
        """All at once if that holds, and one by one otherwise; what is done by then, where the run is told to stop."""
        refused: set[_Key] = set()
        while slips := [slip for slip in self._found(done) if _key(slip) not in refused]:
            candidates = [[one] for one in slips] if self.accept else [slips, *([one] for one in slips if slips[1:])]
            after = next(filter(None, (self._tried(done, some, refused) for some in candidates)), None)
            if after is None:
                return done
            done = after
        return done

    def _tried(self, done: Mending, slips: list[_Slip], refused: set[_Key]) -> Mending | None:
        """With these mended, and what shows behind them; None where that is not all there is to it."""
        before = self.read(done.texts)
        known = self.sort.messages(before)
        left = known - Counter(slip.finding.message for slip in slips)
        after = done
        for _ in range(_MOST_IN_TURN):
            library = self.read(after.texts)
            texts = _with(library, after.texts, slips)
            if texts is None:
                break
            after = Mending(texts, (*after.fixes, *((slip.finding, slip.fix) for slip in slips)))
            library = self.read(texts)
            if (found := self.sort.messages(library)) <= left:
                return after if self._is_accepted(after.fixes[len(done.fixes) :], refused) else None
            shown = (found - left).keys()
            slips = [slip for slip in self._slips(library) if slip.finding.message in shown]
            if not slips:
                break
        return None

    def _found(self, done: Mending) -> list[_Slip]:
        return [] if current_budget().why() else self._slips(self.read(done.texts))

    def _slips(self, library: Library) -> list[_Slip]:
        return [slip for slip in self.sort.slips(library) if self.wanted(slip.finding)]

    def _is_accepted(self, fixes: Collection[tuple[Finding, Fix]], refused: set[_Key]) -> bool:
        if self.accept is None or all(self.accept(finding, fix) for finding, fix in fixes):
            return True
        refused.update(_key(_Slip(finding, fix.edits[0])) for finding, fix in fixes)
        return False


def _key(slip: _Slip) -> _Key:
    place = slip.finding.primary.span
    return slip.finding.message, place.source.name, place.begin[0]


def _with(library: Library, texts: Texts, slips: list[_Slip]) -> Texts | None:
    """The texts with these slips mended; None where two of them are at one place."""
    edits = [slip.edit for slip in slips]
    if not edits or overlapping(edits):
        return None
    changed = {edit.span.source for edit in edits}
    return {**texts, **{library.files[source]: edited(source, edits) for source in changed}}


def _lexical(library: Library) -> Iterator[_Slip]:
    return (_Slip(one.finding, one.edit) for source in library.files for one in mends(source) if one.lexical)


def _advised(library: Library) -> Iterator[_Slip]:
    """What else is advised, where that means something."""
    wrong = [finding.primary.span for finding in wrong_names(library)]
    advised = (one for source in library.files for one in mends(source) if not one.lexical)
    return (_Slip(one.finding, one.edit) for one in advised if not still_wrong(one.finding, wrong))


def still_wrong(finding: Finding, wrong: Iterable[Span]) -> bool:
    """Whether something is wrong, at one of these places, with what is to be written in place of these words.

    No name is one that words would become; or a role has the article that is advised for kinds.
    """
    place = finding.primary.span
    return any(w.source == place.source and w.start == place.start and w.end >= place.end for w in wrong)


def _of_form(library: Library) -> Counter[str]:
    return Counter(finding.message for finding in library.findings)


def _misspelt_names(library: Library) -> Iterator[_Slip]:
    for finding in dict.fromkeys(wrong_names(library)):
        if finding.meant and finding.primary.span.source in library.files:
            yield _Slip(finding, Edit(finding.primary.span, finding.meant))


def _of_names(library: Library) -> Counter[str]:
    return _of_form(library) + Counter(finding.message for finding in wrong_names(library))


def wrong_names(library: Library) -> list[Finding]:
    """What is wrong with the names and kinds in the texts."""
    return [one for subject in subjects_of(library) for one in understand(library, subject, None)[1].findings]

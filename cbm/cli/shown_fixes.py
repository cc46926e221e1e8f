"""What `--fix` shows and asks: texts to a unified diff, fixes to questions, and what became of them to sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from enum import Enum, auto

from cbm.finding import Finding, Fix
from cbm.render.level_words import level_words
from cbm.repair.mended_texts import Change, Mended
from cbm.source import edited
from cbm.translation.listing import listed
from cbm.translation.saying import say, say_count

_NO_BREAK = "\n\\ No newline at end of file\n"
ANSWERS = ("y", "n", "a", "q")


def diff(changes: Sequence[Change]) -> str:
    """A unified diff that `git apply` and `patch -p1` take."""
    return "".join(_of_text(change.name, change.before, change.after) for change in changes)


@dataclass(slots=True)
class Dialogue:
    """Puts one fix after the other to the drafter; `ask` gives one of ANSWERS. After `a` or `q` nothing is asked."""

    show: Callable[[str], object]
    ask: Callable[[str], str]
    settled: bool | None = None  # the answer to all further questions

    def accepts(self, finding: Finding, fix: Fix) -> bool:
        """Whether the fix is to be applied."""
        if self.settled is not None:
            return self.settled
        self.show(f"\n{_headline(finding)}\n  {fix.description}\n")
        for source in dict.fromkeys(edit.span.source for edit in fix.edits):
            self.show(_of_text(source.name, source.text, edited(source, fix.edits)))
        answer = self.ask(say("Change the text so? (y)es, (n)o, (a)ll that follow, (q)uit"))
        if answer in ("a", "q"):
            self.settled = answer == "a"
        return answer in ("y", "a")


class WrittenPart(Enum):
    """How much of the changes went into the files."""

    ALL = auto()
    SLIPS = auto()  # those that change nothing of what is meant
    NOTHING = auto()


def describe_changes(mended: Mended, written: WrittenPart, refused: str) -> Iterator[str]:
    """What was settled how, and whether it was written; `refused` says why not."""
    for finding, fix in (*mended.safe, *mended.fixes):
        yield f"{_headline(finding)}\n  {fix.description}"
    for words in mended.untried:
        yield say("{sentence}.", sentence=f"{words[0].upper()}{words[1:]}")
    if not mended.safe and not mended.fixes:
        if mended.is_tried:
            yield say("No change of the text was found that settles something without bringing something else.")
        return
    before, spelt, after = (len(report.findings) for report in (mended.before, mended.spelt, mended.after))
    if written is WrittenPart.ALL and mended.fixes:
        yield say_count(
            "Wrote {files}: {count} finding before, {after} after.",
            "Wrote {files}: {count} findings before, {after} after.",
            before,
            files=_names(mended.changes),
            after=after,
        )
    elif written is not WrittenPart.NOTHING and mended.safe:
        yield say_count(
            "Wrote {files}: {count} slip of spelling is mended.",
            "Wrote {files}: {count} slips of spelling are mended.",
            len(mended.safe),
            files=_names(mended.safe_changes),
        )
    if written is WrittenPart.SLIPS and mended.safe and mended.fixes:
        yield say_count(
            "Nothing else was written ({count} finding before, {after} after it): {why}",
            "Nothing else was written ({count} findings before, {after} after it): {why}",
            spelt,
            after=after,
            why=refused,
        )
    elif written is not WrittenPart.ALL and (written is WrittenPart.NOTHING or mended.fixes):
        yield say_count(
            "Nothing was written ({count} finding before, {after} after it): {why}",
            "Nothing was written ({count} findings before, {after} after it): {why}",
            before,
            after=after,
            why=refused,
        )


def _names(changes: Sequence[Change]) -> str:
    return listed([change.name for change in changes], ",")


def _headline(finding: Finding) -> str:
    place = finding.primary.span
    return f"{place.source.name}:{place.begin[0]}: {level_words(finding.severity)}[{finding.rule}]: {finding.message}"


def _of_text(name: str, before: str, after: str) -> str:
    return "".join(unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}"))


def _lines(text: str) -> list[str]:
    """Lines with their breaks; one without a break at the end of a text says so."""
    *whole, last = text.split("\n")
    return [*(f"{line}\n" for line in whole), *([f"{last}{_NO_BREAK}"] if last else [])]

"""The texts of one folder as a page shows them: what is typed, what is found in it, words, meanings and ways out.

Texts are known by their paths from the folder on, and only those that a check of it would read. On the page lines end
with a line feed, and places are counted in UTF-16; a file keeps the line ends that it has.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Condition
from typing import Any

from cbm.arguments import text_of
from cbm.editor.completions import suggestions
from cbm.editor.live_check import LiveCheck, Progress, Task
from cbm.editor.open_texts import OpenTexts, path_of
from cbm.editor.quick_fixes import OF_FORM, QuickFix, mending_of, quick_fixes, respelt
from cbm.editor.word_cards import card
from cbm.files import rewrite
from cbm.finding import Finding, Misuse, RuleId
from cbm.project.configuration.configurations import Configurations
from cbm.project.spec_files import NoSpec, SpecFiles, UnreadableFile, find_specs, is_spec, read_text
from cbm.render.level_words import level_words
from cbm.render.remarks import remarks
from cbm.report import Unread
from cbm.serve.page_words import state
from cbm.source import Source, edited
from cbm.syntax.parse import parse
from cbm.translation.listing import row
from cbm.translation.saying import mark, say

Json = dict[str, object]
_MOST_WORDS = 12
_MAPS = 8  # so many pages with maps are kept for whoever still loads one


class Workroom:
    """One folder, and one text of it that is written at a time."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._texts = OpenTexts()
        self._found = Condition()
        self._number = 0
        self._name, self._open = "", Path()
        self._findings: tuple[Finding, ...] = ()
        self._asked = ""  # the text that is checked
        self._final = False
        self._problems: tuple[str, ...] = ()
        self._drawing = 0  # the number of the map that is wanted
        self._map = ""
        self._undrawn: tuple[str, ...] = ()  # why there is no map
        self._maps: dict[str, str] = {}
        self._check = LiveCheck(self._hear)

    def close(self) -> None:
        """Nothing is checked any more."""
        self._check.close()

    def texts(self) -> list[str]:
        """The texts of the folder, in order."""
        return list(self._paths())

    def unread(self) -> tuple[Unread, ...]:
        """What looks like a text of the folder, and why it is not shown."""
        return self._specs().unread

    def name_of(self, path: Path) -> str:
        """What a file is called on the page. Misuse where it is none of the texts of the folder."""
        if not is_spec(path.name):
            raise Misuse(say("{file} does not end in .cbm or .cbm.md: the page shows no other files", file=path))
        real = path.resolve()
        for name, shown in self._paths().items():
            if shown == real:
                return name
        raise Misuse(say("{file} cannot be shown: it is excluded, or leads out of its folder", file=path))

    def text(self, name: str) -> Json:
        """A text as it was saved."""
        return {"text": (saved := _with_line_feeds(self._saved(name))), "saved": saved}

    def type(self, name: str, text: str) -> Json:
        """The text is this one now; what is wrong with its form, at once, and what was found in it otherwise."""
        path = self._path(name)
        with self._found:
            if self._turn(name, path, text):
                self._check.ask([[path]], self._texts.unsaved)
            return self._told(path, text)

    def found(self, since: int, patience: float) -> Json:
        """What is known, once it is more than it was; the same where nothing came in that time."""
        with self._found:
            self._found.wait_for(lambda: self._number > since, patience)
            if not self._name:
                return {"number": self._number, "name": "", "text": "", "findings": [], "final": False, "problems": []}
            path = self._path(self._name)
            told = self._told(path, self._asked)
            told |= {"number": self._number, "problems": [*self._problems, *self._undrawn], "map": self._map}
            self._undrawn = ()
            return told

    def around(self, name: str, text: str, offset: int) -> Json:
        """Words that can be written at a place, and what stands there."""
        path, here = self._path(name), _from_units(text, offset)
        with self._found:
            if self._texts.unsaved.get(path) != text:
                self._texts.put(path, text)
            named, source = self._texts.occurrences(path), self._texts.source(path)
            document = None if named is None or source is None else named.document_at(source, here)
            if named is not None and document is None:
                mine = (one.span.source for one in named.documents.values() if path_of(one.span.source) == path)
                document = next(filter(None, (named.document_at(one, here) for one in mine)), None)
            words = suggestions(text, here, named, document)[:_MOST_WORDS]
            found = self._texts.at(path, here)
            told = None if found is None else card(found[0], found[1].symbol)
        return {
            "text": text,
            "offset": offset,
            "words": [
                {"text": one.text, "title": one.title, "sort": one.sort, "start": _to_units(text, one.start)}
                for one in words
            ],
            "card": None if told is None else {"heading": told.heading, "what": told.what, "lines": told.lines},
        }

    def save(self, name: str, text: str, before: str) -> Json:
        """Writes a text into its file. Misuse where that holds no more what it did, or cannot be written."""
        path, saved = self._path(name), self._saved(name)
        if _with_line_feeds(saved) != before:
            words = mark("{file} was changed meanwhile by another program: copy what you wrote, and open it again")
            raise Misuse(say(words, file=name))
        whole = text_of("text", text)  # half a character would be written as something else
        rewrite([(path, saved, whole.replace("\n", "\r\n") if "\r\n" in saved else whole)])
        return {"saved": text}

    def look_for_ways(self, name: str, text: str) -> Json:
        """Begins to look for changes that settle what is found."""
        return self._begin(name, text, Task.REPAIRS)

    def draw(self, name: str, text: str) -> Json:
        """Begins to draw which encounters a text governs."""
        return self._begin(name, text, Task.MAP)

    def map(self, key: str) -> str | None:
        """A page that was drawn."""
        with self._found:
            return self._maps.get(key)

    def _begin(self, name: str, text: str, task: Task) -> Json:
        path = self._path(name)
        with self._found:
            self._turn(name, path, text)
            if self._texts.unsaved.get(path) != text:
                self._texts.put(path, text)
            number = self._check.ask([[path]], self._texts.unsaved, task)
            self._drawing = number if task is Task.MAP else 0
        return {}

    def _turn(self, name: str, path: Path, text: str) -> bool:
        """Whether this was another text until now; then nothing is known of it."""
        if (name, text) == (self._name, self._asked):
            return False
        if name != self._name:
            self._findings = ()
        self._texts.unsaved.clear()
        self._texts.put(path, text)
        self._name, self._open, self._asked, self._final, self._problems = name, path, text, False, ()
        self._map, self._undrawn = "", ()
        return True

    def _hear(self, progress: Progress) -> None:
        """In a thread of its own."""
        with self._found:
            if progress.number == self._drawing:
                self._take_map(progress)
            else:
                if progress.reports:
                    self._findings = progress.findings
                self._final = progress.final and not progress.problems
                self._problems = progress.problems
            self._number += 1
            self._found.notify_all()

    def _take_map(self, progress: Progress) -> None:
        """A page, or why there is none; the text that was checked before is checked on."""
        self._undrawn = progress.problems
        if progress.page:
            self._map = secrets.token_urlsafe()
            self._maps[self._map] = progress.page
            for old in list(self._maps)[:-_MAPS]:
                del self._maps[old]
        if not self._final and not self._problems:
            self._check.ask([[self._open]], self._texts.unsaved)

    def _told(self, path: Path, text: str) -> Json:
        """Syntax is that of the text as it is; of what else was found, what still stands in it."""
        form = parse(Source(path.name, text))[1]
        others = [
            one for one in self._findings if one.rule is not RuleId.SYNTAX or path_of(one.primary.span.source) != path
        ]
        found = sorted((*form, *others), key=lambda one: (-one.severity.weight, one.primary.span.start))
        quick = any(map(self._is_quick, found))  # names are tried once everything else is known: it takes a moment
        tried = quick_fixes(self._texts, path, 0, len(text)) if quick else ()
        shown = [(one, told) for one in found if (told := self._finding(one, path, text, tried))]
        slips = [told for one, told in shown if told["mine"] and one.rule in (RuleId.SYNTAX, RuleId.UNDEFINED)]
        if self._final and len(slips) > 1 and (done := respelt(self._texts, path)) is not None:
            slips[0]["ways"] = [*slips[0]["ways"], {"title": mending_of(done.count), "text": done.text}]
        return {
            "name": self._name,
            "text": text,
            "findings": [told for _, told in shown],
            "final": self._final,
            "state": row(self._problems) or state((one.severity for one, _ in shown), final=self._final),
        }

    def _is_quick(self, finding: Finding) -> bool:
        return finding.rule is RuleId.SYNTAX or (finding.rule is RuleId.UNDEFINED and self._final)

    def _finding(self, finding: Finding, path: Path, text: str, tried: Sequence[QuickFix]) -> dict[str, Any] | None:
        span = finding.primary.span
        place = path if finding.rule is RuleId.SYNTAX and span.source.text == text else path_of(span.source)
        mine = place == path
        if mine and span.source.text != text:
            return None
        ways = list(self._ways(finding, text, tried)) if mine else []
        return {
            "rule": finding.rule.value,
            "severity": finding.severity.value,
            "kind": f"{level_words(finding.severity)}[{finding.rule}]",
            "message": finding.message,
            "lines": [[remark.words, words] for remark, words, fix in remarks(finding) if fix is None],
            "name": self._called(place),
            "mine": mine,
            "start": _to_units(span.source.text, span.start),
            "end": _to_units(span.source.text, span.end),
            "words": span.text,
            "ways": ways,
            "sought": mine and finding.rule not in OF_FORM,  # whether further ways out are looked for
        }

    def _ways(self, finding: Finding, text: str, tried: Sequence[QuickFix]) -> Iterator[Json]:
        fixes, span = list(finding.fixes), finding.primary.span
        if not fixes and self._is_quick(finding):
            told = (finding.message, span.start, span.end)
            spans = ((one, one.finding.primary.span) for one in tried)
            fixes = [one.fix for one, place in spans if (one.finding.message, place.start, place.end) == told]
        for fix in fixes:
            sources = {edit.span.source.text for edit in fix.edits}
            if sources == {text}:
                yield {"title": fix.description, "text": edited(fix.edits[0].span.source, fix.edits)}

    def _called(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.name

    def _specs(self) -> SpecFiles:
        """The files of the folder. Misuse where its configuration cannot be read, or excludes them all."""
        try:
            return find_specs([self.root], Configurations())
        except NoSpec:
            return SpecFiles((), ())

    def _paths(self) -> dict[str, Path]:
        inside = (path.resolve() for path in self._specs().files)
        return {path.relative_to(self.root).as_posix(): path for path in inside if path.is_relative_to(self.root)}

    def _path(self, name: str) -> Path:
        path = self._paths().get(name)
        if path is None:
            raise Misuse(say("there is no such text in this folder"))
        return path

    def _saved(self, name: str) -> str:
        try:
            return read_text(self._path(name))
        except UnreadableFile as problem:
            raise Misuse(say("{file} {problem}", file=name, problem=problem)) from None


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _to_units(text: str, offset: int) -> int:
    """An offset in characters, in units of UTF-16."""
    return len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2


def _from_units(text: str, offset: int) -> int:
    """The other way round; within a character, where that begins."""
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * max(offset, 0)].decode("utf-16-le", "ignore"))

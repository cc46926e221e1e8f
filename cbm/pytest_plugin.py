"""`pytest --cbm`: each expectation of a case is an item. Without the option nothing else of cbm is imported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import chdir
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

if TYPE_CHECKING:
    from cbm.finding import Finding
    from cbm.outcomes.suite_report import ExpectationResult
    from cbm.questions.announced_cases import Announced
    from cbm.translation.speech import Language

_SUFFIXES = (".cbm", ".cbm.md")


class OnSomePackages(pytest.PytestWarning):
    """An expectation that passed and does not hold on some packages of a text under negotiation.

    `-W error::cbm.pytest_plugin.OnSomePackages` makes it fail.
    """


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("cbm", "cases about codes of conduct (cbm)")
    group.addoption(
        "--cbm", action="store_true", help="run the cases in .cbm and .cbm.md files: an item an expectation"
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> SpecFile | None:
    if not parent.config.getoption("cbm") or not file_path.name.endswith(_SUFFIXES):
        return None
    from cbm.finding import Misuse

    try:
        if not parent.session.isinitpath(file_path) and _is_left_out(file_path, parent.config.rootpath):
            return None
    except Misuse as refusal:
        raise parent.CollectError(str(refusal)) from None
    file: SpecFile = SpecFile.from_parent(parent, path=file_path)
    return file


def _is_left_out(path: Path, root: Path) -> bool:
    """Whether the nearest configuration excludes the file, or a folder that it lies in."""
    from cbm.project.configuration.configurations import nearest

    configuration = nearest().of(path)
    folders = [folder for folder in path.parents if folder.is_relative_to(root)]
    return configuration.leaves_out(path) or any(configuration.leaves_out(one, folder=True) for one in folders)


class SpecFile(pytest.File):
    """A file with cases. All its items are asked together, when the first one is run.

    Its readers are told in the language that its configuration says, else in that of its titles; names of items stay.
    """

    _results: dict[tuple[int, str], ExpectationResult] | None = None
    _working: Path  # where its items were collected: a test, or a conftest, may lead elsewhere since

    @cached_property
    def language(self) -> Language:
        from cbm.files import language_of
        from cbm.project.configuration.configurations import nearest

        return nearest().language_of([self.path]) or language_of([self.path])

    def collect(self) -> list[pytest.Item]:
        from cbm.finding import Misuse
        from cbm.translation.speech import speaking

        self._working = Path.cwd()
        try:
            with speaking(self.language):
                return list(self._items())
        except Misuse as refusal:
            raise self.CollectError(str(refusal)) from None

    def _items(self) -> Iterator[pytest.Item]:
        from cbm.checking.subjects import lost_cases
        from cbm.files import read_library
        from cbm.finding import Severity
        from cbm.project.configuration.configurations import nearest
        from cbm.questions.announced_cases import announced

        library = read_library([self.path], nearest())
        lost = tuple(lost_cases(library))
        if faults := [fault for fault in (*library.findings, *lost) if fault.severity is Severity.ERROR]:
            yield FaultItem.from_parent(self, name="what cannot be read", faults=faults, alone=bool(lost))
        if library.unread:
            raise self.CollectError("; ".join(map(str, library.unread)))
        for one in announced(library):
            yield ExpectationItem.from_parent(self, name=_name_of(one), asked=one)

    def result(self, asked: Announced) -> ExpectationResult:
        """How an expectation came out; Misuse where it is not there any more."""
        if self._results is None:
            from cbm.project.configuration.configurations import nearest
            from cbm.questions.testing import test
            from cbm.translation.speech import speaking

            wanted = (item for item in self.session.items if isinstance(item, ExpectationItem) and item.parent is self)
            keys = {asked.key, *(item.asked.key for item in wanted)}
            with speaking(self.language), chdir(self._working):
                report = test([self.path], configurations=nearest(), among=keys)
            self._results = {(one.place.start, one.text): one for one in report.results}
        found = self._results.get((asked.place.start, asked.text))
        if found is None:
            from cbm.finding import Misuse
            from cbm.translation.saying import say
            from cbm.translation.speech import speaking

            with speaking(self.language):
                raise Misuse(
                    say("{path} was changed since its expectations were collected: run them again", path=self.path.name)
                )
        return found


class ExpectationItem(pytest.Item):
    """One expectation about one text; what could not be asked, and what is undecided, is an error of its setup."""

    parent: SpecFile

    def __init__(self, *, asked: Announced, **rest: Any) -> None:
        super().__init__(**rest)
        self.asked = asked
        self.funcargs: dict[str, object] = {}  # what --setup-show and others look for in every item

    def setup(self) -> None:
        from cbm.finding import Misuse
        from cbm.outcomes.suite_report import CaseOutcome

        try:
            result = self.parent.result(self.asked)
        except (Misuse, OSError) as refusal:  # what was there when items were collected
            _fail([str(refusal)])
        if result.outcome in (CaseOutcome.ERROR, CaseOutcome.UNDECIDED):
            _fail(self._lines(result))

    def runtest(self) -> None:
        from cbm.outcomes.suite_report import CaseOutcome

        result = self.parent.result(self.asked)
        if result.outcome is CaseOutcome.FAILED:
            _fail(self._lines(result))
        try:
            for finding in result.lacking:
                self.warn(OnSomePackages(finding.message))
        except OnSomePackages:  # warnings of this kind are errors for who runs it
            _fail(self._lines(result))
        if result.findings or result.reasons:
            self.add_report_section("call", "cbm", "\n".join(self._lines(result)))

    def _lines(self, result: ExpectationResult) -> list[str]:
        from cbm.render.suites.suite_words import failure_lines
        from cbm.translation.speech import speaking

        with speaking(self.parent.language):
            return failure_lines(result)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.asked.place.begin[0] - 1, self.name


class FaultItem(pytest.Item):
    """What keeps a file from being read in full; `alone`: some of it, perhaps, that it is read without others."""

    parent: SpecFile

    def __init__(self, *, faults: list[Finding], alone: bool, **rest: Any) -> None:
        super().__init__(**rest)
        self.faults = faults
        self.alone = alone
        self.funcargs: dict[str, object] = {}

    def setup(self) -> None:
        from cbm.render.finding_block import finding_block
        from cbm.render.style import plain
        from cbm.translation.saying import say
        from cbm.translation.speech import speaking

        with speaking(self.parent.language):
            lines = [line for fault in self.faults for line in finding_block(fault, plain)]
            if self.alone:
                lines.append(say("pytest reads each file by itself; `cbm test` reads those that it is given together"))
            _fail(lines)

    def runtest(self) -> None:
        raise AssertionError("its setup fails")

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.faults[0].primary.span.begin[0] - 1, self.name


def _fail(lines: Iterable[str]) -> NoReturn:
    """Says why, and shows no code: there is none to look at."""
    pytest.fail("\n".join(lines), pytrace=False)


def _name_of(asked: Announced) -> str:
    """Its titles and its words; `-k` looks for what it names in these."""
    told = f"{asked.suite}: {asked.case}: {asked.words or 'nothing is expected'} ({asked.text})"
    # In the name of an item these begin and end parameters, and part it from what it is in.
    return told.replace("[", "(").replace("]", ")").replace("::", ": :")

"""A certificate against what solvers answer: each file unchanged, and each question answered as its verdict says."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cbm.arguments import budget_of, progress_of
from cbm.certify.certificates import COLUMNS, DEFINITION, DIGEST, INDEX, NO_FILE, TEXT, digest
from cbm.certify.opinions import (
    Garbled,
    ProofChecker,
    Unusable,
    cvc5_opinion,
    cvc5_proof,
    has_cvc5,
    proof_checker,
    z3_opinion,
)
from cbm.checking.executors import crew_of
from cbm.finding import Exit, Misuse
from cbm.patterns import pattern
from cbm.process.budget import Budget, RunStopped, current_budget, within
from cbm.process.output import reason
from cbm.report import Ending
from cbm.smt.journal import Verdict
from cbm.translation.saying import mark, say

if TYPE_CHECKING:
    from concurrent.futures import Executor

BOTH = ("Z3", "cvc5")
NOTHING = mark("nothing was verified")


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One verdict of the index; `file` None: none carries it by itself, but it may rest on several together."""

    file: str | None
    expected: str
    digest: str
    rests_on: tuple[str, ...]
    verdict: str
    rule: str
    about: str  # clauses or matter, and what is asked

    @property
    def is_of_words(self) -> bool:
        return self.rests_on == (TEXT,)


@dataclass(frozen=True, slots=True)
class Verified:
    """What became of a certificate.

    `contradicted` are sentences on files that were changed, and on answers and proofs that go against a verdict;
    `doubtful` are files that not both solvers decided, by who did.
    """

    solvers: tuple[str, ...]
    answered: int  # files that every solver answered as expected
    doubtful: tuple[tuple[str, str], ...]
    contradicted: tuple[str, ...]
    resting: int  # verdicts that follow from questions that were answered so, or that are so by definition
    of_words: int  # verdicts that compare what texts say: no questions for solvers
    without_file: Counter[str]  # verdicts that rest on the search alone, by how they ended
    proofs: int | None  # proofs that the checker accepted; None: there is no checker here
    unproved: tuple[tuple[str, str], ...]  # files whose proof it did not accept, and why
    unusable: str = ""  # why cvc5, which is installed, could not be asked

    @property
    def exit(self) -> Exit:
        if self.contradicted:
            return Exit.CONTRADICTED
        alone = len(self.solvers) < len(BOTH)
        known = not (self.without_file[Ending.UNDECIDED] or self.uncertified)
        return Exit.FINE if known and not (alone or self.doubtful or self.unproved) else Exit.UNDECIDED

    @property
    def uncertified(self) -> int:
        """Verdicts that nothing was found of which no solver was asked."""
        return self.without_file[Ending.CLEAR]


def verify(
    folder: Path,
    *,
    seconds: float | None = None,
    signature: Path | None = None,
    jobs: int | None = 1,
    progress: Callable[[str, int, int], None] | None = None,
    budget: Budget | None = None,
) -> Verified:
    """Asks every solver at hand every question of the folder, each until it has done so much.

    `seconds`: each for so long instead, whatever it has done by then; what is known then depends on the machine.
    `jobs`: in so many processes; None: as many as there are processors. What is told is the same in any number.
    `progress` hears what is asked, of how many questions it is done, and of how many there are. What has no answer when
    the run is told to stop, by the `budget` or otherwise, nobody has decided.

    Misuse where the folder holds no certificate, a question is nested deeper than solvers can read, or the signature
    for proofs is named and not there.
    """
    if signature is not None and not os.path.isfile(signature):
        words = mark("there is no signature `{path}`: name the file Cpc.eo of cvc5's sources")
        raise Misuse(say(words, path=signature))
    rows, changed = _read_index(folder)
    solvers = BOTH if has_cvc5() else BOTH[:1]
    checker = proof_checker(signature) if has_cvc5() else None
    carried = [row for row in rows if row.file is not None]
    with within(budget_of(budget)), crew_of(jobs) as others:
        results = _results(
            partial(_asked, folder, solvers, checker, seconds), carried, others, progress_of("progress", progress)
        )
    contradicted = [*changed, *(sentence for _, result in results for sentence in result.contradicted)]
    contradicted += (say("`{file}` is not in the index", file=name) for name in _strangers(folder, rows))
    unlisted = mark("`{index}` rests a verdict on `{file}`, which it does not list")
    contradicted += (say(unlisted, index=INDEX, file=name) for name in _unlisted(rows))
    stands = {row.file for row, result in results if not result.contradicted and not result.undecided}
    resting = [row for row in rows if row.file is None and row.rests_on and not row.is_of_words]
    unusable = next((result.unusable for _, result in results if result.unusable), "")
    return Verified(
        BOTH[:1] if unusable else solvers,
        sum(not result.contradicted and not result.undecided for _, result in results),
        tuple((str(row.file), result.undecided) for row, result in results if result.undecided),
        tuple(contradicted),
        sum(stands.issuperset(set(row.rests_on) - {DEFINITION}) for row in resting),
        sum(row.is_of_words for row in rows),
        Counter(row.verdict for row in rows if row.file is None and not row.rests_on),
        None if checker is None or unusable else sum(result.proof == _ACCEPTED for _, result in results),
        tuple((str(row.file), result.proof) for row, result in results if result.proof not in ("", _ACCEPTED)),
        unusable,
    )


_ACCEPTED = "accepted"
# There are options that have a solver write into files.
_OPTION = pattern(r"\(\s*set-option\b")
# Deeper ones end the process of a solver. What a text may nest comes nowhere near.
_DEEPEST = 2_000
_BRACKET = pattern(r'[()]|;[^\n]*|"[^"]*"|\|[^|]*\|')
_ASKING = mark("questions to solvers")
# Of fewer questions each is asked here: processes take longer to start.
_FEW = 8


@dataclass(frozen=True, slots=True)
class _Result:
    contradicted: tuple[str, ...] = ()
    undecided: str = ""  # who decided it, where not everybody did
    proof: str = ""  # accepted, or why not; nothing where none was looked for
    unusable: str = ""  # why cvc5 could not be asked, though it is installed


def _results(
    ask: Callable[[IndexRow], _Result],
    rows: Sequence[IndexRow],
    others: Executor | None,
    watch: Callable[[str, int, int], None] | None,
) -> list[tuple[IndexRow, _Result]]:
    """What each question comes to, in order; when the run was told to stop, nobody has decided those that are left."""
    results: list[_Result] = []
    with suppress(RunStopped):
        answered = (map if others is None or len(rows) < _FEW else others.map)(ask, rows)
        while len(results) < len(rows):
            if watch is not None:
                watch(_ASKING, len(results), len(rows))
            results.append(next(answered))
    if any(result.undecided for result in results):
        current_budget().heed()  # other processes may have seen that the time was over, and this one not yet
    results += [_Result(undecided=say("nobody"))] * (len(rows) - len(results))
    return list(zip(rows, results, strict=True))


def _asked(
    folder: Path, solvers: Sequence[str], checker: ProofChecker | None, seconds: float | None, row: IndexRow
) -> _Result:
    assert row.file is not None
    try:
        content = (folder / row.file).read_bytes()
    except OSError as problem:
        return _Result((say("`{file}` cannot be read: {reason}", file=row.file, reason=reason(problem)),))
    if digest(content) != row.digest:
        words = mark("`{file}` is not the file that was written: its SHA-256 differs from the index")
        return _Result((say(words, file=row.file),))
    if current_budget().why():
        return _Result(undecided=say("nobody"))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as problem:
        return _Result((say("`{file}` cannot be read: {reason}", file=row.file, reason=problem),))
    if _OPTION.search(text):
        return _Result((say("`{file}` sets an option of its solver, as no certificate does", file=row.file),))
    if _is_too_deep(text):
        words = mark("`{file}` nests brackets more than {most} deep, as no certificate does")
        raise Misuse(say(words, file=row.file, most=_DEEPEST))
    ask = {"Z3": z3_opinion, "cvc5": cvc5_opinion}
    asked = {solver: ask[solver](text, seconds) for solver in solvers}
    unusable = next((opinion.said for opinion in asked.values() if isinstance(opinion, Unusable)), "")
    opinions = {solver: opinion for solver, opinion in asked.items() if not isinstance(opinion, Unusable)}
    against = [(s, o) for s, o in opinions.items() if o not in (Verdict.UNKNOWN, row.expected)]
    if against:
        return _Result(tuple(_against(row, solver, opinion) for solver, opinion in against), unusable=unusable)
    agreeing = [solver for solver, opinion in opinions.items() if opinion == row.expected]
    alone = say("{solver} alone", solver=agreeing[0]) if agreeing else say("nobody")
    undecided = "" if len(agreeing) == len(opinions) else alone
    proof = ""
    if checker is not None and row.expected == Verdict.UNSAT and opinions.get("cvc5") is Verdict.UNSAT:
        said = cvc5_proof(text, seconds)
        proof = (checker.refusal(said, seconds) if said else say("cvc5 gave no proof")) or _ACCEPTED
    return _Result((), undecided, proof, unusable)


def _is_too_deep(text: str) -> bool:
    """Whether its brackets are nested deeper than solvers can read; those in names, texts and comments are none."""
    if text.count("(") <= _DEEPEST:
        return False
    depth = 0
    for found in _BRACKET.finditer(text):
        depth = max(0, depth + (found[0] == "(") - (found[0] == ")"))
        if depth > _DEEPEST:
            return True
    return False


def _against(row: IndexRow, solver: str, opinion: Verdict | Garbled) -> str:
    if isinstance(opinion, Garbled):
        why = " ".join(opinion.said.split())[:200]
        return say("`{file}`: {solver} cannot read it: {reason}", file=row.file, solver=solver, reason=why)
    return say(
        "`{file}`: {solver} answers {answer}, and the report says {verdict} ({rule}: {about})",
        file=row.file,
        solver=solver,
        answer=opinion,
        verdict=row.verdict,
        rule=row.rule,
        about=row.about,
    )


def _read_index(folder: Path) -> tuple[list[IndexRow], list[str]]:
    """The rows, and what is wrong with the index itself."""
    lacking = next((name for name in (INDEX, DIGEST) if os.path.isdir(folder) and not (folder / name).exists()), None)
    if lacking is not None:
        words = mark(
            "cannot verify `{folder}`: it has no `{file}`, which each certificate has; name a folder that "
            "`cbm export --smt2` has written, and not `cbm export --search`"
        )
        raise Misuse(say(words, folder=folder, file=lacking))
    try:
        content = (folder / INDEX).read_bytes()
        said = (folder / DIGEST).read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError) as problem:
        why = reason(problem) if isinstance(problem, OSError) else str(problem)
        words = mark("cannot verify `{folder}`: {reason}; name a folder that `cbm export --smt2` has written")
        raise Misuse(say(words, folder=folder, reason=why)) from problem
    is_same = said[:1] == [digest(content)]
    changed = [] if is_same else [say("`{index}` is not the index that was written", index=INDEX)]
    try:
        return list(_rows(content.decode("utf-8"))), changed
    except ValueError as problem:
        if changed:
            words = mark("cannot verify `{folder}`: `{index}` was changed and cannot be read")
            raise Misuse(say(words, folder=folder, index=INDEX)) from problem
        words = mark("cannot verify `{folder}`: {reason}; `cbm export --smt2` writes what it reads")
        raise Misuse(say(words, folder=folder, reason=problem)) from problem


def _rows(text: str) -> Iterator[IndexRow]:
    head, *lines = text.split("\n")[:-1]
    if tuple(head.split("\t")) != COLUMNS:
        raise ValueError(say("`{index}` is no index of verdicts", index=INDEX))
    if not lines:
        raise ValueError(say("`{index}` lists no verdict", index=INDEX))
    for line in lines:
        cells = dict(zip(COLUMNS, line.split("\t"), strict=True))
        file = None if cells["file"] == NO_FILE else cells["file"]
        if file is not None and Path(file).name != file:
            raise ValueError(say("`{index}` names a file that is not in the folder", index=INDEX))
        about = ", ".join(filter(None, (cells["clauses"], cells["matter"], cells["question"])))
        rests_on = tuple(cells["rests on"].split())
        yield IndexRow(file, cells["expected"], cells["sha256"], rests_on, cells["verdict"], cells["rule"], about)


def _unlisted(rows: Sequence[IndexRow]) -> list[str]:
    """What verdicts are said to rest on that no row carries."""
    known = {row.file for row in rows} | {DEFINITION, TEXT}
    return sorted({name for row in rows for name in row.rests_on if name not in known})


def _strangers(folder: Path, rows: Sequence[IndexRow]) -> list[str]:
    known = {row.file for row in rows} | {INDEX, DIGEST}
    return sorted(path.name for path in folder.iterdir() if path.suffix == ".smt2" and path.name not in known)

"""A program that uses every name of the library, for type checkers: it is checked, and never run."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Event

import cbm

DRAFT, BEFORE, DOCUMENT = Path("draft.cbm"), Path("before.cbm"), Path("draft.docx")


def count_by_severity(report: cbm.Report) -> dict[cbm.Severity, int]:
    """How many findings of each severity there are."""
    counts: dict[cbm.Severity, int] = {}
    for finding in report.findings:
        counts[finding.severity] = counts.get(finding.severity, 0) + 1
    return counts


def title(finding: cbm.Finding) -> str:
    """The rule's summary, the clauses and the message."""
    rule: cbm.Rule = cbm.RULES[finding.rule]
    return f"{rule.summary} ({', '.join(str(clause) for clause in finding.clauses)}): {finding.message}"


def check_each(systems: tuple[cbm.NormSystem, ...], cancel: Event) -> list[cbm.Report]:
    """A report for each text."""

    def tell(doing: str, done: int, of: int) -> None:
        if doing and done == of:
            cancel.set()

    budget = cbm.Budget(seconds=60)
    return [
        cbm.check(
            system,
            select=[cbm.RuleId.CONFLICT, "gap"],
            as_of=date(2026, 1, 1),
            fail_level=cbm.Severity.WARNING,
            any_package=True,
            progress=tell,
            cancel=cancel,
            budget=budget,
            cache="kept",
        )
        for system in systems
    ]


def ask_all() -> int:
    """Asks every question of the library."""
    systems, findings = cbm.load([DRAFT, "other.cbm"])
    alone, faulty = cbm.load_text(DRAFT.read_text(encoding="utf-8"), name="draft.cbm")
    reports = check_each((*systems, *alone), Event())
    with ThreadPoolExecutor() as pool, cbm.speaking("ja"):
        report: cbm.Report = cbm.run([DRAFT], take=["3.2=JP"], text_of="JP", executor=pool)
        suite: cbm.SuiteReport = cbm.test(["texts"], keywords="conflict", executor=pool)
        state: cbm.StateOfPlay = cbm.options(DRAFT, delegation="CN", executor=pool)
    drawn: cbm.CoverageMap | cbm.Report = cbm.coverage(DRAFT, topics=["call"], by="own.craft")
    ledger: cbm.Ledger = cbm.diff(BEFORE, DRAFT, names={"US": "JP"})
    step: cbm.Difference = ledger.steps[0]
    compared: cbm.ModelReport = cbm.compare(DRAFT, ["cues"], as_={"US": "JP"})
    model: cbm.ModelComparison = compared.models[0]
    answer: cbm.Answer = cbm.ask([DRAFT], given="own is a warship", party="JP")
    try:
        shown: cbm.Illustration = cbm.example(DRAFT, "1")
    except cbm.StoppedEarly as over:
        raise SystemExit(over.exit) from over
    deck: cbm.CardDeck = cbm.cards(DRAFT)
    known: cbm.WordList = cbm.words("warship", uses=[DRAFT])
    judged: cbm.Judgement = cbm.judge("tracks.csv", [DRAFT])
    laid_out: cbm.LaidOutDocument = cbm.from_word(DOCUMENT, into=DRAFT, delegations={"Li Wei": "CN"})
    commented: cbm.CommentedDocument = cbm.to_word(report, DOCUMENT)
    written: cbm.Certified | cbm.Exported | cbm.Report = cbm.export([DRAFT], "questions")
    if not isinstance(written, cbm.Certified):
        raise cbm.Misuse("not what was asked for")
    pages = [cbm.render(outcome) for outcome in (report, suite, state, drawn, ledger, compared, answer, shown, deck)]
    pages += [cbm.render(outcome, "json") for outcome in (known, judged)]
    pages += [
        str(written.files),
        cbm.layout(laid_out.text),
        str(step),
        str(model),
        cbm.__version__,
        *map(title, (*findings, *faulty)),
    ]
    DOCUMENT.write_bytes(commented.content)
    mended = cbm.repairs([DRAFT], select=["conflict"])
    change: cbm.Fix = mended.findings[0].fixes[0]
    DRAFT.write_text(change.applied(DRAFT.read_text(encoding="utf-8"), name="draft.cbm"), encoding="utf-8")
    counted = count_by_severity(mended)[cbm.Severity.ERROR]
    return int(cbm.Exit.FINDINGS if counted or any(one.stopped for one in reports) else cbm.Exit.FINE)

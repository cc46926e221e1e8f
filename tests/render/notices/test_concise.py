"""One line per finding."""

from __future__ import annotations

from cbm.finding import Finding, RuleId, Severity
from cbm.records import replace
from cbm.render import RENDERERS
from cbm.report import Report
from cbm.source import Source
from tests.render.sample import label


def test_a_finding_is_a_line_with_a_place_to_click() -> None:
    found = Finding(RuleId.GAP, Severity.WARNING, "no duty", label(Source("d/a.cbm", "one\n  two"), "two", "here"))
    assert RENDERERS["concise"](Report((found,))).splitlines()[0] == "d/a.cbm:2:3: warning[gap] no duty"


def test_a_finding_stays_on_one_line_whatever_it_quotes() -> None:
    found = Finding(RuleId.GAP, Severity.WARNING, "no\nduty\u2028", label(Source("a\nb.cbm", "x"), "x"))
    assert len(RENDERERS["concise"](Report((found,))).splitlines()) == 2


def test_what_binds_nobody_stands_before_the_closing_line() -> None:
    report = Report((), unheard=("old binds nobody here",))
    told, closing = RENDERERS["concise"](report).splitlines()
    assert (told, closing.split()[0]) == ("old binds nobody here", "Checked")
    assert RENDERERS["concise"](replace(report, quiet=True)) == ""

"""How a rule is found by its name, and what a message ends with."""

from __future__ import annotations

import pytest

from cbm.finding import Dependence, Finding, Label, Misuse, PackageReach, RuleId, Severity
from cbm.records import replace
from cbm.source import Source, Span


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("conflit", "unknown rule `conflit`; did you mean `conflict`?"),
        ("CONFLICT", "unknown rule `CONFLICT`; did you mean `conflict`?"),
        ("zzz", "unknown rule `zzz`; `cbm rules` lists them"),
    ],
)
def test_a_rule_that_does_not_exist_is_refused_with_the_nearest(name: str, words: str) -> None:
    assert RuleId.named("conflict") is RuleId.CONFLICT
    with pytest.raises(Misuse) as refused:
        RuleId.named(name)
    assert str(refused.value) == words


ON_SOME = Dependence(("near",), every=False, words="near is over 300 m")
REACH = PackageReach(every=False, words="2 stands")


def _found() -> Finding:
    return Finding(RuleId.CONFLICT, Severity.ERROR, "they clash", Label(Span(Source("a.cbm", "x"), 0, 1)), reach=REACH)


def test_a_message_is_known_without_the_readings_and_packages_on_which_it_holds() -> None:
    packages, readings = REACH.ending, ON_SOME.ending
    found = _found()
    assert (found.plain, found.on_any_package, found.dependence) == (found.message, found.message, "")
    on_packages = found.on_some_packages()
    assert (on_packages.plain, on_packages.on_any_package) == ("they clash", "they clash")
    assert (on_packages.message, on_packages.dependence) == (f"they clash{packages}", packages)
    both = found.on_some_readings(ON_SOME).on_some_packages()
    assert (both.plain, both.on_any_package) == ("they clash", f"they clash{readings}")
    assert (both.message, both.dependence) == (f"they clash{readings}{packages}", f"{readings}{packages}")
    assert replace(found, reach=None).on_some_packages().message == "they clash"


def test_what_is_said_behind_the_readings_depends_on_them_too() -> None:
    settled = _found().on_some_readings(ON_SOME).prevailed("3 yields to 2")
    assert (settled.plain, settled.dependence) == ("they clash", f"{ON_SOME.ending}; settled: 3 yields to 2")
    dated = settled.on_some_packages().ending(" (so on one day)")
    assert (dated.plain, dated.on_any_package) == ("they clash", dated.message)
    always = _found().prevailed("3 yields to 2").on_some_packages()
    assert (always.plain, always.dependence) == ("they clash; settled: 3 yields to 2", REACH.ending)


@pytest.mark.parametrize("name", ["message", "undated", "under_topic", "order"])
def test_all_wordings_of_a_message_end_alike(name: str) -> None:
    found = replace(_found(), undated="they clash", under_topic="they clash", order="they clash")
    ended = found.on_some_readings(ON_SOME).prevailed("3 yields to 2").on_some_packages()
    assert getattr(ended, name) == f"they clash{ended.dependence}"

"""Where an object is no report as this version of cbm writes it, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from re import compile as pattern

from msgspec import UNSET, ValidationError

from cbm.finding import RuleId
from cbm.render import report_document as written
from cbm.report import Ending
from cbm.translation.saying import say

# As msgspec says where a value stands, and which one is not there.
_PLACE = pattern(r"at `\$\.?(?P<place>[^`]*)`$")
_MISSING = pattern(r"missing required field `(?P<name>\w+)`")


def refusal(problem: Exception) -> str:
    """What is wrong with a page that could not be read."""
    if isinstance(problem, RecursionError):
        return say("it is nested too deeply")
    if not isinstance(problem, ValidationError):
        return say("it is no JSON, or not all of it")
    found, missing = _PLACE.search(str(problem)), _MISSING.search(str(problem))
    place = found["place"] if found else ""
    if missing:
        return say("it has no `{place}`", place=f"{place}.{missing['name']}".lstrip("."))
    return _otherwise(place) if place else say("it is not an object")


def misfit(document: written.ReportDocument) -> str:
    """The first value that no report of this version has at its place; empty where there is none."""
    rules, endings = set(map(str, RuleId)), set(map(str, Ending))
    for place, rule in _rules(document):
        if rule not in rules:
            return say("this version has no rule `{rule}` (`{place}`)", rule=rule, place=place)
    verdicts = ((f"questions[{at}].verdict", one.verdict) for at, one in enumerate(document.questions))
    wrong = [place for place, ending in verdicts if ending not in endings]
    wrong += [place for place, day in _days(document) if not _is_day(day)]
    return _otherwise(wrong[0]) if wrong else ""


def _otherwise(place: str) -> str:
    return say("this version of cbm writes `{place}` otherwise", place=place)


def _rules(document: written.ReportDocument) -> Iterator[tuple[str, str]]:
    yield from ((f"summary.left_out[{at}]", rule) for at, rule in enumerate(document.summary.left_out))
    hidden = document.configuration
    yield from ((f"configuration.hidden[{at}].rule", one.rule) for at, one in enumerate(hidden.hidden))
    yield from ((f"configuration.known_of[{at}][0]", rule) for at, (rule, _) in enumerate(hidden.known_of))
    yield from ((f"{place}.rule", one.rule) for place, one in _findings(document))
    yield from ((f"suppressed[{at}].rule", one.rule) for at, one in enumerate(document.suppressed))


def _findings(document: written.ReportDocument) -> Iterator[tuple[str, written.FindingObject]]:
    yield from ((f"findings[{at}]", one) for at, one in enumerate(document.findings))
    for at, one in enumerate(document.suppressed):
        if one.finding is not None:
            yield f"suppressed[{at}].finding", one.finding


def _days(document: written.ReportDocument) -> Iterator[tuple[str, str]]:
    if document.as_of is not None:
        yield from (("as_of", day) for day in document.as_of.split(","))
    yield from ((f"suppressed[{at}].until", one.until) for at, one in enumerate(document.suppressed) if one.until)
    for place, one in _findings(document):
        if one.dates is not UNSET:
            yield from _listed(f"{place}.dates.so", one.dates.so)
            yield from _listed(f"{place}.dates.not_so", one.dates.not_so)
            yield from _listed(f"{place}.dates.undecided", one.dates.undecided)


def _listed(place: str, days: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((f"{place}[{at}]", day) for at, day in enumerate(days))


def _is_day(written_so: str) -> bool:
    try:
        return date.fromisoformat(written_so).isoformat() == written_so
    except ValueError:
        return False

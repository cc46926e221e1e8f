"""Reports of one run on several dates to one: each finding once, with the dates on which it is so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from cbm.checking.reporting import in_order
from cbm.finding import Dates, Finding
from cbm.records import replace
from cbm.render.identity import whole_identities
from cbm.report import Report
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say


def over_dates(reports: Mapping[date, Report]) -> Report:
    """What is found on some date, told of all of them: what changes between them says so in its message.

    A message that names its date names none where it is so on several. So it is told who is bound by nothing that was
    read; what else is told is of the last date. Of a date on which not everything was asked nothing is told that was
    not found on it.
    """
    days = sorted(reports)
    unknown = [day for day in days if reports[day].stopped]
    told: dict[tuple[object, ...], tuple[Finding, list[date]]] = {}
    for day in days:
        findings = reports[day].findings
        for name, finding in zip(whole_identities(findings), findings, strict=True):
            same = (name, finding.severity, finding.undated or finding.message, finding.whenever, finding.extent)
            told.setdefault(same, (finding, []))[1].append(day)
    noted = in_order(_told_on(finding, on, days, unknown) for finding, on in told.values())
    last = reports[days[-1]]
    unheard = tuple(_unheard(reports, days))
    return replace(
        last,
        background=tuple(dict.fromkeys((*(line for line in last.background if line not in last.unheard), *unheard))),
        unheard=unheard,
        findings=tuple(noted),
        as_of=",".join(day.isoformat() for day in days),
        quoted=tuple(dict.fromkeys(words for day in days for words in reports[day].quoted)),
        phrases=tuple(dict.fromkeys(named for day in days for named in reports[day].phrases)),
        suppressed=tuple(dict.fromkeys(one for day in days for one in reports[day].suppressed)),
        stopped=next((reports[day].stopped for day in days if reports[day].stopped), ""),
    )


def _unheard(reports: Mapping[date, Report], days: Sequence[date]) -> Iterator[str]:
    """Which texts and clauses bind nobody, with the dates on which it is so, if they are not named already."""
    for line in dict.fromkeys(line for day in days for line in reports[day].unheard):
        so = [day.isoformat() for day in days if line in reports[day].unheard]
        others = [day.isoformat() for day in days if line not in reports[day].unheard and not reports[day].stopped]
        words = mark("{statement} (so on {days}, and not on {others})")
        yield (
            say(words, statement=line, days=listed(so), others=listed(others))
            if others and not any(day in line for day in so)
            else line
        )


def _told_on(finding: Finding, on: Sequence[date], days: Sequence[date], unknown: Sequence[date]) -> Finding:
    if len(on) > 1 and finding.undated:
        finding = replace(finding, message=finding.undated)
    left = [day for day in days if day not in on and day in unknown]
    others = [day for day in days if day not in on and day not in unknown]
    dates = Dates(*(tuple(day.isoformat() for day in several) for several in (on, others, left)))
    finding = replace(finding, dates=dates)
    if len(on) == len(days):
        return finding
    so, not_so, not_known = map(listed, (dates.so, dates.not_so, dates.undecided))
    if not left:
        return finding.ending(say(" (so on {days}, and not on {others})", days=so, others=not_so))
    if not others:
        return finding.ending(say(" (so on {days}, and undecided on {unknown})", days=so, unknown=not_known))
    words = mark(" (so on {days}, not on {others}, and undecided on {unknown})")
    return finding.ending(say(words, days=so, others=not_so, unknown=not_known))

"""Report to the page a drafter reads on a terminal: what it comes to, a list, then each finding with its places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cbm.finding import Finding
from cbm.records import replace
from cbm.render.columns import LIMIT, page, visible, wrap
from cbm.render.level_words import level_words
from cbm.render.patch import patch
from cbm.render.remarks import named, remarks, unread_lines
from cbm.render.report.green import green
from cbm.render.report.outline import EntryGroup, Outline, Passage, ReportEntry, brief_lines, further_lines, outline
from cbm.render.snippet import margin, place, snippet
from cbm.render.style import STYLE_OF_SEVERITY, Paint, Style, ansi, plain
from cbm.render.summary import summary
from cbm.render.translated_page import caveat_lines
from cbm.report import Report
from cbm.translation.saying import say, say_count

# So many lines of a list tell one entry; its detail tells the rest.
_LISTED = 2


def render(report: Report) -> str:
    """The page as plain text."""
    return _page(report, plain)


def colored(report: Report) -> str:
    """The same page with the colours of a terminal."""
    return _page(report, ansi)


def _page(report: Report, paint: Paint) -> str:
    if report.quiet:
        told = outline(replace(report, everything=True))
        details = "\n".join(page(_entry(entry, paint)) for group in told.groups for entry in group.entries)
        return details + page(unread_lines(report.unread))
    return "\n".join(page(part) for part in _parts(report, outline(report), paint))


def _parts(report: Report, told: Outline, paint: Paint) -> Iterator[Iterable[str]]:
    """The parts of the page in order, which blank lines keep apart."""
    if told.groups:
        yield wrap(told.verdict)  # without findings the closing line says it all
    yield from (_passage(passage, paint) for passage in told.limits)
    if told.is_listed:
        yield from (_listed(group, paint, with_rules=group not in told.told) for group in told.groups)
    for entry in (entry for group in told.told for entry in group.entries):
        if told.brief:
            yield _brief(entry, paint)
        else:
            yield _entry(entry, paint, numbered=told.is_listed, whole=report.everything)
    yield from (_passage(passage, paint, cut=told.brief) for passage in told.beside)
    if report.explain_green:
        yield green(report, paint)
    yield (*_more(told), summary(report), *caveat_lines())


def _more(told: Outline) -> Iterator[str]:
    """How to read on."""
    if told.is_shortened and told.untold:
        among = say_count(
            "`--all` tells everything in full, also the {count:,} entry that is only listed.",
            "`--all` tells everything in full, the {count:,} entries that are only listed among them.",
            told.untold,
        )
        yield from wrap(among)
    elif told.is_shortened:
        yield from wrap(say("`--all` tells everything in full."))
    if told.groups:
        yield say("`cbm rule NAME` explains a kind of finding; its name stands in brackets.")


def _passage(passage: Passage, paint: Paint, *, cut: bool = False) -> Iterator[str]:
    """The heading and the texts; on a page that is to be short, of each its first line."""
    yield paint(Style.MESSAGE, say("{heading}:", heading=passage.heading))
    for text in passage.texts:
        first, *others = _remark(text, " ", paint)
        yield f"{first} …" if cut and others else first
        yield from () if cut else others


def _listed(group: EntryGroup, paint: Paint, *, with_rules: bool) -> Iterator[str]:
    yield paint(Style.MESSAGE, say("{heading}:", heading=group.heading.lower()))
    for entry in group.entries:
        number, rule = f"{entry.number:>3}. ", f" [{entry.lead.rule}]" * with_rules
        shown = wrap(f"{entry.listing}{rule}", first=number, rest=" " * len(number))
        if len(shown) > _LISTED:  # the rule is told, whatever is left out
            shown = wrap(entry.listing, first=number, rest=" " * len(number), limit=LIMIT - len(f" …{rule}"))[:_LISTED]
            shown[-1] += f" …{rule}"
        yield paint(STYLE_OF_SEVERITY[entry.lead.severity], number) + shown[0].removeprefix(number)
        yield from shown[1:]


def _head(entry: ReportEntry, paint: Paint, *, numbered: bool) -> str:
    finding, number = entry.lead, f"{entry.number}. " if numbered else ""
    head = paint(STYLE_OF_SEVERITY[finding.severity], f"{number}{level_words(finding.severity)}[{finding.rule}]")
    return head + paint(Style.MESSAGE, say(": {title}", title=visible(entry.title)))


def _entry(entry: ReportEntry, paint: Paint, *, numbered: bool = False, whole: bool = False) -> Iterator[str]:
    """The leading finding in full, and a line for each that is told with it; as a `whole`, these in full as well."""
    yield _head(entry, paint, numbered=numbered)
    yield from _detail(entry.lead, entry, paint)
    blank = margin(entry.lead)
    if not whole:
        for name, words in further_lines(entry):
            yield from _remark(named(name, words), blank, paint)
        return
    for one in entry.further:
        yield from _remark(named(say("also"), one.words), blank, paint)
        yield from _detail(one.finding, entry, paint)


def _detail(finding: Finding, entry: ReportEntry, paint: Paint) -> Iterator[str]:
    yield from snippet(finding, paint)
    blank = margin(finding)
    for clause in entry.quoted if finding is entry.lead else ():
        if clause.words:
            yield from _remark(clause.quotation, blank, paint)
    for remark, text, fix in remarks(finding, entry.quoted):
        yield from _remark(named(remark.words, text), blank, paint)
        yield from () if fix is None else patch(fix, finding.primary.span.source, blank, paint)


def _brief(entry: ReportEntry, paint: Paint) -> Iterator[str]:
    """The same where there is much: the clauses with their words, and of everything else the first."""
    yield _head(entry, paint, numbered=True)
    yield f"   {paint(Style.FRAME, '-->')} {place(entry.lead.primary.span)}"
    for name, text in brief_lines(entry):
        yield from _remark(named(name, text), "   ", paint)


def _remark(text: str, blank: str, paint: Paint) -> Iterator[str]:
    first, *others = wrap(text, first=f"{blank}= ", rest=f"{blank}  ")
    yield first.replace("=", paint(Style.FRAME, "="), 1)
    yield from others

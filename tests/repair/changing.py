"""Texts that are changed as a test wants it: the footing of each, and the edits that replace words of it."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.finding import RuleId
from cbm.inquiry import Inquiry, inquire
from cbm.repair.finding_matters import Goal
from cbm.repair.footing import Footing, footing
from cbm.repair.offers import goals_of
from cbm.repair.trial import understood
from cbm.resolve.system import resolve
from cbm.source import Edit, Source, Span
from cbm.syntax.parse import parse
from tests.laws.drafts import STRAIT

HEADER = 'draft code "A code"\n  uses strait\n  between CN, JP\n'
# Roles that are not taken in turn: of each something is found.
ROLES = STRAIT.replace("roles own, other", "fixed roles own, other").replace("types by", "types by night, ", 1)
BY_NIGHT = f"{ROLES}{HEADER}clause 1 every unit when night must call\n"
PROMISE = "covers manoeuvre in every type of encounter\n"


def footing_of(text: str) -> Footing:
    """What is found in the draft `code`, with nothing but its file to be changed."""
    file, mistakes = parse(Source("code.cbm", text))
    assert not mistakes
    documents = {getattr(d.header, "name", d.header.span).text: d for d in file.documents}
    system, faults = resolve(documents, "code")
    assert system is not None, faults
    return footing(documents, frozenset({"code.cbm"}), inquire(system))


def goal_of(base: Footing, rule: RuleId, clauses: str) -> Goal:
    """What is found of these clauses of the draft, as something to be settled."""
    wanted = tuple(f"code:{label}" for label in clauses.split())
    (goal,) = goals_of(base, lambda finding: finding.rule is rule and finding.clauses == wanted)
    return goal


def replacing(base: Footing, *changes: tuple[str, str]) -> Iterator[Edit]:
    """Each with words that stand once in the text, and what is to stand there."""
    source = base.documents["code"].span.source
    for old, new in changes:
        assert source.text.count(old) == 1, old
        start = source.text.index(old)
        yield Edit(Span(source, start, start + len(old)), new)


def inquired(base: Footing, *changes: tuple[str, str]) -> Inquiry:
    """What is asked of the text after the changes."""
    system = understood(base, base.documents, [*replacing(base, *changes)])
    assert system is not None
    return inquire(system)

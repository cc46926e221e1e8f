"""What changed between texts to one JSON object for programs, shaped as `schema-diff-1.json` says."""

from __future__ import annotations

from cbm.outcomes.difference import DeclaredChange, DefinitionChange, Difference, FindingChange, Ledger, TextChange
from cbm.render.differences import difference_document as document
from cbm.render.json import location_of, witness_of
from cbm.render.json_page import described_page


def render(ledger: Ledger) -> str:
    """The object, indented, with a line break at its end."""
    whole = document.LedgerDocument(
        version=document.VERSION,
        exit_code=ledger.exit.value,
        steps=tuple(map(_difference, ledger.steps)),
        whole=None if ledger.whole is None else _difference(ledger.whole),
    )
    return described_page(whole, "diff", document.VERSION)


def _difference(difference: Difference) -> document.DifferenceObject:
    return document.DifferenceObject(
        old=difference.old,
        new=difference.new,
        no_change=difference.is_empty,
        changes=tuple(map(_change, difference.changes)),
        declared=tuple(map(_declared, difference.declared)),
        only_one=difference.only_one,
        parties=tuple(
            document.PartyBalanceObject(
                party=b.party,
                less_freedom=b.less_freedom,
                more_freedom=b.more_freedom,
                more_protection=b.more_protection,
                less_protection=b.less_protection,
            )
            for b in difference.parties
        ),
        findings_gone=tuple(map(_finding, difference.gone)),
        findings_new=tuple(map(_finding, difference.found)),
        findings_same=difference.same,
        undecided=difference.undecided,
        not_compared=difference.not_compared,
        left_open=difference.left_open,
        definitions=tuple(map(_definition, difference.definitions)),
        names=difference.names,
        findings_hidden=difference.hidden,
        positions=tuple(map(_declared, difference.positions)),
    )


def _declared(change: DeclaredChange) -> document.DeclaredChangeObject:
    return document.DeclaredChangeObject(what=change.what, name=change.name, old=change.old, new=change.new)


def _change(change: TextChange) -> document.TextChangeObject:
    return document.TextChangeObject(
        kind=change.kind,
        group=change.group,
        clauses=change.clauses,
        message=change.message,
        location=location_of(change.place),
        bearer=change.bearer,
        why=change.why,
        whenever=change.whenever,
        extent=change.extent,
        complete=change.complete,
        before=change.before,
        after=change.after,
        witness=None if change.witness is None else witness_of(change.witness),
        bound=change.bound,
        owed_to=change.owed_to,
    )


def _definition(change: DefinitionChange) -> document.DefinitionChangeObject:
    return document.DefinitionChangeObject(
        what=change.what,
        name=change.name,
        kind=change.kind,
        message=change.message,
        location=location_of(change.place),
        why=change.why,
        whenever=change.whenever,
        extent=change.extent,
        complete=change.complete,
        before=change.before,
        after=change.after,
        witness=None if change.witness is None else witness_of(change.witness),
    )


def _finding(finding: FindingChange) -> document.FindingChangeObject:
    return document.FindingChangeObject(rule=finding.rule, severity=finding.severity, message=finding.message)

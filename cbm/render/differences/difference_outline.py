"""What changed between texts, in pieces of a page: each change with conditions, an example and both views."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from cbm.finding import Severity
from cbm.outcomes.difference import DeclaredChange, DefinitionChange, Difference, Ledger, PartyBalance, TextChange
from cbm.records import replace
from cbm.render.columns import visible
from cbm.render.differences.page_blocks import BlockEntry, BlockPage, BlockSection, BlockSentence, Chapter
from cbm.render.level_words import level_words
from cbm.render.remarks import Remark, conditions_words, named
from cbm.render.snippet import place
from cbm.translation.listing import in_brackets, listed, row
from cbm.translation.saying import mark, say, say_count

_ORDER = ("tightened", "relaxed", "advice", "permissions", "exemptions", "reparation")
# What became of conduct, by its name for programs.
_KINDS = {
    "tightened": mark("tightened"),
    "relaxed": mark("relaxed"),
    "binding": mark("binding"),
    "advised": mark("advised"),
    "advice-tightened": mark("advice-tightened"),
    "advice-relaxed": mark("advice-relaxed"),
    "permitted": mark("permitted"),
    "not-permitted": mark("not-permitted"),
    "exempted": mark("exempted"),
    "not-exempted": mark("not-exempted"),
    "reparation-tightened": mark("reparation-tightened"),
    "reparation-relaxed": mark("reparation-relaxed"),
    "wider": mark("wider"),
    "narrower": mark("narrower"),
    "other-value": mark("other-value"),
    "excluded": mark("excluded"),
    "allowed": mark("allowed"),
}


def outline(ledger: Ledger) -> BlockPage:
    """Step by step and, where there are several, in all, with the ledger of each party."""
    chapters = [_chapter(step) for step in ledger.steps]
    if ledger.whole is None:
        return BlockPage(chapters[0].title, tuple(chapters))
    old, new = _called(ledger.whole)
    above = say("in all, from {old} to {new}", old=old, new=new)
    whole = replace(_chapter(ledger.whole), above=above)
    return BlockPage(whole.title, (*chapters, whole), tuple(_ledger(ledger)))


def step_words(difference: Difference) -> str:
    """From which text to which."""
    return " → ".join(_called(difference))


def _called(difference: Difference) -> list[str]:
    """The two texts by their names, and by their files where these are the same."""
    if difference.files:
        return [visible(f"{difference.new}{in_brackets(file)}") for file in difference.files]
    return [difference.old, difference.new]


def _chapter(difference: Difference) -> Chapter:
    blocks = (one for one in _blocks(difference) if not isinstance(one, BlockSection) or one.entries or one.notes)
    return Chapter(step_words(difference), verdict(difference), tuple(blocks))


def _blocks(difference: Difference) -> Iterator[BlockSection | BlockSentence]:
    yield BlockSection(say("known to one of them only"), notes=difference.only_one)
    yield BlockSection(
        entries=(*map(change_entry, ordered_changes(difference)), *map(definition_entry, difference.definitions))
    )
    yield BlockSection(say("declared"), notes=tuple(declared_lines(difference.declared)))
    yield BlockSection(say("proposed by others"), notes=tuple(declared_lines(difference.positions)))
    yield BlockSection(say("called otherwise, with the same meaning"), notes=difference.names)
    yield from _findings(difference)
    yield BlockSection(say("undecided"), notes=difference.undecided)
    yield BlockSection(say("not compared"), notes=difference.not_compared)
    yield BlockSection(say("left open in these texts"), notes=difference.left_open)
    of_all = say("for each party")
    of_part = say("for each party, of what was compared and decided")
    yield BlockSection(of_part if difference.is_partial else of_all, notes=tuple(_balances(difference.parties)))


def ordered_changes(difference: Difference) -> Iterator[TextChange]:
    """Group by group, and in the order of the texts."""
    for group in _ORDER:
        some = (change for change in difference.changes if change.group == group)
        yield from sorted(some, key=lambda change: change.place.span.start)


def change_entry(change: TextChange) -> BlockEntry:
    """A change with whom it concerns."""
    shown = definition_entry(change)
    if not change.bound:
        return shown
    each = len(change.bound) > 1 and change.bound == change.owed_to
    others = say("the other") if each else listed(change.owed_to, ",")
    told = say("concerns {parties} (as {role})", parties=listed(change.bound, ","), role=change.bearer)
    if change.owed_to:
        told = say("{told}; owed to {others}", told=told, others=others)
    return replace(shown, notes=(*shown.notes, told))


def definition_entry(change: TextChange | DefinitionChange) -> BlockEntry:
    """What changed and why, whenever it is so, and an example with both views."""
    notes = [
        named(Remark.WHY.words, change.why),
        named(Remark.WHENEVER.words, conditions_words(change.whenever, change.extent, complete=change.complete)),
    ]
    if change.witness is not None:
        notes.append(named(Remark.EXAMPLE.words, change.witness.words))
    notes.append(say("in the example: before, {before}; after, {after}", before=change.before, after=change.after))
    return BlockEntry(named(say(_KINDS[change.kind]), change.message), place(change.place.span), tuple(notes))


def declared_lines(declared: Iterable[DeclaredChange]) -> Iterator[str]:
    """What is declared, before and after."""
    for one in declared:
        what = say("{what} {name}", what=say(one.what), name=one.name) if one.name else say(one.what)
        yield named(one.called or what, " → ".join(side or say("nothing") for side in (one.old, one.new)))


def _findings(difference: Difference) -> Iterator[BlockSection | BlockSentence]:
    for words, some in ((say("findings gone"), difference.gone), (say("findings new"), difference.found)):
        told = (f"{level_words(Severity(f.severity))}[{f.rule}] {f.message}" for f in some)
        yield BlockSection(words, notes=tuple(told))
    if difference.same:
        yield BlockSentence(say_count("{count} finding is the same", "{count} findings are the same", difference.same))
    if difference.hidden:
        yield BlockSentence(
            say_count(
                "{count} finding is not told, as comments in the text or `cbm.toml` say",
                "{count} findings are not told, as comments in the text or `cbm.toml` say",
                difference.hidden,
            )
        )


def _balances(parties: Iterable[PartyBalance]) -> Iterator[str]:
    """What each party gains and loses; those with the same in one line."""
    alike: dict[PartyBalance, list[str]] = {}
    for balance in parties:
        alike.setdefault(replace(balance, party=""), []).append(balance.party)
    for balance, each in alike.items():
        names = listed(each)
        yield _balance(replace(balance, party=say("{parties} each", parties=names) if len(each) > 1 else names))


def _balance(balance: PartyBalance) -> str:
    told = (
        (say("less freedom"), balance.less_freedom),
        (say("more freedom"), balance.more_freedom),
        (say("more protection"), balance.more_protection),
        (say("less protection"), balance.less_protection),
    )
    said = [named(words, listed(clauses, ",")) for words, clauses in told if clauses]
    return named(balance.party, row(said) or say("nothing"))


def _ledger(ledger: Ledger) -> Iterator[BlockSection]:
    """What each party gained and lost, in each step and in all."""
    parties = sorted({balance.party for one in ledger.differences for balance in one.parties})
    for party in parties:
        counted: list[str] = []
        for one in ledger.differences:
            balance = next((b for b in one.parties if b.party == party), PartyBalance(party))
            counts = say(
                "freedom -{less_freedom} +{more_freedom}, protection +{more_protection} -{less_protection} (clauses)",
                less_freedom=len(balance.less_freedom),
                more_freedom=len(balance.more_freedom),
                more_protection=len(balance.more_protection),
                less_protection=len(balance.less_protection),
            )
            step = step_words(one)
            step = say("{step} (in all)", step=step) if one is ledger.whole else step
            step = say("{step}, of what was compared and decided", step=step) if one.is_partial else step
            counted.append(named(step, counts))
        yield BlockSection(party, notes=tuple(counted))


def verdict(difference: Difference) -> str:
    """What changed, in numbers."""
    if difference.is_empty:
        findings = ((mark("{count} new"), len(difference.found)), (mark("{count} gone"), len(difference.gone)))
        told = [say(words, count=count) for words, count in findings if count]
        same = say("No change in meaning.")
        return say("No change in meaning; findings: {counts}.", counts=listed(told, ",")) if told else same
    counts = [(group, sum(c.group == group for c in difference.changes)) for group in _ORDER]
    counts += [("definitions", len(difference.definitions)), ("declared", len(difference.declared))]
    counts += [("undecided", len(difference.undecided))]
    counts += [("not compared", len(difference.not_compared)), ("only one", len(difference.only_one))]
    told = [_COUNTED[what](count) for what, count in counts if count]
    return say("Changed in meaning: {counts}.", counts=listed(told, ","))


_COUNTED: dict[str, Callable[[int], str]] = {
    "tightened": lambda count: say("{count} tightened", count=count),
    "relaxed": lambda count: say("{count} relaxed", count=count),
    "advice": lambda count: say("{count} advice", count=count),
    "permissions": lambda count: say_count("{count} permission", "{count} permissions", count),
    "exemptions": lambda count: say_count("{count} exemption", "{count} exemptions", count),
    "reparation": lambda count: say("{count} reparation", count=count),
    "definitions": lambda count: say_count("{count} definition", "{count} definitions", count),
    "declared": lambda count: say("{count} declared", count=count),
    "undecided": lambda count: say("{count} undecided", count=count),
    "not compared": lambda count: say("{count} not compared", count=count),
    "only one": lambda count: say("{count} known to one of them only", count=count),
}

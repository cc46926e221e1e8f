"""What changed between texts to the page a negotiator reads: each change with conditions, an example and both views."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cbm.finding import Severity
from cbm.outcomes.difference import DeclaredChange, DefinitionChange, Difference, Ledger, PartyBalance, TextChange
from cbm.records import replace
from cbm.render.columns import page, visible, wrap
from cbm.render.differences.noted_texts import noted, noted_below
from cbm.render.level_words import level_words
from cbm.render.remarks import Remark, conditions_words, named
from cbm.render.snippet import place
from cbm.translation.listing import in_brackets, listed, row
from cbm.translation.saying import mark, say, say_count

_COUNTED = {
    "tightened": mark("{count} tightened"),
    "relaxed": mark("{count} relaxed"),
    "advice": mark("{count} advice"),
    "permissions": mark("{count} permissions"),
    "exemptions": mark("{count} exemptions"),
    "reparation": mark("{count} reparation"),
}
_ORDER = tuple(_COUNTED)
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


def render(ledger: Ledger) -> str:
    """The page: step by step and, where there are several, in all, with the ledger of each party."""
    if ledger.whole is None:
        return page(_difference(ledger.steps[0]))
    lines: list[str] = []
    for step in ledger.steps:
        lines += [*_difference(step), ""]
    old, new = _called(ledger.whole)
    lines += [say("in all, from {old} to {new}:", old=old, new=new), ""]
    lines += [*_difference(ledger.whole), "", *_ledger(ledger)]
    return page(lines)


def _step(difference: Difference) -> str:
    return " → ".join(_called(difference))


def _called(difference: Difference) -> list[str]:
    """The two texts by their names, and by their files where these are the same."""
    if difference.files:
        return [visible(f"{difference.new}{in_brackets(file)}") for file in difference.files]
    return [difference.old, difference.new]


def _difference(difference: Difference) -> Iterator[str]:
    yield _step(difference)
    yield ""
    yield from noted_below(say("known to one of them only"), difference.only_one)
    for group in _ORDER:
        some = (change for change in difference.changes if change.group == group)
        for change in sorted(some, key=lambda change: change.place.span.start):
            yield from _change(change)
            yield ""
    for definition in difference.definitions:
        yield from _shown(definition)
        yield ""
    yield from _declared(say("declared"), difference.declared)
    yield from _declared(say("proposed by others"), difference.positions)
    yield from noted_below(say("called otherwise, with the same meaning"), difference.names)
    yield from _findings(difference)
    yield from noted_below(say("undecided"), difference.undecided)
    yield from noted_below(say("not compared"), difference.not_compared)
    yield from noted_below(say("left open in these texts"), difference.left_open)
    if difference.parties:
        yield say("{heading}:", heading=say("for each party"))
        alike: dict[PartyBalance, list[str]] = {}
        for balance in difference.parties:
            alike.setdefault(replace(balance, party=""), []).append(balance.party)
        for balance, parties in alike.items():
            names = listed(parties)
            yield from _balance(
                replace(balance, party=say("{parties} each", parties=names) if len(parties) > 1 else names)
            )
        yield ""
    yield from wrap(_verdict(difference))


def _change(change: TextChange) -> Iterator[str]:
    yield from _shown(change)
    if change.bound:
        each = len(change.bound) > 1 and change.bound == change.owed_to
        others = say("the other") if each else listed(change.owed_to, ",")
        told = say("concerns {parties} (as {role})", parties=listed(change.bound, ","), role=change.bearer)
        if change.owed_to:
            told = say("{told}; owed to {others}", told=told, others=others)
        yield from noted(told)


def _shown(change: TextChange | DefinitionChange) -> Iterator[str]:
    """What changed and why, whenever it is so, and an example with both views."""
    yield from wrap(named(say(_KINDS[change.kind]), change.message), rest="  ")
    yield f" --> {place(change.place.span)}"
    yield from noted(named(Remark.WHY.words, change.why))
    whenever = conditions_words(change.whenever, change.extent, complete=change.complete)
    yield from noted(named(Remark.WHENEVER.words, whenever))
    if change.witness is not None:
        yield from noted(named(Remark.EXAMPLE.words, change.witness.words))
    yield from noted(say("in the example: before, {before}; after, {after}", before=change.before, after=change.after))


def _declared(heading: str, declared: Iterable[DeclaredChange]) -> Iterator[str]:
    told = list(declared)
    if told:
        yield say("{heading}:", heading=heading)
        for one in told:
            what = say("{what} {name}", what=say(one.what), name=one.name) if one.name else say(one.what)
            what = one.called or what
            yield from noted(named(what, " → ".join(side or say("nothing") for side in (one.old, one.new))))
        yield ""


def _findings(difference: Difference) -> Iterator[str]:
    for words, some in ((say("findings gone"), difference.gone), (say("findings new"), difference.found)):
        told = (f"{level_words(Severity(f.severity))}[{f.rule}] {f.message}" for f in some)
        yield from noted_below(words, told)
    if difference.same:
        yield say_count("{count} finding is the same", "{count} findings are the same", difference.same)
        yield ""
    if difference.hidden:
        yield say_count(
            "{count} finding is not told, as comments in the text or `cbm.toml` say",
            "{count} findings are not told, as comments in the text or `cbm.toml` say",
            difference.hidden,
        )
        yield ""


def _balance(balance: PartyBalance) -> Iterator[str]:
    told = (
        (say("less freedom"), balance.less_freedom),
        (say("more freedom"), balance.more_freedom),
        (say("more protection"), balance.more_protection),
        (say("less protection"), balance.less_protection),
    )
    said = [named(words, listed(clauses, ",")) for words, clauses in told if clauses]
    yield from noted(named(balance.party, row(said) or say("nothing")))


def _ledger(ledger: Ledger) -> Iterator[str]:
    """What each party gained and lost, in each step and in all."""
    parties = sorted({balance.party for one in ledger.differences for balance in one.parties})
    for party in parties:
        yield say("{heading}:", heading=party)
        for one in ledger.differences:
            balance = next((b for b in one.parties if b.party == party), PartyBalance(party))
            counts = say(
                "freedom -{less_freedom} +{more_freedom}, protection +{more_protection} -{less_protection} (clauses)",
                less_freedom=len(balance.less_freedom),
                more_freedom=len(balance.more_freedom),
                more_protection=len(balance.more_protection),
                less_protection=len(balance.less_protection),
            )
            step = _step(one)
            yield from noted(named(say("{step} (in all)", step=step) if one is ledger.whole else step, counts))


def _verdict(difference: Difference) -> str:
    if difference.is_empty:
        return say("No change in meaning.")
    counts = [(group, sum(c.group == group for c in difference.changes)) for group in _ORDER]
    counts += [("definitions", len(difference.definitions)), ("declared", len(difference.declared))]
    counts += [("undecided", len(difference.undecided))]
    counts += [("not compared", len(difference.not_compared)), ("only one", len(difference.only_one))]
    told = [say(_ALL_COUNTED[what], count=count) for what, count in counts if count]
    return say("Changed in meaning: {counts}.", counts=listed(told, ","))


_ALL_COUNTED = {
    **_COUNTED,
    "definitions": mark("{count} definitions"),
    "declared": mark("{count} declared"),
    "undecided": mark("{count} undecided"),
    "not compared": mark("{count} not compared"),
    "only one": mark("{count} known to one of them only"),
}

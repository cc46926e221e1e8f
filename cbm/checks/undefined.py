"""Names and labels that mean nothing, found while they are resolved; and references to what some packages lack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from cbm.core.negotiation import Negotiation
from cbm.core.packages.choices import OpenReference, ProposedOption, Referral
from cbm.core.packages.package_boxes import Box, TooManyBoxes, members
from cbm.finding import Finding, Label, Rule, RuleId, Severity
from cbm.inquiry import Inquiry
from cbm.smt.solve import Unknown
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.wording.reading_words import reach_of

RULE = Rule(
    RuleId.UNDEFINED,
    Severity.ERROR,
    mark("a name or a label means nothing here"),
    mark("""\
A party, a kind of unit, an act, a term, a topic, a clause or a text is mentioned that neither the text nor the
vocabularies it uses declare. Nothing is checked in a text with such a mistake: an answer would speak of another
text than the one that was meant.

A text with square brackets is checked all the same where only some packages lack what is referred to, say `exception
to 1` where clause 1 is left out. There the reference has no effect, and no option is dead for it. The text of such a
package, written out, refers to what is not there: let the reference stand with the clause, in a bracket or by a tie.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship must not aim_weapon
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship must not aim_weapons
""",
)

_TAKE_OUT = mark("take it out: no package has both")
_LACKING = mark("which packages lack `{label}`")


def check(inquiry: Inquiry) -> Iterator[Finding]:
    """References to clauses that some packages of a text under negotiation lack, each once, with these packages."""
    negotiation = Negotiation(inquiry.system)
    for reference in inquiry.system.open_references:
        try:
            yield from _lacked(negotiation, reference)
        except TooManyBoxes:
            too_many = Unknown(
                mark("too many choices hang together: settle some of them (on the command line: `--take`)")
            )
            inquiry.leave_open(partial(say, _LACKING, label=reference.label), too_many, at=reference.span)


def _lacked(negotiation: Negotiation, reference: OpenReference) -> Iterator[Finding]:
    assert reference.span is not None, "it is written in the text"
    space = negotiation.space
    written, stands = negotiation.boxes(reference.written), negotiation.boxes(reference.stands)
    lacking = space.minus(written, (*stands, *space.excluded))
    if not lacking:
        return
    boxes = space.told(lacking)
    both = space.minus(written, (*space.minus(written, stands), *space.excluded))
    yield Finding(
        RULE.id,
        RULE.severity,
        say(
            "{place} refers to `{label}`, which is not there",
            place=reference.by or say("the header"),
            label=reference.label,
        ),
        Label(reference.span),
        remedies=tuple(_ways(negotiation, reference, space.told(stands))) if both else (say(_TAKE_OUT),),
        notes=(say("there the reference has no effect; all else is checked as ever"),),
        reach=reach_of(negotiation, boxes, boxes),
        matter=(reference.origin, reference.words),
    )


def _ways(negotiation: Negotiation, reference: OpenReference, stands: Sequence[Box]) -> Iterator[str]:
    """What to write for the reference to stand only with what it means."""
    label, words = reference.label, reference.words
    if reference.elsewhere:
        first = mark("settle `{label}` in `{text}` first, or refer to what stands there whatever is taken")
        yield say(first, label=label, text=reference.elsewhere)
        return
    match reference.referral:
        case Referral.HEADER:
            yield say("write `{words}` in the clauses concerned instead: a header has no brackets", words=words)
            return
        case Referral.EDGE:
            yield _together(negotiation, reference, f"`{words}`", words, stands)
        case Referral.EXCEPTION:
            yield _together(negotiation, reference, reference.by, f"{reference.origin} …", stands)
        case _:
            twice = mark("word {place} twice, with `{label}` and without it, as options of one choice with `{label}`")
            yield say(twice, place=reference.by, label=label)
    tie = _tie(negotiation, reference, stands)
    if tie:
        yield say("or, if it is not to be had without `{label}`, write `{tie}`", label=label, tie=tie)


def _together(
    negotiation: Negotiation, reference: OpenReference, what: str, written: str, stands: Sequence[Box]
) -> str:
    """How to let something stand with a clause alone: in a place of the same choice, or else by a tie."""
    said = {"what": what, "label": reference.label}
    (number, options), *others = (one for box in stands for one in box.items())
    choice = negotiation.choices[number]
    called = [_called(option) for option in choice.options]
    if not others and all(called) and len(set(called)) == len(called):
        places = (f"{who}: {written if options >> at & 1 else 'delete'}" for at, who in enumerate(called))
        bracket = f"[{choice.name if choice.titled else 'NAME'} {' | '.join(places)}]"
        if choice.titled:
            return say("let {what} stand with `{label}` only: write `{bracket}`", bracket=bracket, **said)
        return say(
            "let {what} stand with `{label}` only: name the bracket of `{label}` (`options NAME one of {proposers}`), "
            "and write `{bracket}`",
            proposers=", ".join(called),
            bracket=bracket,
            **said,
        )
    clause, ways = reference.clause, _either(negotiation, stands)
    if not ways or any(clause in (known.clause, known.name) for known in negotiation.choices):
        return say(
            "let {what} stand with `{label}` only: put it in a bracket, and tie that to those of `{label}`", **said
        )
    ties = [f"tie {clause} is 1 only if {' or '.join(ways)}", *(f"tie {way} only if {clause} is 1" for way in ways)]
    return say(
        "let {what} stand with `{label}` only: put it in a bracket, `[{written}]`, and write {ties}",
        written=written,
        ties=listed([f"`{tie}`" for tie in ties]),
        **said,
    )


def _tie(negotiation: Negotiation, reference: OpenReference, stands: Sequence[Box]) -> str:
    """The tie that leaves no package with the reference and without its clause; "" where ties cannot say so."""
    written = negotiation.space.union(negotiation.boxes(reference.written))
    if len(written) != 1 or not written[0] or not written[0].keys().isdisjoint(c for box in stands for c in box):
        return ""
    taken = [_ways_to_take(negotiation, *one) for one in written[0].items()]
    either = _either(negotiation, stands)
    if not either or any(len(ways) != 1 for ways in taken):
        return ""
    return f"tie {' and '.join(ways[0] for ways in taken)} only if {' or '.join(either)}"


def _either(negotiation: Negotiation, boxes: Sequence[Box]) -> list[str]:
    """`1 is CN`, or `3 is 2`: what ties say of these packages; nothing where they cannot."""
    ways = [_ways_to_take(negotiation, *one) for box in boxes for one in box.items()]
    sayable = all(len(box) == 1 for box in boxes) and all(ways)
    return [way for several in ways for way in several] if sayable else []


def _ways_to_take(negotiation: Negotiation, number: int, options: int) -> list[str]:
    """How ties call these options of a choice; none where they cannot speak of it."""
    choice = negotiation.choices[number]
    if not choice.spoken_of:
        return []
    several = Counter(who for option in choice.options for who in option.proposers)
    taken = [choice.options[at] for at in members(options)]
    names = ["delete" if o.out else next((w for w in o.proposers if several[w] == 1), o.member) for o in taken]
    return [f"{choice.name} is {name}" for name in names]


def _called(option: ProposedOption) -> str:
    """Who alone proposes an option; "" where a choice with a name could not list it so."""
    return option.proposers[0] if len(option.proposers) == 1 else ""

"""What a drafter got wrong about names and kinds, as findings, with the nearest known name as a remedy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cbm.finding import Finding, Label, RuleId, Severity
from cbm.source import Span
from cbm.syntax.confusables import skeleton, strange_signs
from cbm.syntax.signs import UNITS
from cbm.syntax.synonyms import folded, said_for_words, stands_for_figure
from cbm.syntax.typing_slips import typed_for
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say


class Fault(Exception):
    """Stops the resolution of one statement; caught where statements are resolved, never shown as an exception.

    `finding` is None when the cause was reported before, so that one mistake gives one message.
    """

    def __init__(self, finding: Finding | None) -> None:
        super().__init__(finding.message if finding else "reported before")
        self.finding = finding


# So many names are listed where one was not found; of more only one that looks like it is.
FEW = 8


def fault(
    rule: RuleId, span: Span, message: str, *, remedies: Iterable[str] = (), related: Iterable[Label] = ()
) -> Fault:
    return Fault(Finding(rule, Severity.ERROR, message, Label(span), tuple(related), remedies=tuple(remedies)))


def undefined(
    what: str,
    name: str,
    span: Span,
    known: Iterable[str],
    titles: Mapping[str, Iterable[str]] | None = None,
    *,
    figure: bool = False,
    declared: str = "",
) -> Fault:
    """`what` is the sort of thing looked for, without an article: "topic"; `titles` are what readers call the known.

    `figure`: a figure may stand there as well. `declared`: how one of this name is declared, where that may be missing.
    """
    names = sorted(set(known))
    called = _called(name, names, titles or {})
    remedies = (
        meant_by(name, names, titles or {})
        or (_empty_figure(name) or _unit_in_front(name) if figure else ())
        or suggestion(name, names)
        or listed_names(names)
        or ((say("declare it in a vocabulary that the text uses: `{words}`", words=declared),) if declared else ())
        or _where_to_look(names)
    )
    message, meant = say("no {what} is called `{name}`", what=what, name=name), typed_for(name, names)
    if not name:
        message = say('`""` names no {what}: nothing stands between the quotation marks', what=what)
    elif len(called) > 1:
        message = say("several words are called “{name}”: say which one is meant", name=name)
    meant = meant if span.text == name else ""
    return Fault(Finding(RuleId.UNDEFINED, Severity.ERROR, message, Label(span), remedies=tuple(remedies), meant=meant))


def meant_by(name: str, known: Iterable[str], titles: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The word to write for what readers call it (`Japan`), or drafters say for it (`slow_down`); or nothing."""
    names = sorted(set(known))
    if folded(name) in map(folded, names):
        return ()  # it is only spelt otherwise
    by_title = _called(name, names, titles)
    said_for = said_for_words(name)
    by_synonym = [one for one in names if one in said_for]
    fitting = [f"`{one}`" for one in by_title or by_synonym]
    return (say("write {name}", name=say(" or ").join(fitting)),) if fitting else ()


def _called(title: str, names: Iterable[str], titles: Mapping[str, Iterable[str]]) -> list[str]:
    """Those of these names that readers call so."""
    words = folded(title)
    return [one for one in names if words and words in map(folded, titles.get(one, ()))]


def listed_names(names: list[str]) -> tuple[str, ...]:
    """All that are known, where a reader takes them in at a glance."""
    shown = listed([f"`{name}`" for name in names], ",")
    if len(names) == 1:
        return (say("there is {shown} only", shown=shown),)
    return (say("write one of {shown}", shown=shown),) if 0 < len(names) <= FEW else ()


def _empty_figure(name: str) -> tuple[str, ...]:
    """How a figure is written that is still to be agreed, where that is what the name stands for; or nothing."""
    if not (name and stands_for_figure(name)):
        return ()
    advice = mark(
        "a figure that is still open is written with its range, such as `[__ from 100 m to 1,000 m]`, or of a time "
        "`[__ from 1 h to 3 h]`"
    )
    return (say(advice),)


def _unit_in_front(name: str) -> tuple[str, ...]:
    """`100 FL`, for `FL100`; or nothing."""
    unit = name.rstrip("0123456789")
    return (
        (say("write `{words}`", words=f"{name.removeprefix(unit)} {unit}"),) if unit in UNITS and unit != name else ()
    )


def _where_to_look(names: list[str]) -> tuple[str, ...]:
    """What there is, where nothing is near and it is too much to be told here."""
    return (say("`cbm words` finds what can be written here"),) if names else ()


def suggestion(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """ "did you mean `x`?" for the closest known name, in a stable order, or nothing."""
    names = sorted(set(known))
    alike = next((other for other in names if other != name and skeleton(other) == skeleton(name)), None)
    if alike is not None:
        return (
            say(
                "did you mean `{alike}`? it looks alike, but {strange_signs}",
                alike=alike,
                strange_signs=strange_signs(name, alike),
            ),
        )
    near = words_near(name, names)
    if len(near) > 1:
        return (say("write {name}", name=say(" or ").join(f"`{one}`" for one in near)),)
    return (say("did you mean `{near}`?", near=near[0]),) if near else ()


def words_near(name: str, known: Iterable[str]) -> list[str]:
    """The known names that begin with this word, if they are few, or the closest one, in a stable order."""
    from difflib import get_close_matches  # only who errs waits for it

    names = sorted(set(known))
    near = [one for one in names if name and one.startswith(f"{name}_")]  # `aim` for `aim_weapons`, and never `jam`
    if len(near) > 1:
        return near if len(near) < FEW else []
    near = near or get_close_matches(name, names, n=1, cutoff=0.6)
    return near or [n for n in names if n.casefold() == name.casefold()][:1]


def duplicate(what: str, name: str, span: Span, earlier: Span | None = None, *remedies: str) -> Fault:
    """`what` is the sort of thing that has this name: "topic"."""
    return twice(say("{what} `{name}` is declared twice", what=what, name=name), span, earlier, *remedies)


def twice(message: str, span: Span, earlier: Span | None = None, *remedies: str) -> Fault:
    """A name that is given again; told at the place that can be changed, where the other one comes with cbm.

    Without `remedies`, those of what has the same name in another file.
    """
    if earlier is None:
        return fault(RuleId.DUPLICATE, span, message, remedies=remedies)
    place, other = span, Label(earlier, say("declared here before"))
    if span.source.standard and not earlier.source.standard:
        place, other = earlier, Label(span, say("declared here as well"))
    if not remedies and earlier.source != span.source and not place.source.standard:
        remedies = (say("leave it out here, if it is the same"), say("give it another name here, if it is not"))
    return fault(RuleId.DUPLICATE, place, message, remedies=remedies, related=[other])


def wrong_type(span: Span, message: str, *remedies: str) -> Fault:
    return fault(RuleId.TYPE_MISMATCH, span, message, remedies=remedies)


def wrong_unit(span: Span, message: str, *remedies: str) -> Fault:
    return fault(RuleId.UNIT_MISMATCH, span, message, remedies=remedies)

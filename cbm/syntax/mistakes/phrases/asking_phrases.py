"""Slips in what is asked for: of whom, only when, how strictly, how often, and how far apart."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from re import IGNORECASE, Match

from cbm.patterns import pattern
from cbm.syntax.mistake import Mend, Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.syntax.mistakes.phrases.rewritten import NAME, Known, Rewritten, instead, rewritten, rewritten_around
from cbm.syntax.mistakes.slip_words import MODALS, in_content, sides_of, vague_time
from cbm.syntax.synonyms import said_for_words
from cbm.syntax.tokens import RESERVED
from cbm.translation.saying import say

_MISSPELT = 0.6  # how much of a word is in place that is a slip of another one
_WORDS_READ = 5  # before the place at which reading ended, of those that may begin the phrase


def asking_phrases(failure: Failure) -> Iterator[Mistake]:
    """What stands at the place where reading ended, or begins a few words before it, once it is said what is asked."""
    if failure.piece.opening != "clause" or not in_content(failure):
        return
    yield from _to_party(failure)
    yield from _going_on(failure)
    yield from rewritten_around(failure, _KNOWN, _WORDS_READ)


def _to_party(failure: Failure) -> Iterator[Mistake]:
    """`must notify JP`."""
    act, party = failure.last, failure.word
    if party in sides_of(failure.text) and act.text != "the" and act.text.isidentifier() and act.text not in RESERVED:
        words = f"{act.text} to {party}"
        message, remedy = say("whom an act is done to stands behind `to`"), say("write `{words}`", words=words)
        at = Written(words, act.start, failure.place.end)
        yield failure.says(message, remedy, at=at, mend=Mend(act.start, failure.place.end, words))


def _going_on(failure: Failure) -> Iterator[Mistake]:
    """`must call at all times`, and the same of a ban or of what is kept, which hold all the time anyway."""
    found = _ALL_THE_TIME.match(failure.text, failure.place.start, failure.piece.end)
    if found is None:
        return
    words, at = " ".join(found["words"].split()), Written(found["words"], found.start(), found.end("words"))
    modal = max(number for number, word in enumerate(failure.before) if word.text in MODALS)
    asked = [word.text for word in failure.before[modal:]]
    if "not" in asked or "keep" in asked or failure.before[modal].text == "may":
        message = say("`{words}` adds nothing to it: leave it out", words=words)
        yield failure.says(message, at=at, mend=Mend(failure.last.end, at.end, ""))
    else:
        yield failure.says(
            say("an act is done at a time, and that it goes on is not said of it"),
            say("leave `{words}` out, or write `every … from … until …` for how often it is done", words=words),
            at=at,
        )


def breach_phrases(failure: Failure) -> Iterator[Mistake]:
    """What is owed after a breach, behind a comma or a semicolon."""
    if failure.piece.opening == "clause":
        for sign in (*failure.before[-_WORDS_READ:], failure.place):
            yield from rewritten(failure, (_FAILING,), sign.start) if sign.text in _BEFORE_BREACH else ()


def _without(found: Match[str]) -> Rewritten:
    """`must not begin_activity without notify`, `must not begin_activity without own.notify`."""
    message = say("what has to come first is said with `until`")
    if found["having"]:
        return Rewritten(message, say("write `until ROLE.ACT` with the role and the act that are meant"))
    if found["role"]:
        first = f"until {found['role']}{found['act']}"
        return instead(message, f"{found['barred']} {first}", first)
    return Rewritten(
        message,
        say("write `until ROLE.{act}`, with the role whose act it is", act=found["act"]),
    )


def _except_behind_comma(_: Match[str]) -> Rewritten:
    """`must notify, except when dangerous`, `must notify, unless dangerous`."""
    return Rewritten(say("an exception stands without a comma: leave `,` out"))


def _addition_behind_comma(_: Match[str]) -> Rewritten:
    """`must call, within 5 min after other.call`."""
    return Rewritten(say("what is added to an act stands without a comma: leave `,` out"))


def _except_if_behind_comma(_: Match[str]) -> Rewritten:
    """`must notify, except if dangerous`, `must notify, save where dangerous`."""
    return instead(say("an exception stands without a comma, behind `unless`"), " unless", "unless …")


def _condition_within(found: Match[str]) -> Rewritten:
    """`must, when dangerous, notify`, `must, unless dangerous, notify`."""
    modal, condition = (" ".join(found[part].split()) for part in ("modal", "condition"))
    if condition.lower().startswith("unless"):
        remedy = say("write `{words}`", words=f"{modal} … {condition}")
        return Rewritten(say("an exception stands behind what is asked"), remedy)
    words = f"{condition} {modal}"
    return instead(say("a condition stands before `{modal}`", modal=modal), words, f"{words} …")


def _as_far_as(found: Match[str]) -> Rewritten:
    """`must, as far as possible, notify`."""
    return Rewritten(
        say("`{words}` leaves open when it is owed", words=" ".join(found["vague"].split())),
        say("write `should` where it is advice, or `unless` and when it is not owed"),
    )


def _nothing_else(found: Match[str]) -> Rewritten:
    """`must only call`, `may only call`: it could be meant that all else is forbidden, and of what."""
    modal, act = found["modal"], found["act"]
    return Rewritten(
        say("`only` forbids nothing: a clause says no more than what it asks for or allows"),
        say("write `{asked}`, and a clause with `must not` for what is not to be done", asked=f"{modal} {act}"),
    )


def _owed_only_then(found: Match[str]) -> Rewritten:
    """`must notify only if dangerous`."""
    modal, act = found["modal"], found["act"]
    return Rewritten(
        say("`only` forbids nothing: a clause says no more than what it asks for or allows"),
        say(
            "write `when … {asked}`, and `must not {act} unless …` in a clause of its own if it is forbidden otherwise",
            asked=f"{modal} {act}",
            act=act,
        ),
    )


def _too_late(found: Match[str]) -> Rewritten:
    """`must not notify later than 3 days before start`."""
    act, amount = found["act"], found["amount"]
    return Rewritten(
        say("to forbid that it is done late does not ask that it is done"),
        say(
            "write `{asked} …` if it is owed by then, `{barred} …` if only this is forbidden",
            asked=f"must {act} at least {amount} before",
            barred=f"must not {act} within {amount} before",
        ),
    )


def _in_any_case(found: Match[str]) -> Rewritten:
    """`must notify in any case at least 3 days before start`."""
    return Rewritten(say("`{words}` adds nothing to it: leave it out", words=" ".join(found["out"].split(",")).strip()))


def _each_other(found: Match[str]) -> Rewritten:
    """`must notify each other`."""
    words = " ".join(found["out"].split())
    return Rewritten(say("each clause is about the other side already: leave `{words}` out", words=words))


def _to_whom(found: Match[str]) -> Rewritten:
    """`must reply to the Chinese side`, `must reply to all parties`."""
    meant = said_for_words(f"{found['what'].strip()} {found['noun']}") if found["what"] else ()
    if len(meant) == 1:
        return instead(say("whom an act is done to stands behind `to` by its name"), f"{found['act']} to {meant[0]}")
    return Rewritten(
        say("whom an act is done to stands behind `to` by its name"),
        say("name the parties that are meant, or leave `to` out: each clause is about the other side already"),
    )


def _article(_: Match[str]) -> Rewritten:
    """`must reply to the organiser`."""
    return Rewritten(say("`{word}` is not needed: leave it out", word="the"))


def _following_others(found: Match[str]) -> Rewritten:
    """`must notify in accordance with 2`, `must notify pursuant to article 2`."""
    return Rewritten(
        say("a clause refers to another one where it stands in its place, yields to it or prevails over it"),
        say("leave `{words}` out: both bind in any case", words=" ".join(found[0].split())),
    )


def _promptly(found: Match[str]) -> Rewritten:
    """`must immediately notify`."""
    message, remedy = vague_time(found["promptly"])
    return Rewritten(message, remedy)


def _as_a_rule(found: Match[str]) -> Rewritten:
    """`must normally notify`."""
    return Rewritten(
        say("`{words}` leaves open when it is owed", words=" ".join(found["rule"].split())),
        say("write `should` where it is advice, or `unless` and when it is not owed"),
    )


def _besides(found: Match[str]) -> Rewritten:
    """`must also notify`."""
    return Rewritten(say("`{words}` adds nothing to it: leave it out", words=found["out"].strip()))


def _afterwards(found: Match[str]) -> Rewritten:
    """`must thereafter reply`."""
    return Rewritten(
        say("`{words}` does not say what it is counted from", words=found["then"]),
        say(
            "write `{asked} after …`, with a moment or with a role and its act",
            asked=f"{found['modal']} {found['act']}",
        ),
    )


def _only_then(found: Match[str]) -> Rewritten:
    """`may begin only after own.notify`, `may only begin after own.notify`, `may begin only if own.notify`."""
    act = found["act"] or found["later_act"]
    if found["time"]:
        message = say("what may be done only then is forbidden until then")
        return Rewritten(message, say("write `{words}`", words=f"must not {act} until {found['time']}"))
    message = say("what may be done only then is forbidden otherwise")
    return Rewritten(message, say("write `{words}`, with the condition", words=f"must not {act} unless …"))


def _both(found: Match[str]) -> Rewritten:
    """`must not only call but also answer`."""
    return instead(say("what a clause asks for stands in a list"), f"{found['modal']} {found['one']}, {found['other']}")


def _kept(found: Match[str]) -> Rewritten:
    """`must maintain separation >= 500 m`, `must maintian separation >= 500 m`."""
    said = found.groupdict()
    if SequenceMatcher(a=said.get("verb") or "", b="keep").ratio() > _MISSPELT:
        return Rewritten("")  # `kep` is told by itself
    modal = said.get("modal") or ""
    return instead(say("what has a bound is said with `keep`"), f"{modal}keep {found['what']} {found['sign']}")


def _kept_amount(found: Match[str]) -> Rewritten:
    """`must maintain a separation of 500 m or more`."""
    sign = "<=" if found["bound"].lower() == "less" else ">="
    return instead(say("what is kept has its bounds behind it"), f"keep {found['what']} {sign} {found['amount']}")


def _compared(found: Match[str]) -> Rewritten:
    """`keep separation greater than 500 m`."""
    sign = ">" if found["sign"].lower() in _MORE.split("|") else "<"
    message = say("`{words}` is not how quantities are compared", words=" ".join(found["words"].split()))
    return instead(message, f"{found['what']} {sign}")


def _from_to(found: Match[str]) -> Rewritten:
    """`keep separation of 500 to 1,000 m`."""
    unit = found["unit"]
    words = f"{found['what']} from {found['low']} {found['low_unit'] or unit} to {found['high']} {unit}"
    return instead(say("what is kept has its bounds behind it"), words)


def _brought_to(found: Match[str]) -> Rewritten:
    """`reduce speed to 10 kt`."""
    sign = "<=" if found["how"].lower() in ("reduce", "lower", "limit") else ">="
    words = f"keep {found['what']} {sign} {found['amount']}"
    return Rewritten(say("what is kept has its bound behind it: write `{words}`", words=words))


def _neither_nor(found: Match[str]) -> Rewritten:
    """`must neither call nor answer`, `need not call nor answer`."""
    modal, acts = found["modal"].lower(), ", ".join(_PARTED.split(found["acts"]))
    strength = modal if modal in ("should", "need") else "must"
    message = say("what is not to be done stands in a list behind `{words}`", words=f"{strength} not")
    return instead(message, f"{strength} not {acts}")


def _kept_clear(_: Match[str]) -> Rewritten:
    """`must keep clear of warships`, `must keep out of the way`."""
    return Rewritten(
        say("it is not said what is kept, and within which bound"),
        say("write `keep separation >= 1,000 m` with the result and the bound that are meant, or an act by its name"),
    )


def _failing(found: Match[str]) -> Rewritten:
    """`must call, failing which it must answer`, `must call; otherwise it must answer`."""
    words = f"otherwise {found['modal']}"
    return instead(say("what is owed after a breach stands behind `otherwise`"), f" {words}", f"{words} …")


def _remark(_: Match[str]) -> Rewritten:
    """`must call (see clause 2)`."""
    return Rewritten(say("what is no part of the clause stands behind `#`, to the end of the line"))


def _and_or(_: Match[str]) -> Rewritten:
    """`must call and/or answer`."""
    return Rewritten(
        say("`and/or` can be read two ways"),
        say("write `,` where all of it is asked for, `or` where one of it is enough"),
    )


def _so_many_times(_: Match[str]) -> Rewritten:
    """`must call twice`, `must call at least 3 times`."""
    return Rewritten(
        say("how often something is done is said by the time in between"),
        say("write, for example, `every 10 min from … until …`, with a moment in each place"),
    )


def _too_often(found: Match[str]) -> Rewritten:
    """`must not notify more than once a day`."""
    length = _LASTING[found["unit"].lower()] if found["unit"] else "…"
    words = f"not {found['act']} within {length} after ROLE.{found['act']}"
    return Rewritten(
        say("how often it is done is said by a time from one doing to the next"),
        say("write, for example, `{words}`, with the role that is bound", words=words),
    )


def _except_until(found: Match[str]) -> Rewritten:
    """`must not lase except until own.call`, `must not lase, except until own.call`."""
    words = f"except before {found['point']}"
    message = say("up to when it is not forbidden is said with `except before`")
    return instead(message, f" {words}" if found["comma"] else words, words)


def _except_to(_: Match[str]) -> Rewritten:
    """`must not report except to JP`."""
    return Rewritten(
        say("no exception says to whom something may be done"),
        say("write to whom it is forbidden: `must not … to …`, with these parties"),
    )


def _except_in(_: Match[str]) -> Rewritten:
    """`except in emergencies`, `save for exercises`."""
    return Rewritten(say("an exception is a condition"), say("write `unless` and a word that `cbm words` finds"))


_PARTED = pattern(r"\s*,?\s+nor\s+|\s*,\s*")
_DOING = rf"(?!(?:subject|prior|due|according|regard)\b){NAME}"
_SIDE = r"(?:sides?|part(?:y|ies)|units?|States?|governments?)"
_LASTING = {"hour": "1 h", "day": "24 h", "week": "7 days"}
_FIGURE = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_UNIT_OF = r"(?:nmi|km/h|km|m/s|m|ft|yd|kt|min|h)"
_MODAL = "|".join(sorted(MODALS))
_MORE = "greater|larger|higher|longer|more"
_VAGUE = (
    r"(?:as|so)\s+far\s+as\s+(?:possible|practicable|practical|feasible)|(?:where|when|if|whenever)\s+"
    r"(?:possible|practicable|practical|feasible|necessary|appropriate)|to\s+the\s+(?:fullest\s+)?extent\s+(?:possible|practicable)"
    r"|as\s+appropriate|in\s+principle"
)
_ALL_THE_TIME = pattern(
    r"(?P<words>(?:at|in|under)\s+all\s+(?:times|circumstances)|at\s+any\s+time|continuously|throughout(?=\s*(?:[;,#\n]|\Z)))(?!\w)"
)
_BEFORE_BREACH = (",", ";", "failing")
_FAILING: Known = (
    pattern(
        r"\s*(?:[,;]\s*(?:or\s+else|otherwise|if\s+not)|[,;]?\s*failing\s+(?:which|that)),?\s+"
        rf"(?:(?:it|they)\s+)?(?P<modal>(?:{_MODAL})(?:\s+not)?)(?!\w)",
        IGNORECASE,
    ),
    _failing,
)
_HOLDING = "maintain|observe|ensure|have|leave|hold"
_KNOWN: tuple[Known, ...] = tuple(
    (pattern(expression, IGNORECASE), told)
    for expression, told in (
        (
            (
                rf"(?P<barred>not\s+{NAME})\s+without\s+(?!(?:undue|any)\s+delay|delay)(?:a\s+|any\s+|prior\s+)*"
                r"(?P<having>(?:first\s+)?having\s+)?"
                rf"(?P<role>{NAME}\.)?(?P<act>{NAME})(?!\w)"
            ),
            _without,
        ),
        (r"(?P<out>\s*,)\s*(?:except\s+(?:when|through|worded|while|after|before)|unless)(?!\w)", _except_behind_comma),
        (
            (
                rf"{NAME}(?P<out>\s*,)\s*(?:within|through|at\s+least|before|after|upon|until|not\s+(?:before|later\s+than)"
                r"|subject\s+to|in\s+place\s+of|stating|worded\s+in|otherwise\s+must)(?!\w)"
            ),
            _addition_behind_comma,
        ),
        (r"\s*,\s*(?:except|save)\s+(?:if|where|in\s+case|that)(?!\w)", _except_if_behind_comma),
        (
            r"(?P<out>\s*,?\s*(?:in\s+any\s+(?:case|event|circumstances?))(?:\s*,)?)(?!\w)",
            _in_any_case,
        ),
        (rf"{NAME}(?P<out>\s+(?:to\s+)?(?:each\s+other|one\s+another))(?!\w)(?!\s+{_SIDE})", _each_other),
        (rf"{NAME}(?P<out>\s+to\s+the\s+other(?:\s+(?:{_SIDE}|ship|vessel|aircraft)(?!\w)|(?!\w|\s+\w)))", _each_other),
        (
            (
                rf"(?P<act>{_DOING})\s+to\s+(?:(?:each|every|all|both|either|any)(?:\s+of)?\s+)?(?:the\s+)?(?:other\s+)?"
                rf"(?P<what>{NAME}\s+)??(?P<noun>{_SIDE})(?!\w)"
            ),
            _to_whom,
        ),
        (rf"{_DOING}\s+to\s+(?P<out>the\s+){NAME}(?!\w)", _article),
        (rf"(?P<modal>must|shall|should)\s+(?P<act>{NAME})\s+only\s+(?:when|if|where)(?!\w)", _owed_only_then),
        (
            (
                rf"(?:must|shall|should)\s+not\s+(?P<act>{NAME})\s+later\s+than\s+(?P<amount>{_FIGURE}\s*(?:days?|h|hours?|min))"
                r"\s+(?:before|prior\s+to)(?!\w)"
            ),
            _too_late,
        ),
        (rf"(?P<modal>{_MODAL})\s*,\s*(?P<vague>{_VAGUE})\s*,", _as_far_as),
        (rf"(?P<modal>(?:{_MODAL})(?:\s+not)?)\s*,\s*(?P<condition>(?:when|unless)\s[^\n,]+?)\s*,", _condition_within),
        (rf"(?P<vague>{_VAGUE})(?!\w)", _as_far_as),
        (
            (
                rf"(?:may|can)\s+(?:only\s+(?P<act>{NAME})|(?P<later_act>{NAME})\s+only)\s+"
                rf"(?:(?:after|from|once)\s+(?P<time>{NAME}(?:\.{NAME})?)|(?:when|if)(?!\w))"
            ),
            _only_then,
        ),
        (rf"(?P<modal>{_MODAL})\s+only\s+(?P<act>(?!when\b|if\b|in\b){NAME})(?!\w)", _nothing_else),
        (rf"(?P<modal>{_MODAL})\s+not\s+only\s+(?P<one>{NAME}),?\s+but(?:\s+also)?\s+(?P<other>{NAME})(?!\w)", _both),
        (
            rf"(?P<modal>{_MODAL})\s+(?:neither|not)\s+(?P<acts>{NAME}(?:\s*,\s*{NAME})*\s*,?\s+nor\s+{NAME})(?!\w)",
            _neither_nor,
        ),
        (
            rf"(?:{_HOLDING})\s+(?:an?\s+|the\s+)?(?P<what>{NAME})\s*(?P<sign>[<>]=?)",
            _kept,
        ),
        (
            (
                rf"(?P<modal>(?:must|should)(?:\s+not)?\s+)(?!(?:{_HOLDING}|keep)\s)(?P<verb>{NAME})\s+(?:an?\s+|the\s+)?(?P<what>{NAME})\s*"
                rf"(?P<sign>[<>]=?|from(?=\s+{_FIGURE}\s*{_UNIT_OF}))"
            ),
            _kept,
        ),
        (
            rf"(?P<what>{NAME})\s+(?P<words>(?:of\s+)?(?P<sign>{_MORE}|smaller|lower|shorter|less)\s+than)(?=\s+[0-9])",
            _compared,
        ),
        (
            (
                rf"(?:maintain|keep|observe|have|leave)\s+(?:an?\s+|the\s+)?(?P<what>{NAME})\s+of\s+"
                rf"(?P<amount>{_FIGURE}\s*{_UNIT_OF})\s+or\s+(?P<bound>more|greater|less)(?!\w)"
            ),
            _kept_amount,
        ),
        (
            (
                rf"(?P<what>{NAME})\s+(?:of\s+)?(?P<low>{_FIGURE})(?:\s*(?P<low_unit>{_UNIT_OF}))?\s*(?:to|-|–)\s*"
                rf"(?P<high>{_FIGURE})\s*(?P<unit>{_UNIT_OF})(?!\w)"
            ),
            _from_to,
        ),
        (
            (
                r"keep\s+(?:(?:well\s+)?(?:clear|away|off|apart)|out\s+of\s+the\s+way)(?!\w)"
                rf"(?:\s+(?:of|from)\s+{NAME})?(?:\s+(?:by|at))?(?!\w)"
            ),
            _kept_clear,
        ),
        (
            (
                rf"(?P<how>reduce|lower|limit|increase|raise)\s+(?:its\s+|the\s+)?(?P<what>{NAME})\s+to\s+"
                rf"(?P<amount>{_FIGURE}\s*{_UNIT_OF})(?!\w)"
            ),
            _brought_to,
        ),
        (
            rf"not\s+(?P<act>{NAME})\s+more\s+(?:often\s+)?than\s+once\s+(?:an?|per|every|in\s+an?)\s+(?P<unit>hour|day|week)(?!\w)",
            _too_often,
        ),
        (
            rf"(?:not\s+)?(?P<act>{NAME})\s+(?:(?:no|not)\s+)?more\s+than\s+(?:once|twice|[0-9]+\s+times)(?P<unit>)(?!\w)",
            _too_often,
        ),
        (
            (
                r"(?:(?:in\s+(?:accordance|conformity|compliance|line)\s+with|pursuant\s+to"
                r"|as\s+(?:provided|set\s+out|laid\s+down|specified)\s+(?:in|by|under))\s+"
                r"(?:(?:clauses?|articles?|paragraphs?)\s+)?|under\s+(?:clauses?|articles?|paragraphs?)\s+)"
                r"[0-9][\w.()]*(?:\s+of\s+\w+)?"
            ),
            _following_others,
        ),
        (
            rf"(?:{_MODAL})\s+(?P<promptly>immediately|promptly|forthwith|at\s+once|without\s+delay)\s+{NAME}(?!\w)",
            _promptly,
        ),
        (
            rf"(?:{_MODAL})\s*,?\s*(?P<rule>normally|usually|generally|ordinarily|as\s+a\s+rule|in\s+general)(?!\w)(?:\s+{NAME})?",
            _as_a_rule,
        ),
        (
            rf"(?:{_MODAL})(?P<out>\s+(?:also|furthermore|moreover|additionally|therefore|likewise|further|thus))\s+{NAME}(?!\w)",
            _besides,
        ),
        (
            rf"(?P<modal>(?:{_MODAL})(?:\s+not)?)\s+(?P<then>thereafter|thereupon|subsequently|afterwards|next)\s+(?P<act>{NAME})(?!\w)",
            _afterwards,
        ),
        (
            rf"{NAME}\s+(?:at\s+least\s+)?(?:twice|repeatedly|several\s+times|[0-9]+\s+times)(?!\w)(?!\s+(?:a|an|per|every|each)\s)",
            _so_many_times,
        ),
        (r"\(\s*(?:see|cf\.?|e\.g\.?|i\.e\.?|note)(?!\w)", _remark),
        (r"and\s*/\s*or(?!\w)", _and_or),
        (
            r"(?P<comma>\s*,\s*)?(?:except|save)\s+(?:up\s+to|until)\s+(?P<point>(?:[^\W\d]\w*\.)?[^\W\d]\w*)",
            _except_until,
        ),
        (r"\s*,?\s*(?:except|save)\s+to\s+(?:the\s+)?(?-i:[A-Z]\w*)", _except_to),
        (r"\s*,?\s*(?:except|save)\s+(?:in|for|during|to)(?!\w)", _except_in),
    )
)

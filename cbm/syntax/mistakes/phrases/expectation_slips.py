"""Slips in what a case expects: of whom, of which clauses, and how a finding is named."""

from __future__ import annotations

from collections.abc import Iterator
from re import DOTALL, Match

from cbm.finding import RuleId
from cbm.patterns import pattern
from cbm.syntax.mistake import Mend, Mistake
from cbm.syntax.mistakes.failure import Failure
from cbm.syntax.mistakes.phrases.rewritten import NAME, NAMES, PARTED, Known, Rewritten, instead, rewritten
from cbm.translation.listing import listed
from cbm.translation.saying import say

_LABEL = r"[0-9][\w.]*(?:\([^()\s]*\))*"
_LABELS = rf"(?P<labels>{_LABEL}(?:\s*(?:,|and|with|&)\s*(?:clause\s+)?{_LABEL})*)"
_OTHERS = _LABELS.replace("<labels>", "<others>")
_DUTY = r"(?:must not|must|should not|should|may|need not)(?!\w)"
_ROLE = rf"(?P<role>{NAME})"
_FINDING = r"(?P<no>no\s+)?(?:an?\s+|any\s+|the\s+)?(?P<rule>[^\W\d][\w-]*)"
_EACH = pattern(_LABEL)
_MAY = pattern(rf"{_ROLE}\s+may\s+(?P<act>{NAME})")
_THAT = pattern(r"\s*(?P<that>that)\s+")
_AMONG = r"(?:\s*,\s*|\s+(?:and|or|nor)\s+)(?:no\s+)?"
_SEVERAL = pattern(_AMONG)


def expectation_slips(failure: Failure) -> Iterator[Mistake]:
    """What a newcomer writes after `expect`, and what it becomes."""
    if failure.piece.opening != "expect":
        return
    start = failure.piece.opening_end
    if that := _THAT.match(failure.text, start, failure.piece.end):
        mend = Mend(that.start("that"), that.end(), "")
        yield failure.says(say("`{word}` is not needed here: leave it out", word="that"), mend=mend)
        return
    yield from rewritten(failure, _KNOWN, start, whole=True)


def _write(message: str, words: str) -> Rewritten:
    return instead(message, words, f"expect {words}")


def _labels(found: Match[str]) -> str:
    return ", ".join(_EACH.findall(found["labels"] or found.groupdict().get("others") or ""))


def _binding(found: Match[str]) -> Rewritten:
    message = say("an expectation says who is bound, and by what")
    if found["role"]:
        return _write(message, f"{found['role']} is bound by ({_labels(found)})")
    words = f"ROLE is bound by ({_labels(found)})"
    return Rewritten(message, say("write `expect {words}`, with the role that is meant", words=words))


def _bracketed(found: Match[str]) -> Rewritten:
    message = say("`{words}` takes a list in brackets, as in `{words} (…)`", words="is bound by")
    return _write(message, f"{found['role']} is {found['not'] or ''}bound by ({_labels(found)})")


def _alone(found: Match[str]) -> Rewritten:
    """`own is bound only by (1)`, `own is bound by nothing except 1`."""
    words = f"{found['role']} is bound by nothing but ({_labels(found)})"
    return _write(say("that nothing else binds a unit is said in one way"), words)


def _named_rule(found: Match[str]) -> Rewritten:
    """`impossible duty 1`, `impossible_duty 1`, `not conflict 1, 2`."""
    rule = "-".join(found["rule"].replace("_", " ").split())
    if rule not in tuple(RuleId):
        return Rewritten("")
    words = f"{'no ' if found['no'] else ''}{rule} {_labels(found) if found['labels'] else ''}{found['rest'] or ''}"
    return _write(say("a finding is expected by its name: `cbm rules` lists them"), " ".join(words.split()))


def _unbound(found: Match[str]) -> Rewritten:
    return _write(say("that nothing binds a unit is said in one way"), f"{found['role']} is bound by nothing")


def _by_clause(found: Match[str]) -> Rewritten:
    return _write(say("the clause that says so stands behind `by`"), f"{found['duty']} by {_labels(found)}")


def _to_do(found: Match[str]) -> Rewritten:
    return _write(say("what is expected is a duty: it has `must` or `should`"), f"{found['role']} must {found['act']}")


def _asked(found: Match[str]) -> Rewritten:
    force = next(force for force, words in _FORCES.items() if found["force"] in words)
    return _write(say("what is expected is said as a clause says it"), f"{found['role']} {force} {found['act']}")


def _timed(found: Match[str]) -> Rewritten:
    if allowed := _MAY.fullmatch(found["duty"]):
        message = say("that something is allowed at some time is expected with `possible`")
        return _write(message, f"possible {allowed['role']}.{allowed['act']}")
    message = say("when something is due is no part of an expectation: leave `{words}` out", words=found["when"])
    return Rewritten(message, say("`cbm ask` tells when it is due"), found["duty"] + (found["by"] or ""))


def _never(found: Match[str]) -> Rewritten:
    return _write(say("what nobody who complies does is expected with `never`"), f"never {found['condition']}")


def _places(found: Match[str]) -> Rewritten:
    words = f"{found['no'] or ''}{found['rule']} {_labels(found)}{found['rest'] or ''}"
    return _write(say("the clauses of a finding stand behind its name"), " ".join(words.split()))


def _topics(found: Match[str]) -> Rewritten:
    if found["rule"] != RuleId.GAP:
        return _plain(found)
    topics = ", ".join(PARTED.split(found["names"]))
    words = f"{found['no'] or ''}{found['rule']} for {topics}{found['rest'] or ''}"
    return _write(say("the topics of a finding stand behind `for`"), " ".join(words.split()))


def _plain(found: Match[str]) -> Rewritten:
    words = f"{found['no'] or ''}{found['rule']}{found['rest'] or ''}"
    return _write(say("a finding is expected by its name alone"), " ".join(words.split()))


def _several(found: Match[str]) -> Rewritten:
    no = "no " if found["no"] else ""
    lines = listed([f"`expect {no}{rule}`" for rule in _SEVERAL.split(found["rules"]) if rule])
    message = say("each finding that is expected has a line of its own")
    return Rewritten(message, say("write {lines}, each on a line", lines=lines))


def _each_role(found: Match[str]) -> Rewritten:
    line = f"expect {found['first'] or 'ROLE'} {found['owed']}"
    return Rewritten(
        say("an expectation is about one unit"), say("write a line for each role, as in `{line}`", line=line)
    )


def _breach(found: Match[str]) -> Rewritten:
    words = f"expect {found['role'] or 'ROLE'} must … by {_labels(found)}"
    remedy = say("write `{words}`, and what is owed in place of `…`", words=words)
    return Rewritten(say("a case expects what is owed, and no breach"), remedy)


_FORCES = {
    "may": ("free", "allowed", "permitted", "entitled"),
    "must": ("required", "obliged", "bound"),
    "must not": ("forbidden", "prohibited", "not allowed", "not permitted"),
    "need not": ("not required", "not obliged", "not bound"),
}
_FORCE = "|".join(sorted((word for words in _FORCES.values() for word in words), key=len, reverse=True))
_WHEN = r"(?:within|at least|at most|no later than|not later than|not before|before|after|upon|until|every|from)\s"
_UNDER = r"(?:under|according to|pursuant to|because of|in accordance with|by virtue of|per|by)"
_REST = r"(?P<rest>\s+(?:for|when)\s.*)?"
_KNOWN: tuple[Known, ...] = tuple(
    (pattern(expression, DOTALL), told)
    for expression, told in (
        (rf"(?:clauses?\s+)?{_LABELS}\s+(?:binds?|appl(?:y|ies)|governs?)(?:\s+to)?(?:\s+{_ROLE})?", _binding),
        (
            (
                rf"{_ROLE}\s+(?:is\s+)?(?:(?:only\s+bound\s+by|bound\s+(?:only|solely|exclusively)\s+by)\s+"
                rf"(?:clauses?\s+)?\(?\s*{_LABELS}\s*\)?"
                rf"|bound\s+by\s+(?:clauses?\s+)?\(?\s*{_OTHERS}\s*\)?\s+(?:only|alone))"
            ),
            _alone,
        ),
        (
            rf"{_ROLE}\s+(?:is\s+)?bound\s+by\s+nothing\s+(?:else\s+)?(?:but|except|than|other\s+than|apart\s+from)\s+(?:clauses?\s+)?\(?\s*{_LABELS}\s*\)?",
            _alone,
        ),
        (rf"{_ROLE}\s+(?:is\s+)?(?P<not>not\s+)?bound\s+by\s+(?:clauses?\s+)?\(?\s*{_LABELS}\s*\)?", _bracketed),
        (rf"(?P<no>not?\s+)?(?P<rule>[a-z]+(?:[\s_-]+[a-z]+)*?)(?:\s+(?:clauses?\s+)?{_LABELS})?{_REST}", _named_rule),
        (rf"(?P<duty>{_ROLE}\s+{_DUTY}[^()]+?)\s*\(\s*(?:clauses?\s+)?{_LABELS}\s*\)", _by_clause),
        (r"(?P<condition>[\w.]+)\s+(?:is\s+)?never", _never),
        (rf"{_ROLE}\s+(?:is\s+)?(?:not\s+bound|unbound|free|bound\s+by\s+no\s+clause)(?:\s+by\s+anything)?", _unbound),
        (rf"(?P<duty>{_ROLE}\s+{_DUTY}.+?)\s+{_UNDER}\s+(?:clauses?\s+)?{_LABELS}", _by_clause),
        (rf"(?P<duty>{_ROLE}\s+{_DUTY}.+?)\s+(?P<when>{_WHEN}.+?)(?P<by>\s+by\s+{_LABELS})?", _timed),
        (rf"{_ROLE}\s+is\s+(?P<force>{_FORCE})\s+to\s+(?P<act>{NAME})", _asked),
        (rf"{_ROLE}\s+to\s+(?P<act>{NAME})", _to_do),
        (r"impossible\s+(?:that\s+)?(?P<condition>(?:not\s+)?[^\W\d]\w*\..+)", _never),
        (
            rf"(?:{_ROLE}\s+)?(?:breach(?:es)?|violat(?:es|ion)|infringes)(?:\s+of)?\s+(?:clauses?\s+)?{_LABELS}{_REST}",
            _breach,
        ),
        (rf"{_FINDING}\s+(?:between|of|in|at|on|with|by)\s+(?:clauses?\s+)?{_LABELS}{_REST}", _places),
        (rf"{_FINDING}\s+(?:clauses?\s+)?{_LABELS}{_REST}", _places),
        (rf"{_FINDING}\s+(?:in|on|about|of|regarding|concerning)\s+{NAMES}{_REST}", _topics),
        (
            rf"(?:both(?:\s+units)?|(?P<first>{NAME})(?:\s*,\s*|\s+and\s+){NAME}|(?:every|each)\s+unit|all\s+units)\s+(?P<owed>{_DUTY}.+)",
            _each_role,
        ),
        (rf"(?P<no>no\s+)?(?P<rules>[^\W\d][\w-]*(?:{_AMONG}[^\W\d][\w-]*)+)", _several),
        (rf"{_FINDING}{_REST}", _plain),
    )
)

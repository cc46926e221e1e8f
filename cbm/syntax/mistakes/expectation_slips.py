"""Slips in what a case expects: of whom, of which clauses, and how a finding is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from re import DOTALL, Match, Pattern

from cbm.finding import RuleId
from cbm.patterns import pattern
from cbm.syntax.comments import without_comments
from cbm.syntax.mistake import Mend, Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.translation.listing import listed
from cbm.translation.saying import say

_LABEL = r"[0-9][\w.]*(?:\([^()\s]*\))?"
_LABELS = rf"(?P<labels>{_LABEL}(?:\s*(?:,|and|with|&)\s*(?:clause\s+)?{_LABEL})*)"
_NAME = r"[^\W\d]\w*"
_NAMES = rf"(?P<names>{_NAME}(?:\s*(?:,|and)\s*{_NAME})*)"
_DUTY = r"(?:must not|must|should not|should|may|need not)(?!\w)"
_ROLE = rf"(?P<role>{_NAME})"
_FINDING = r"(?P<no>no\s+)?(?:an?\s+|any\s+|the\s+)?(?P<rule>[^\W\d][\w-]*)"
_EACH = pattern(_LABEL)
_THAT = pattern(r"that\s+")
_PARTED = pattern(r"\s*(?:,|and|or|&|nor)\s*(?:no\s+)?")


def expectation_slips(failure: Failure) -> Iterator[Mistake]:
    """What a newcomer writes after `expect`, and what it becomes."""
    if failure.piece.opening != "expect":
        return
    start, end = failure.piece.opening_end, failure.piece.end
    said = without_comments(failure.text[start:end])
    start, said = start + len(said) - len(said.lstrip()), said.strip()
    if that := _THAT.match(said):
        yield failure.says(
            say("`{word}` is not needed here: leave it out", word="that"), mend=Mend(start, start + that.end(), "")
        )
        return
    whole = failure.text[start : start + len(said)] == said  # no comment stands in it
    for known, told in _KNOWN:
        if found := known.fullmatch(said):
            message, remedy, words = told(found)
            yield failure.says(
                message,
                *([remedy] if remedy else []),
                at=Written(said, start, start + len(said)),
                mend=Mend(start, start + len(said), words) if words and whole else None,
            )


Told = tuple[str, str, str]  # the message; a remedy, if it says none; what is written instead, if that is known


def _write(message: str, words: str) -> Told:
    return message, say("write `{words}`", words=f"expect {words}"), words


def _labels(found: Match[str]) -> str:
    return ", ".join(_EACH.findall(found["labels"]))


def _binding(found: Match[str]) -> Told:
    message = say("an expectation says who is bound, and by what")
    if found["role"]:
        return _write(message, f"{found['role']} is bound by ({_labels(found)})")
    words = f"ROLE is bound by ({_labels(found)})"
    return message, say("write `expect {words}`, with the role that is meant", words=words), ""


def _bracketed(found: Match[str]) -> Told:
    message = say("`{words}` takes a list in brackets, as in `{words} (…)`", words="is bound by")
    return _write(message, f"{found['role']} is {found['not'] or ''}bound by ({_labels(found)})")


def _unbound(found: Match[str]) -> Told:
    return _write(say("that nothing binds a unit is said in one way"), f"{found['role']} is bound by nothing")


def _by_clause(found: Match[str]) -> Told:
    return _write(say("the clause that says so stands behind `by`"), f"{found['duty']} by {_labels(found)}")


def _to_do(found: Match[str]) -> Told:
    return _write(say("what is expected is a duty: it has `must` or `should`"), f"{found['role']} must {found['act']}")


def _asked(found: Match[str]) -> Told:
    force = next(force for force, words in _FORCES.items() if found["force"] in words)
    return _write(say("what is expected is said as a clause says it"), f"{found['role']} {force} {found['act']}")


def _timed(found: Match[str]) -> Told:
    message = say("when something is due is no part of an expectation: leave `{words}` out", words=found["when"])
    return message, say("`cbm ask` tells when it is due"), found["duty"] + (found["by"] or "")


def _never(found: Match[str]) -> Told:
    return _write(say("what nobody who complies does is expected with `never`"), f"never {found['condition']}")


def _places(found: Match[str]) -> Told:
    words = f"{found['no'] or ''}{found['rule']} {_labels(found)}{found['rest'] or ''}"
    return _write(say("the clauses of a finding stand behind its name"), " ".join(words.split()))


def _topics(found: Match[str]) -> Told:
    if found["rule"] != RuleId.GAP:
        return _plain(found)
    topics = ", ".join(_PARTED.split(found["names"]))
    words = f"{found['no'] or ''}{found['rule']} for {topics}{found['rest'] or ''}"
    return _write(say("the topics of a finding stand behind `for`"), " ".join(words.split()))


def _plain(found: Match[str]) -> Told:
    words = f"{found['no'] or ''}{found['rule']}{found['rest'] or ''}"
    return _write(say("a finding is expected by its name alone"), " ".join(words.split()))


def _several(found: Match[str]) -> Told:
    no = "no " if found["no"] else ""
    lines = listed([f"`expect {no}{rule}`" for rule in _PARTED.split(found["rules"]) if rule])
    message = say("each finding that is expected has a line of its own")
    return message, say("write {lines}, each on a line", lines=lines), ""


def _each_role(found: Match[str]) -> Told:
    line = f"expect own {found['owed']}"
    return say("an expectation is about one unit"), say("write a line for each role, such as `{line}`", line=line), ""


def _breach(found: Match[str]) -> Told:
    role = found["role"] if "role" in found.re.groupindex and found["role"] else "own"
    return (
        say("a case expects what is owed, and no breach"),
        say("write `{words}`, and what is owed in place of `…`", words=f"expect {role} must … by {_labels(found)}"),
        "",
    )


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
_KNOWN: tuple[tuple[Pattern[str], Callable[[Match[str]], Told]], ...] = tuple(
    (pattern(expression, DOTALL), told)
    for expression, told in (
        (rf"(?:clauses?\s+)?{_LABELS}\s+(?:binds?|appl(?:y|ies)|governs?)(?:\s+to)?(?:\s+{_ROLE})?", _binding),
        (rf"{_ROLE}\s+is\s+(?P<not>not\s+)?bound\s+by\s+(?:clauses?\s+)?\(?\s*{_LABELS}\s*\)?", _bracketed),
        (rf"{_ROLE}\s+is\s+(?:not\s+bound|unbound|free|bound\s+by\s+no\s+clause)(?:\s+by\s+anything)?", _unbound),
        (rf"(?P<duty>{_ROLE}\s+{_DUTY}.+?)\s+{_UNDER}\s+(?:clauses?\s+)?{_LABELS}", _by_clause),
        (rf"(?P<duty>{_ROLE}\s+{_DUTY}.+?)\s+(?P<when>{_WHEN}.+?)(?P<by>\s+by\s+{_LABELS})?", _timed),
        (rf"{_ROLE}\s+is\s+(?P<force>{_FORCE})\s+to\s+(?P<act>{_NAME})", _asked),
        (rf"{_ROLE}\s+to\s+(?P<act>{_NAME})", _to_do),
        (r"impossible\s+(?:that\s+)?(?P<condition>(?:not\s+)?[^\W\d]\w*\..+)", _never),
        (
            rf"(?:{_ROLE}\s+)?(?:breach(?:es)?|violat(?:es|ion)|infringes)(?:\s+of)?\s+(?:clauses?\s+)?{_LABELS}",
            _breach,
        ),
        (rf"{_FINDING}\s+(?:between|of|in|at|on|with|by)\s+(?:clauses?\s+)?{_LABELS}{_REST}", _places),
        (rf"{_FINDING}\s+(?:clauses?\s+)?{_LABELS}{_REST}", _places),
        (rf"{_FINDING}\s+(?:in|on|about|of|regarding|concerning)\s+{_NAMES}{_REST}", _topics),
        (
            rf"(?:both(?:\s+units)?|{_NAME}\s*(?:,|and)\s*{_NAME}|(?:every|each)\s+unit|all\s+units)\s+(?P<owed>{_DUTY}.+)",
            _each_role,
        ),
        (r"(?P<no>no\s+)?(?P<rules>[^\W\d][\w-]*(?:\s*(?:,|and|or|nor)\s*(?:no\s+)?[^\W\d][\w-]*)+)", _several),
        (rf"{_FINDING}{_REST}", _plain),
    )
)

"""Laws: a draft with other names, its clauses in another order, its parties swapped or itself cut in two is found to
have the same faults, under those names.

What is told is compared word for word, but for examples and for which of several conditions are told of many: these are
up to the solver. Redundant clauses are left out where the order or the cut decides which of them is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial

from hypothesis import given
from hypothesis import strategies as st

from cbm.checking.passes import examine
from cbm.finding import Finding, RuleId
from cbm.resolve.system import resolve
from cbm.source import Source
from cbm.syntax import ast
from cbm.syntax.parse import parse
from tests.fields import field_names
from tests.laws.drafts import STRAIT, drafts
from tests.laws.sparing import sparingly

# Words with a meaning of their own, among those that stand where names do.
KEPT = frozenset(("own", "other", "encounter", "party", "flag", "length", "m", *RuleId))
IMPLIED = ("redundancy", "restatement", "derogation")
CLAUSE = re.compile(r"^clause \d+ (?:.|\n )*", re.MULTILINE)
Told = tuple[str, ...]


@given(drafts(), st.data())
@sparingly(4)
def test_a_draft_rewritten_has_the_same_faults(text: str, data: st.DataObject) -> None:
    names = sorted(set(names_in(text)))
    numbers = data.draw(st.permutations(range(10, 10 + len(names))))
    compare_names(text, {name: f"w{number}" for name, number in zip(names, numbers, strict=True)})
    compare_order(text, data.draw(st.permutations(CLAUSE.findall(draft_in(text)))))
    assert found(swapped(text), swapped) == found(text, str)
    compare_parts(text, lambda label: data.draw(st.booleans(), label=f"clause {label} is moved"))


# ---- names


def compare_names(text: str, new: Mapping[str, str]) -> None:
    back = {after: before for before, after in new.items()}
    assert found(under(text, new), lambda words: translated(words, back)) == found(text, partial(translated, names={}))


def names_in(text: str) -> Iterator[str]:
    return (name.text for name in _names(parsed(text)) if name.text not in KEPT)


def under(text: str, new: Mapping[str, str]) -> str:
    """The text with other names; what is written for readers stays."""
    places = {(name.span.start, name.span.end): new[name.text] for name in _names(parsed(text)) if name.text in new}
    for (start, end), word in sorted(places.items(), reverse=True):
        text = text[:start] + word + text[end:]
    return text


def _names(node: object) -> Iterator[ast.Name]:
    match node:
        case ast.Name():
            yield node
        case tuple():
            for part in node:
                yield from _names(part)
        case _ if field_names(node):
            for name in field_names(node):
                yield from _names(getattr(node, name))
        case _:
            pass


def translated(words: str, names: Mapping[str, str]) -> str:
    """Under these names, which a sentence may give with blanks and with either article."""
    told = re.sub(r"\bw\d+\b", lambda word: names.get(word[0], word[0]), words)
    return re.sub(r"\ban\b", "a", told.replace("_", " "))


# ---- order


def compare_order(text: str, clauses: Sequence[str]) -> None:
    written = iter(clauses)
    other = text.replace(draft_in(text), CLAUSE.sub(lambda _: next(written), draft_in(text)))
    assert kinds(other) == kinds(text)


# ---- parties


def swapped(words: str) -> str:
    """With the parties in each other's place, but for the lines that declare them."""
    other = {"CN": "JP", "JP": "CN", "China": "Japan", "Japan": "China"}
    swap = re.compile(r"\b(?:CN|JP|China|Japan)\b")
    lines = words.split("\n")
    return "\n".join(w if w.startswith("party ") else swap.sub(lambda name: other[name[0]], w) for w in lines)


# ---- two texts


def compare_parts(text: str, moves: Callable[[str], bool]) -> None:
    """Both parts are checked: what is found of the draft is what is found of either."""
    whole = text.split("cases ")[0]
    labels = re.findall(r"^clause (\d+) (?!exception)", draft_in(whole), re.MULTILINE)
    parted = cut(whole, [label for label in labels if moves(label)])
    told = {kind for name in ("code", "annex") for kind in kinds(parted, name) if concerns(kind, name)}
    assert set(map(joined, told)) == {kind for kind in kinds(whole) if concerns(kind, "code")}


def cut(text: str, moved: Sequence[str]) -> str:
    """The text with some clauses of its draft in a draft of their own, with the exceptions to them."""
    draft = draft_in(text)
    own: list[str] = []
    others: list[str] = []
    for clause in CLAUSE.findall(draft):
        label = re.match(r"clause (\d+) (?:exception to (\d+))?", clause)
        assert label
        away = (label[2] or label[1]) in moved
        there = "code" if away else "annex"

        def named(reference: re.Match[str], away: bool = away, there: str = there) -> str:
            return reference[0] if (reference[2] in moved) == away else f"{reference[0]} of {there}"

        (others if away else own).append(re.sub(r"(in place of|subject to) (\d+)", named, clause))
    head, beside = draft[: draft.index("clause ")], "rules, " if "beside rules" in draft else ""
    head = re.sub(r"  beside rules\n", "", head)
    rest = CLAUSE.sub("", draft)[len(draft[: draft.index("clause ")]) :].strip("\n")
    annex = head.replace('code "A code"', 'annex "An annex"')
    return "\n".join(
        (
            text.replace(draft, "").rstrip("\n"),
            f"{head}  beside {beside}annex",
            *(clause.rstrip("\n") for clause in own),
            rest,
            f"{annex}  beside {beside}code",
            *(clause.rstrip("\n") for clause in others),
            "",
        )
    )


def joined(kind: Told) -> Told:
    rule, gravity, *clauses = kind
    return (rule, gravity, *sorted(clause.replace("annex:", "code:") for clause in clauses))


def concerns(kind: Told, name: str) -> bool:
    """Whether it is about the text, or about no clause: of other texts alone only notes are made."""
    return len(kind) == 2 or any(clause.startswith(f"{name}:") for clause in kind[2:])


# ---- what is found


def draft_in(text: str) -> str:
    return text[text.index('draft code "A code"') :].split("cases ")[0]


def parsed(text: str) -> tuple[ast.Document, ...]:
    file, mistakes = parse(Source("code.cbm", text))
    assert not mistakes, text
    return file.documents


@lru_cache(maxsize=8)
def findings(text: str, subject: str) -> tuple[Finding, ...]:
    documents = {getattr(d.header, "name", d.header.span).text: d for d in parsed(text)}
    system, faults = resolve(documents, subject)
    return faults if system is None else (*faults, *examine(system, showing=False).findings)


def found(text: str, words: Callable[[str], str]) -> list[Told]:
    """What is found in the draft, in order, put in other words."""
    (subject,) = re.findall(r"^draft (\w+)", text, re.MULTILINE)
    return [tuple(map(words, _words(finding))) for finding in findings(text, subject)]


def _words(finding: Finding) -> Told:
    """Of what narrows a permission one example among several is told, which is up to the solver as well.

    So is why a clause does not bind in the example of an expectation.
    """
    if finding.rule == "blocked-permission":
        return (finding.rule, finding.severity, finding.clauses[0])
    beside = (*finding.notes, *(label.text for label in finding.related))
    told = (words.split(" here: ")[0] for words in beside)
    return (finding.rule, finding.severity, finding.message, *finding.clauses, *finding.remedies, *told)


def kinds(text: str, subject: str = "code") -> list[Told]:
    """Rule and clauses of what is found, in no order; what is about no clause is told apart by its words."""
    told: list[Told] = []
    for finding in findings(text, subject):
        rule = "conflict" if finding.rule == "agreement-conflict" else finding.rule
        if rule not in IMPLIED:
            about = (finding.severity,) if finding.clauses else (f"{finding.severity}: {finding.message}",)
            clauses = finding.clauses[:1] if rule == "blocked-permission" else finding.clauses
            told.append((rule, *about, *sorted(clauses)))
    return sorted(told)


def test_a_text_is_rewritten_as_it_should_be() -> None:
    text = STRAIT + WRITTEN
    assert "clause 1 CN must call" in swapped(text)
    assert 'party JP "Japan"' in swapped(text)
    assert swapped(swapped(text)) == text
    assert "clause 1 JP must w10 in place of 2" in under(text, {"call": "w10"})
    assert "clause 1 JP must call in place of 2 of annex" in cut(text, ["2"])
    assert "clause 3 exception to 2 when night" in cut(text, ["2"]).split("draft annex")[1]
    parted = (findings(whole, "code") for whole in (text, cut(text, ["2"])))
    one, other = ([f.rule for f in told if f.rule != "asymmetry"] for told in parted)  # that is of one text alone
    assert one == other


WRITTEN = """\
draft code "A code"
  uses strait
  between CN, JP
clause 1 JP must call in place of 2
clause 2 every unit must not call
clause 3 exception to 2 when night
"""

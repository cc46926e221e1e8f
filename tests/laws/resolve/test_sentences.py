"""Law: the sentences of a clause mean what clauses with labels of their own mean: the same is found, up to names."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from cbm.checking.passes import examine
from cbm.finding import Finding, RuleId
from cbm.resolve.system import resolve
from cbm.source import Source
from cbm.syntax.parse import parse
from tests.laws.drafts import BEARERS, CONDITIONS, DEMANDS, STRAIT
from tests.laws.sparing import sparingly

HEAD = 'draft code "A code"\n  uses strait\n  between CN, JP\n  proposed 2019-10-01\n  beside rules\n'


@st.composite
def paragraphs(draw: st.DrawFn) -> tuple[str, str]:
    """A draft of clauses, and the same with the first of them as sentences of one clause, which name less.

    What stands at the edges of some is a matter of two choices that all share.
    """
    choices = iter(("one", "two"))

    def perhaps(words: str) -> str:
        open_ones = draw(st.sampled_from((False, False, True))) if words else False
        name = next(choices, "") if open_ones else ""
        return f" [{name} JP:{words} | CN: delete]" if name else words

    count = draw(st.integers(2, 3))
    clauses: list[str] = []
    sentences: list[str] = []
    before = ""
    for number in range(1, count + 1):
        when = perhaps(draw(st.sampled_from(("", "", *(f" when {condition}" for condition in CONDITIONS)))))
        bound = before if before and draw(st.booleans()) else draw(st.sampled_from(BEARERS)) + when
        demand, other = draw(st.sampled_from(DEMANDS)), number % count + 1
        edge = draw(st.sampled_from(("", "", "", " in place of {}", " in place of {} for both", " subject to {}")))
        edge = perhaps(edge + draw(st.sampled_from(("", "", " unless {}"))).format(draw(st.sampled_from(CONDITIONS))))
        clauses.append(f"clause {number} {bound} {demand}{edge.format(other)}")
        leans = bound == before and draw(st.booleans())
        sentences.append(f"{'' if leans else bound} {demand}{edge.format(f'9 sentence {other}')}".strip())
        before = bound
    last, named = count + 1, draw(st.integers(1, count))
    after = [f"clause {last} {draw(st.sampled_from(BEARERS))} {draw(st.sampled_from(DEMANDS))}"]
    if draw(st.booleans()):
        after.append(f"clause {last + 1} exception to NAMED when {draw(st.sampled_from(CONDITIONS))}")
    if draw(st.booleans()):
        after.append(f"clause {last + 2} exception to ALL when {draw(st.sampled_from(CONDITIONS))}")
    after += draw(st.sampled_from(([], ["covers manoeuvre in every type of encounter"])))
    after += ['cases "Cases"', "expect own is not bound by (NAMED)", "expect own must turn by ALL"]
    listed = "\n".join((*clauses, *after)).replace("NAMED", str(named))
    listed = listed.replace("ALL", ", ".join(map(str, range(1, last))))
    whole = "\n".join(("clause 9 " + "; ".join(sentences), *after)).replace("NAMED", f"9 sentence {named}")
    head = STRAIT + HEAD + "".join(f"options {name} one of CN, JP\n" for name in ("one", "two") if f"[{name}" in whole)
    return head + listed + "\n", head + whole.replace("ALL", "9") + "\n"


def found_in(text: str) -> list[tuple[str, str]]:
    """What is found in a draft, or wrong with it, under the names of the clauses that stand by themselves."""
    file, wrong = parse(Source("text.cbm", text))
    assert not wrong, wrong[0].message
    documents = {getattr(one.header, "name", one.header.span).text: one for one in file.documents}
    system, faults = resolve(documents, "code")
    return [told(finding) for finding in (faults if system is None or faults else examine(system).findings)]


def told(finding: Finding) -> tuple[str, str]:
    parts = (finding.severity, finding.whenever, finding.extent, finding.remedies, finding.clauses)
    words = finding.message if finding.rule is not RuleId.EXPECTATION else ""  # it quotes the text
    told = str((words, *parts, [one.text for one in finding.related]))
    return finding.rule, re.sub(r"9 sentence ([1-3])", r"\1", re.sub("“[^”]*”", "“”", told))  # as options are quoted


@given(paragraphs())
@sparingly(20)
def test_sentences_mean_what_clauses_of_their_own_mean(texts: tuple[str, str]) -> None:
    apart, together = texts
    assert found_in(together) == found_in(apart)

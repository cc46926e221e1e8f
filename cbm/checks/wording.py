"""Quoted texts that say something else than their clause, or than the text in another language."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.finding import Finding, Rule, RuleId, Severity
from cbm.inquiry import Inquiry
from cbm.translation.saying import mark
from cbm.wording.findings.quoted_differences import quoted_differences

RULE = Rule(
    RuleId.WORDING,
    Severity.WARNING,
    mark("a quoted text that differs from its clause, or from another language"),
    mark("""\
A clause may quote the text that it formalises, in several languages (`text en "…" ja "…"`), and so may an exception, a
scope and what the text deems. What can be read in it without doubt is held against the clause and against the other
languages: numbers with a unit of length, speed, time or angle, in digits or written out; whether it binds, advises or
leaves free (`shall`, `should`, `may`, and what stands for them in Chinese and Japanese); and which parties it names.
Between languages it is asked as well whether the one forbids what the other asks for, unless a figure or words such as
"refrain from" may turn that round. Of clauses that ask for nothing it is asked between languages alone how far they
bind. Figures differ where the text has one which the clause lacks, and the clause one of the same kind which the text
lacks. A text without figures, or without a modal verb, says nothing against the clause: it may say the same in other
words. English, Chinese and Japanese are read. Whether a text forbids what its clause asks for, or the other way round,
is asked where it calls the act by its name.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a helicopter meeting a warship
  must keep separation >= 500 m
  text en "A helicopter shall keep 1,000 metres away from a warship."
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a helicopter meeting a warship
  must keep separation >= 500 m
  text en "A helicopter shall keep 500 metres away from a warship."
""",
)


def check(inquiry: Inquiry) -> Iterator[Finding]:
    for label, found in quoted_differences(inquiry.system):
        inquiry.record(RULE.id, f"does the quoted text of clause {label} differ", bool(found), of_words=True)
        yield from found

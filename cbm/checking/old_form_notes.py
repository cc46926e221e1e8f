"""A library to notes on what its texts write as it was once written: told once a file for each such form."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.files import Library
from cbm.finding import Finding, Fix, Label, RuleId, Severity
from cbm.syntax.old_forms import OldForm, old_forms
from cbm.translation.saying import say, say_count


def old_form_notes(library: Library) -> Iterator[Finding]:
    """Of each file that was asked for and could be read in full."""
    for source in dict.fromkeys(library.documents[name].span.source for name in library.asked):
        if source in library.faulty:
            continue
        by_form: dict[str, list[OldForm]] = {}
        for form in old_forms(source):
            by_form.setdefault(form.old, []).append(form)
        for forms in by_form.values():
            yield _note(forms)


def _note(forms: list[OldForm]) -> Finding:
    first = forms[0]
    description = say("write `{new}` for `{old}`", new=first.new, old=first.old)
    return Finding(
        RuleId.OLD_FORM,
        Severity.NOTE,
        say_count(
            "`{old}` is written `{new}` today",
            "`{old}` is written `{new}` today: {count} places",
            len(forms),
            old=first.old,
            new=first.new,
        ),
        Label(first.span),
        remedies=(say("let `cbm fmt` write it so"),),
        fixes=(Fix(description, tuple(edit for form in forms for edit in form.edits)),),
        matter=(first.old,),
    )

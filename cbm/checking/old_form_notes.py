"""A library to notes on what its texts write as it was once written: told once a file for each such form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbm.files import Library
from cbm.finding import Finding, Fix, Label, RuleId, Severity
from cbm.source import Source
from cbm.syntax.old_forms import OldForm, old_forms
from cbm.translation.saying import say, say_count


def old_form_notes(library: Library) -> Iterator[Finding]:
    """Of each file that was asked for and could be read in full."""
    for source in dict.fromkeys(library.documents[name].span.source for name in library.asked):
        if source not in library.faulty:
            yield from map(old_form_note, forms_of(source))


def forms_of(source: Source) -> list[list[OldForm]]:
    """The old forms of a source, each sort by itself, in order of the first place."""
    by_form: dict[str, list[OldForm]] = {}
    for form in old_forms(source):
        by_form.setdefault(form.old, []).append(form)
    return list(by_form.values())


def old_form_note(forms: Sequence[OldForm]) -> Finding:
    """What is told of an old form in the places of one file, with the change that writes all of them as today."""
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

"""What `cbm words` tells, as plain data for whoever prints or reads it."""

from __future__ import annotations

from cbm.finding import Exit, Label
from cbm.outcomes.answers import ClauseSource
from cbm.outcomes.spoken_record import SpokenRecord
from cbm.records import Record
from cbm.translation.speech import spoken


def _title(titles: tuple[tuple[str, str], ...], default: str) -> str:
    """The one in the language that is spoken, else in that of the document."""
    for wanted in ("",) if spoken() == "en" else (spoken(), ""):
        for language, text in titles:
            if language == wanted:
                return text
    return default


class WordUse(Record):
    """The clauses of one text that speak of a word, by their labels."""

    text: str
    clauses: tuple[str, ...]


class WordEntry(Record):
    """A word that clauses can use: what it is (an act, a term …), what readers call it, and where it is declared.

    `titles` come with their languages; the language of the document itself is "". `written` are ways to write it in a
    clause, `needs` what it takes and what it goes with, in words. `opposite` is how readers say that it is not so.
    `found` says why it answers what was asked for; `aside`: only since that stands somewhere in its name or a title.
    `is_flag`: it is so, or it is not. `names_bearer`: a clause can say by it whom it binds.
    """

    sort: str
    name: str
    titles: tuple[tuple[str, str], ...]
    declared_in: str
    written: tuple[str, ...]
    needs: tuple[str, ...]
    place: Label
    uses: tuple[WordUse, ...] = ()
    opposite: str = ""
    found: str = ""
    aside: bool = False
    is_flag: bool = False
    names_bearer: bool = False

    @property
    def title(self) -> str:
        """In the language that is spoken, else in that of its document, else in any; empty where it has none."""
        return _title(self.titles, self.titles[0][1] if self.titles else "")


class LanguagePhrase(Record):
    """What drafters say for a word of the language itself, and what is written for it."""

    said: str
    written: str
    remark: str = ""


class ProvisionEntry(Record):
    """An article or a clause of a text: what it is ("duty", "exception" …), and what it says with words for readers.

    `sources` say how each was read; `names` are the words of the vocabulary that it uses.
    """

    label: str
    title: str
    what: str
    words: str
    place: Label
    sources: tuple[ClauseSource, ...] = ()
    names: tuple[str, ...] = ()


class OmittedProvision(Record):
    """A provision of an agreement that its rendering leaves out, and why; `label` empty: it has none."""

    label: str
    title: str
    reason: str
    sources: tuple[ClauseSource, ...] = ()


class TextEntry(Record):
    """An agreement or a draft; what stands in it where it was asked for by its name, else None.

    `read_as` counts its clauses by how their weakest source was read.
    """

    name: str
    titles: tuple[tuple[str, str], ...]
    kind: str
    rank: str
    parties: tuple[str, ...]  # none: open to all
    dates: tuple[str, ...]
    vocabularies: tuple[str, ...]
    place: Label
    provisions: tuple[ProvisionEntry, ...] | None = None
    left_out: tuple[OmittedProvision, ...] = ()
    read_as: tuple[tuple[str, int], ...] = ()
    found: str = ""

    @property
    def title(self) -> str:
        """In the language that is spoken, else in its own."""
        return _title(self.titles, self.name)


class WordList(SpokenRecord):
    """The words, texts and phrases of the language that answer a query; all of them where nothing was asked for.

    `uses` is what was named to look in; nothing: all that comes with cbm. `documents` are the vocabularies and texts in
    which was looked. `near`: nothing is called so, these are spelt nearly so.
    """

    query: str
    uses: tuple[str, ...]
    documents: tuple[str, ...]
    words: tuple[WordEntry, ...]
    texts: tuple[TextEntry, ...] = ()
    phrases: tuple[LanguagePhrase, ...] = ()
    near: bool = False

    @property
    def exit(self) -> Exit:
        return Exit.FINE if self.words or self.texts or self.phrases else Exit.FINDINGS

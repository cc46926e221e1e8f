"""Words, and what stands in a text, to one JSON object for programs, shaped as `schema-words-1.json` says."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from cbm.outcomes.answers import ClauseSource
from cbm.outcomes.word_list import OmittedProvision, ProvisionEntry, TextEntry, WordEntry, WordList
from cbm.render.json import location_of
from cbm.render.json_page import described_page
from cbm.render.report_document import LocationObject
from cbm.render.schema_page import ToldIn, schema_page
from cbm.translation.speech import spoken

VERSION: Literal[1] = 1


class TitleObject(Struct, frozen=True, kw_only=True):
    """What readers call something; the language of the document itself is empty."""

    language: str
    text: str


class WordUseObject(Struct, frozen=True, kw_only=True):
    """The clauses of one text that speak of a word."""

    text: str
    clauses: tuple[str, ...]


class WordObject(Struct, frozen=True, kw_only=True):
    """A word that clauses can use."""

    sort: Annotated[str, Meta(description="What it is: act, term, party …")]
    name: str
    titles: tuple[TitleObject, ...]
    declared_in: str
    location: LocationObject
    written: Annotated[tuple[str, ...], Meta(description="Ways to write it in a clause.")]
    needs: Annotated[tuple[str, ...], Meta(description="What it takes and what it goes with.")]
    uses: tuple[WordUseObject, ...]
    opposite: Annotated[str, Meta(description="How readers say that it is not so; empty: not said.")]
    found: Annotated[str, Meta(description="Why it answers what was asked for; empty: by its name.")]
    aside: Annotated[bool, Meta(description="What was asked for only stands somewhere in its name or a title.")]


class PhraseObject(Struct, frozen=True, kw_only=True):
    """What drafters say for a word of the language, and what is written for it."""

    said: str
    written: str


class SourceMarkObject(Struct, frozen=True, kw_only=True):
    """What a clause rests on, and how that was read; empty: not said."""

    text: str
    mark: str


class TextProvisionObject(Struct, frozen=True, kw_only=True):
    """An article or a clause."""

    label: str
    title: str
    what: Annotated[str, Meta(description="What it is: article, duty, prohibition, permission, exception …")]
    words: Annotated[str, Meta(description="What it says, with words for readers in place of names.")]
    location: LocationObject
    sources: tuple[SourceMarkObject, ...]
    names: Annotated[tuple[str, ...], Meta(description="The words of its vocabulary that it uses.")]


class OmittedObject(Struct, frozen=True, kw_only=True):
    """A provision that the rendering of an agreement leaves out."""

    label: str
    title: str
    reason: str
    sources: tuple[SourceMarkObject, ...]


class ReadAsObject(Struct, frozen=True, kw_only=True):
    """So many clauses of which the weakest source was read so."""

    mark: str
    clauses: int


class TextObject(Struct, frozen=True, kw_only=True):
    """An agreement or a draft."""

    name: str
    titles: tuple[TitleObject, ...]
    kind: str
    rank: str
    parties: Annotated[tuple[str, ...], Meta(description="None: it is open to all.")]
    dates: tuple[str, ...]
    vocabularies: tuple[str, ...]
    location: LocationObject
    read_as: tuple[ReadAsObject, ...]
    provisions: Annotated[
        tuple[TextProvisionObject, ...] | None, Meta(description="Null: it was not asked for by name.")
    ]
    left_out: tuple[OmittedObject, ...]


class WordListDocument(Struct, frozen=True, kw_only=True):
    """The words that answer a query; all of them where it is empty."""

    version: Literal[1]
    language: ToldIn = field(default_factory=spoken)
    exit_code: int
    query: str
    uses: Annotated[tuple[str, ...], Meta(description="What was named to look in; none: all that comes with cbm.")]
    documents: Annotated[tuple[str, ...], Meta(description="The vocabularies and texts in which was looked.")]
    near: Annotated[bool, Meta(description="Nothing is called so: these are spelt nearly so.")]
    words: tuple[WordObject, ...]
    phrases: tuple[PhraseObject, ...]
    texts: tuple[TextObject, ...]


def render(told: WordList) -> str:
    """The object, indented, with a line break at its end."""
    whole = WordListDocument(
        version=VERSION,
        exit_code=told.exit.value,
        query=told.query,
        uses=told.uses,
        documents=told.documents,
        near=told.near,
        words=tuple(map(_word, told.words)),
        phrases=tuple(PhraseObject(said=one.said, written=one.written) for one in told.phrases),
        texts=tuple(map(_text, told.texts)),
    )
    return described_page(whole, "words", VERSION)


def json_schema() -> str:
    """The JSON Schema of a list of words, as shipped in `schema-words-1.json`."""
    return schema_page(WordListDocument, "words", "Words that clauses can use, by cbm", VERSION)


def _word(word: WordEntry) -> WordObject:
    return WordObject(
        sort=word.sort,
        name=word.name,
        titles=_titles(word.titles),
        declared_in=word.declared_in,
        location=location_of(word.place),
        written=word.written,
        needs=word.needs,
        uses=tuple(WordUseObject(text=use.text, clauses=use.clauses) for use in word.uses),
        opposite=word.opposite,
        found=word.found,
        aside=word.aside,
    )


def _titles(titles: tuple[tuple[str, str], ...]) -> tuple[TitleObject, ...]:
    return tuple(TitleObject(language=language, text=text) for language, text in titles)


def _sources(sources: tuple[ClauseSource, ...]) -> tuple[SourceMarkObject, ...]:
    return tuple(SourceMarkObject(text=source.text, mark=source.mark) for source in sources)


def _text(text: TextEntry) -> TextObject:
    return TextObject(
        name=text.name,
        titles=_titles(text.titles),
        kind=text.kind,
        rank=text.rank,
        parties=text.parties,
        dates=text.dates,
        vocabularies=text.vocabularies,
        location=location_of(text.place),
        read_as=tuple(ReadAsObject(mark=mark, clauses=clauses) for mark, clauses in text.read_as),
        provisions=None if text.provisions is None else tuple(map(_provision, text.provisions)),
        left_out=tuple(map(_omitted, text.left_out)),
    )


def _provision(one: ProvisionEntry) -> TextProvisionObject:
    return TextProvisionObject(
        label=one.label,
        title=one.title,
        what=one.what,
        words=one.words,
        location=location_of(one.place),
        sources=_sources(one.sources),
        names=one.names,
    )


def _omitted(one: OmittedProvision) -> OmittedObject:
    return OmittedObject(label=one.label, title=one.title, reason=one.reason, sources=_sources(one.sources))

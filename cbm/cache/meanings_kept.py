"""Fingerprints by the texts that systems are read from: where other words are quoted, nothing is resolved for that.

What is quoted is left out of the texts. Of its words only those are looked at that decide whether they differ from
their clause (`QuoteView`); what is seen of them must be the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from msgspec import MsgspecError
from msgspec.msgpack import decode, encode

from cbm.cache.byte_store import ByteStore
from cbm.cache.fingerprints import Fingerprint, NoFingerprint, PlaceOrder
from cbm.cache.quote_places import Unquoted
from cbm.cache.title_places import TitlePlaces, writes_marks
from cbm.core.quotations import Quotation
from cbm.finding import ClauseWords
from cbm.records import Record, parts
from cbm.source import Source
from cbm.syntax import ast
from cbm.wording.clause_names import reference
from cbm.wording.findings.quoted_differences import QuoteView, quotes_looked_at


class KnownMeaning(Record):
    """What is known of a system that was not resolved: its fingerprint, and the titles of its texts."""

    fingerprint: Fingerprint
    titles: tuple[str, ...]


class TextsRead(Record):
    """The texts of all documents at hand, without what the text under check quotes, and where this is kept."""

    store: ByteStore
    key: bytes
    sources: tuple[Unquoted, ...]
    own: int  # the number of the one under check

    @staticmethod
    def of(
        store: ByteStore,
        documents: Mapping[str, ast.Document],
        subject: str,
        as_of: date | None,
        terms: tuple[str, ...],
    ) -> TextsRead | None:
        """None where somebody writes what marks are made of himself."""
        sources = tuple(dict.fromkeys(document.span.source for document in documents.values()))
        if any(map(writes_marks, sources)):
            return None
        own = sources.index(documents[subject].span.source)
        read = tuple(
            Unquoted.of(one, documents.values()) if number == own else Unquoted(one)
            for number, one in enumerate(sources)
        )
        first: dict[str, int] = {"": -1}
        alike = [first.setdefault(one, number) for number, one in enumerate(read[own].words)]  # and which are empty
        asked = repr((terms, subject, str(as_of), alike))
        digests = [sha256(part.encode("utf-8", "surrogatepass")).digest() for part in (asked, *(r.text for r in read))]
        return TextsRead(store, sha256(b"".join(digests)).digest(), read, own)

    def meaning(self) -> KnownMeaning | None:
        """What these texts meant before; None where that is not known, or other words are looked at now."""
        content = self.store.get(self.key)
        try:
            return None if content is None else self._told(*decode(content))
        except (MsgspecError, NoFingerprint, TypeError, ValueError, KeyError, IndexError):
            return None

    def keep(self, known: Fingerprint, marked: TitlePlaces) -> None:
        """Keeps what they mean. NoFingerprint where something of it stands in another text."""
        system, places = marked.system, known.places
        numbers = [self._number(source) for source in places.sources]
        offsets = [
            list(map(self.sources[number].left, several))
            for number, several in zip(numbers, places.offsets, strict=True)
        ]
        clauses = [
            (
                str(norm.id.unworded),
                reference(system, norm.id),
                self._quoted(norm.quotations[0]) if norm.wording else "",
            )
            for norm in system.norms.values()
        ]
        viewed = list(quotes_looked_at(system))
        looked_at = [
            (number, view.language, view.acts, quotation.text, _seen(view, quotation.text))
            for quotation, view in viewed
            if isinstance(number := self._quoted(quotation), int)
        ]
        parties = {view.language: dict(view.titles) for _, view in viewed}
        self.store.put(self.key, encode([known.digest, numbers, offsets, clauses, marked.titles, looked_at, parties]))

    def _told(
        self,
        digest: bytes,
        numbers: Sequence[int],
        offsets: Sequence[Sequence[int]],
        clauses: Sequence[tuple[str, str, int | str]],
        titles: Sequence[str],
        looked_at: Sequence[tuple[int, str, Sequence[str], str, str]],
        parties: Mapping[str, Mapping[str, str]],
    ) -> KnownMeaning | None:
        own = self.sources[self.own].words
        for number, language, acts, before, seen in looked_at:
            view = QuoteView(language, parties[language], tuple(acts))
            if own[number] != before and _seen(view, own[number]) != seen:
                return None
        said = [(*names, own[words] if isinstance(words, int) else words) for *names, words in clauses]
        texts = tuple((clause, words) for clause, _, words in said)
        quotes = (ClauseWords("", name, words=words).quotation for _, name, words in said)
        places = PlaceOrder(
            tuple(self.sources[number].source for number in numbers),
            tuple(
                tuple(map(self.sources[number].place, several))
                for number, several in zip(numbers, offsets, strict=True)
            ),
        )
        known = Fingerprint(digest, places, tuple(dict.fromkeys(filter(None, quotes))), texts)
        return KnownMeaning(known, tuple(titles))

    def _number(self, source: Source) -> int:
        for number, one in enumerate(self.sources):
            if one.source is source or one.source == source:
                return number
        raise NoFingerprint(source.name)

    def _quoted(self, quotation: Quotation) -> int | str:
        """The number of a quote that is left out of the text, or else its words, which stand there."""
        own = self.sources[self.own]
        number = None if quotation.span is None else own.quote_at(quotation.span)
        if number is not None and own.words[number] != quotation.text:
            raise NoFingerprint("a quote is read in other words")
        return quotation.text if number is None else number


def _seen(view: QuoteView, text: str) -> str:
    """All that is seen of a text."""
    seen: list[Any] = [sorted(one) if isinstance(one, frozenset) else one for one in parts(view.said(text))]
    return repr(seen)

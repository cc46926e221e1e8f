"""The smallest parts of a statement: names, texts, numbers, dates, labels and references."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from unicodedata import normalize

from cbm.patterns import pattern
from cbm.records import Record
from cbm.source import Span
from cbm.syntax.ast import Inclusion, Name, QuantityNode, Reference, Title
from cbm.syntax.mistake import Mend, Mistake, Mistaken, mistaken
from cbm.translation.saying import say

MOST_DIGITS = 40
Names = tuple[Name, ...]
Titles = tuple[Title, ...]
References = tuple[Reference, ...]
Inclusions = tuple[Inclusion, ...]

_RESERVED = (
    "a an and any by every except for from if implies in is keep may means meeting must need not of or otherwise "
    "shall should stating then through to unless until upon when while with within without"
)
# Words with a fixed place in a sentence: never names. The grammar knows each by the same word in capitals.
RESERVED = frozenset(_RESERVED.split())

_NUMBER = pattern(r"([0-9,]+)(?:\.([0-9]+))?[ \t]*(\S*)")
_THOUSANDS = pattern(r"[1-9][0-9]{0,2}\.[0-9]{2}0")
_GROUPS = pattern(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+")
_BLANKS = pattern(r"[ \t]+")


class Word(Record):
    """A word of the language that says which of several things is meant; blanks within it are single."""

    text: str
    span: Span


class AuthenticWords(Record):
    """A text between quotes, without them."""

    text: str
    span: Span


class Day(Record):
    """A date with its place."""

    value: date
    span: Span


def _word(span: Span, text: str) -> Word:
    return Word(_BLANKS.sub(" ", text), span)


def _name(span: Span, text: str) -> Name:
    return Name(text if text.isascii() else normalize("NFC", text), span=span)


def _phrase(span: Span, text: str) -> Name:
    return Name(" ".join(normalize("NFC", text[1:-1]).split()), quoted=True, span=span)


def _attribute(span: Span, text: str) -> Name:
    if text in RESERVED:
        raise mistaken(span, say("`{word}` is a word of the language; choose another name", word=text))
    return _name(span, text)


def _string(span: Span, text: str) -> AuthenticWords:
    return AuthenticWords(text[1:-1], span)


def _date(span: Span, text: str) -> Day:
    try:
        return Day(date.fromisoformat(text), span)
    except ValueError:
        year, month, day = (f"{int(figures):02}" for figures in text.split("-"))
        written = f"{year}-{month}-{day}"
        if written != text and _is_day(written):
            message = say("month and day have two figures each")
            mend = Mend(span.start, span.end, written, lexical=True)
            remedy = say("write `{words}`", words=written)
            raise Mistaken(Mistake(message, span.start, span.end, remedies=(remedy,), mend=mend)) from None
        raise mistaken(
            span,
            say("there is no such date as `{date}`", date=text),
            say("write year-month-day, as in `2019-10-01`"),
        ) from None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _number(span: Span, text: str) -> QuantityNode:
    """Exact, with thousands separators read as such and anything else between digits refused."""
    parts = _NUMBER.fullmatch(text)
    assert parts is not None, text
    whole, decimals, unit = parts[1], parts[2] or "", parts[3]
    if not _GROUPS.fullmatch(whole):
        raise mistaken(
            span,
            say(
                "`{number}` is no number: a comma in a number stands before every three digits",
                number=parts[0].split()[0],
            ),
            say("write `1,000` for a thousand, `1.5` for one and a half, and a blank after the comma of a list"),
        )
    if _THOUSANDS.fullmatch(f"{whole}.{decimals}"):
        raise _doubtful(span, whole, decimals)
    digits = whole.replace(",", "")
    if len(digits) + len(decimals) > MOST_DIGITS:
        raise mistaken(span, say("this number has more than {most} digits", most=MOST_DIGITS))
    return QuantityNode(Fraction(int(digits + decimals), 10 ** len(decimals)), unit or None, span=span)


def _doubtful(span: Span, whole: str, decimals: str) -> Mistaken:
    """`1.000`, written by who puts a point before every three digits: nobody writes one metre so."""
    thousands, shorter = f"{whole},{decimals}", f"{whole}.{decimals.rstrip('0')}".rstrip(".")
    message = say(
        "`{number}` can be read as `{thousands}` or as `{shorter}`: a point stands before decimals, and a comma before "
        "every three digits",
        number=f"{whole}.{decimals}",
        thousands=thousands,
        shorter=shorter,
    )
    return mistaken(span, message, say("write `{words}` or `{other}`", words=thousands, other=shorter))


# The kinds of word that say something; the others are there for the reader and for the grammar.
_TELLING = (
    "LABEL SENTENCE LANGUAGE MODAL RELATION RANK_NAME FORCE STATUS_NAME DATE_KIND "
    "FOR_BOTH TOWARDS_ALL MARK NO NEVER POSSIBLE NOT OR OVER UNDER "
    "PLUS MINUS TIMES DIVIDED EACH SHARED ROLES FIXED_ROLES INSTRUMENT DRAFT PER_PARTY ONCE PLANNED OVER_TIME BEFORE "
    "AFTER "
    "NOT_BEFORE NOT_AFTER NOT_LATER_THAN AT_LEAST AT_MOST LESS_THAN MORE_THAN UPON UNTIL ZONE WEEKDAY CLOCK HOLDS "
    "DELETE REFUSES OPERATIONAL_FROM SUSPENDED_FROM INTERVAL DAYS PERIOD DAY_OF_YEAR YEAR_OF OR_ABOVE"
)


WORDS: Mapping[str, Callable[[Span, str], object]] = {
    "NAME": _name,
    "ATTRIBUTE": _attribute,
    "RULE": _name,
    "UNKNOWN_RULE": _name,
    "STRING": _string,
    "PHRASE": _phrase,
    "DATE": _date,
    "QUANTITY": _number,
    **dict.fromkeys(_TELLING.split(), _word),
}


def _titles(_: Span, *titles: Title) -> Titles:
    return titles


def _untagged(span: Span, *texts: AuthenticWords) -> Title:
    return Title(None, _joined(texts), span=span)


# Codes of States that are no codes of languages, and the codes that are meant.
_LANGUAGES_MEANT = {"jp": "ja", "cn": "zh"}


def require_language(code: str, span: Span) -> None:
    """Mistaken for the code of a State, which is that of no language."""
    meant = _LANGUAGES_MEANT.get(code)
    if meant is not None:
        message, mend = (
            say("no language has the code `{code}`", code=code),
            Mend(span.start, span.end, meant, lexical=True),
        )
        raise Mistaken(
            Mistake(message, span.start, span.end, remedies=(say("write `{words}`", words=meant),), mend=mend)
        )


def _tagged(span: Span, language: Word, *texts: AuthenticWords) -> Title:
    require_language(language.text, language.span)
    return Title(language.text, _joined(texts), span=span)


def _strings(span: Span, *texts: AuthenticWords) -> AuthenticWords:
    return AuthenticWords(_joined(texts), span)


def _joined(texts: tuple[AuthenticWords, ...]) -> str:
    return "".join(text.text for text in texts)


def _names(_: Span, *names: Name) -> Names:
    return names


def _inclusions(_: Span, *inclusions: Inclusion) -> Inclusions:
    return inclusions


def _inclusion(span: Span, name: Name, path: AuthenticWords | None = None) -> Inclusion:
    return Inclusion(name, path.text if path else None, span=span)


def _reference(span: Span, label: Word, *said: Word | Name) -> Reference:
    """`3.2`, `3.2 sentence 1`, each with the document that it stands in or without."""
    sentence = next((f" {word.text}" for word in said if isinstance(word, Word)), "")
    document = next((name for name in said if isinstance(name, Name)), None)
    return Reference(f"{label.text}{sentence}", document, span=span)


def _document(span: Span, name: Name) -> Reference:
    return Reference(None, name, span=span)


def _references(_: Span, *groups: Reference | References) -> References:
    """`3.2, 17 of colregs`: each says its own document; brackets gather what stands in one."""
    return tuple(r for group in groups for r in (group if isinstance(group, tuple) else (group,)))


def _gathered(_: Span, *references: Reference) -> References:
    """`(13, 15 of colregs)`: the document said of the last label is meant by those before it that say none."""
    result: list[Reference] = []
    following: Name | None = None
    for reference in reversed(references):
        following = reference.document if reference.label and reference.document else following
        document = following if reference.label else reference.document
        result.append(Reference(reference.label, document, span=reference.span))
    return tuple(reversed(result))


BUILDERS: Mapping[str, Callable[..., object]] = {
    "titles": _titles,
    "untagged": _untagged,
    "title": _untagged,
    "tagged": _tagged,
    "strings": _strings,
    "names": _names,
    "inclusions": _inclusions,
    "inclusion": _inclusion,
    "reference": _reference,
    "document": _document,
    "references": _references,
    "gathered": _gathered,
}

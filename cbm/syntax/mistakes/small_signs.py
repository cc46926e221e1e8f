"""Signs between words that stand nowhere here, and words without the quotes that they need."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from re import IGNORECASE

from cbm.patterns import pattern
from cbm.syntax.mistake import Mend, Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.syntax.tokens import RESERVED
from cbm.translation.saying import say

# Statements in which a sign may be arithmetic or part of a condition, and a label may follow the first word.
_OF_CONDITIONS = ("clause", "given", "expect", "axiom", "term", "requires", "tie", "counter")
_NAME = pattern(r"[^\W\d]\w*")
_HYPHENED = pattern(r"[^\W\d]\w*(?:-\w+)+")
_HYPHENED_AND_WORDS = pattern(r"[^\W\d]\w*(?:-\w+)+(?:[ \t]+[^\W\d]\w*)*")
_PARTED = pattern(r"[ \t-]+")
_LANGUAGE = pattern(r'[a-z]{2,3}(\s*[:=]\s*)(?=")')
_QUOTED = pattern(r'(\s*(?:,|;|and|&)\s*)(?=")')
_MARKS = tuple(
    (mark, pattern(rf"\(?\s*{form}(?:[ \t]*\))?(?!\w)", IGNORECASE))
    for mark, form in (
        ("seen text", r"(?:seen?|read)?\s*(?:in|as|the)?\s*(?:full\s+)?text"),
        ("seen secondary", r"(?:seen?|from)?\s*(?:in|as)?\s*(?:a\s+)?secondary(?:\s+sources?)?"),
        ("from memory", r"(?:(?:by|from|out\s+of)\s+)?memory"),
        ("own choice", r"(?:(?:as|my|our|an)\s+)?own(?:\s+(?:choice|work|proposal))?"),
    )
)
_SEEN = pattern(r"\(?\s*(?:seen|read|unofficial|official|unverified|verified|quoted|translat\w+)(?!\w)", IGNORECASE)
_MARKED = pattern(
    r"(?:^|,?\s)(?:\(?seen(?=\s)|from\s+memory|own\s+choice|source|text|unless|in\s+place|subject\s+to|notwithstanding)(?!\w)"
)


def small_signs(failure: Failure) -> Iterator[Mistake]:
    return (mistake for known in _KNOWN if (mistake := known(failure)) is not None)


def _hyphen_in_name(failure: Failure) -> Mistake | None:
    """`draft code-of-conduct`, `kind ship = coast-guard_ship`: what is declared has a name without hyphens."""
    if failure.found is None or failure.found.text != "-" or failure.piece.opening in ("clause", "given", "expect"):
        return None
    if failure.accepts("MINUS") or failure.last.text in RESERVED:
        return None
    forms = (_HYPHENED, _HYPHENED_AND_WORDS)
    several = [found for form in forms if (found := form.match(failure.text, failure.last.start, failure.piece.end))]
    if not several or several[0].end() <= failure.found.start:
        return None
    mends = [Mend(found.start(), found.end(), _PARTED.sub("_", found[0])) for found in several]
    mend = min(mends, key=failure.left)
    place = Written(failure.text[mend.start : mend.end], mend.start, mend.end)
    return failure.says(say("a name has no `-` in it: write `{name}`", name=mend.text), at=place, instead=mend.text)


def _sign_in_list(failure: Failure) -> Mistake | None:
    """`between CN/JP`, `moments start; end`, `kind ship = frigate / destroyer`."""
    if failure.found is None or failure.piece.opening in _OF_CONDITIONS:
        return None
    sign, of_kind = failure.found.text, failure.piece.opening == "kind" and failure.accepts("VBAR")
    if sign not in ("/", ";", "&", "-", "–", "+", *(("and", "or") if of_kind else ())):
        return None
    if sign == "-" and failure.last.end == failure.place.start:
        return None  # of a name
    if of_kind and not failure.last.text.startswith("="):
        message = say("`{word}` does not join the members of a kind: write `|`", word=sign)
        return failure.says(message, instead="|")
    following = failure.onwards[1:2]
    if not failure.accepts("COMMA") or not following or not _NAME.fullmatch(following[0].text):
        return None
    message = say("`{word}` does not join the parts of a list: write `,`", word=sign)
    return failure.says(message, mend=Mend(failure.last.end, following[0].start, ", "))


def _number_of_case(failure: Failure) -> Mistake | None:
    """`case 1 "Two warships"`."""
    following = failure.onwards[1:2]
    if failure.piece.opening != "case" or not failure.found or not failure.found.text[:1].isdigit() or not following:
        return None
    if failure.last.end > failure.piece.opening_end or not following[0].text.startswith('"'):
        return None
    message = say("a case has its title alone: leave `{word}` out", word=failure.found.text)
    return failure.says(message, mend=Mend(failure.place.start, following[0].start, ""))


def _language_with_colon(failure: Failure) -> Mistake | None:
    """`zh: "准则"`."""
    found = _LANGUAGE.match(failure.text, failure.place.start, failure.piece.end)
    if found is None or not failure.word:
        return None
    sign = found[1].strip()
    return failure.says(
        say("nothing stands between the code of a language and its text: leave `{sign}` out", sign=sign),
        at=Written(sign, found.start(1), found.end(1)),
        mend=Mend(found.start(1), found.end(1), " "),
    )


def sign_not_needed(failure: Failure) -> Mistake | None:
    """`rank: treaty`, `source: "…"`, `party US = "United States"`, `draft code, "Code"`."""
    if failure.found is None or failure.found.text not in (":", "=", ",") or failure.names_attribute:
        return None
    if failure.found.text != ":" and failure.piece.opening in _OF_CONDITIONS:
        return None
    if failure.accepts("EQUAL"):
        return None
    return failure.says(say("`{word}` is not needed: leave it out", word=failure.found.text), instead="")


def _figure_first(failure: Failure) -> Mistake | None:
    """`draft 2019_code`, `article 2bis`."""
    found = _FIGURES_AND_LETTERS.fullmatch(failure.found.text) if failure.found else None
    if found is None or failure.last.end > failure.piece.opening_end:
        return None
    if failure.accepts("LABEL") and found["further"].lower() in ("bis", "ter", "quater"):
        label = f"{found['figure']} {found['further'].lower()}"
        return failure.says(
            say("`{word}` stands behind its number: write `{label}`", word=found["further"], label=label), instead=label
        )
    if not failure.accepts("NAME"):
        return None
    name = f"{found['further']}_{found['figure']}"
    return failure.says(say("a name begins with a letter"), say("write, for example, `{words}`", words=name))


_FIGURES_AND_LETTERS = pattern(r"(?P<figure>[0-9]+)_*(?P<further>[^\W\d]\w*)")


def _words_without_quotes(failure: Failure) -> Mistake | None:
    """`source Joint press release`, `because it asks nothing of a unit`, `party US United States`."""
    said = failure.last.text
    behind = said in ("source", "because") or (said == "text" and failure.accepts("STRING"))
    entitled = failure.piece.opening in ("party", "topic", "language", "titles") and "STRING" in failure.acceptable
    entitled = entitled and not said.startswith('"') and not any(sign.isdigit() for sign in failure.rest)
    entitled = entitled and (failure.piece.opening != "party" or not failure.word[:1].islower())
    if (
        not (behind or entitled)
        or failure.found is None
        or failure.begins_line
        or '"' in failure.rest
        or not failure.word
    ):
        return None
    words = failure.rest.split("#")[0].rstrip()
    if behind and (next_part := _MARKED.search(words)) is not None:
        words = words[: next_part.start()].rstrip()
    if not words or any(sign in words for sign in "[]|"):
        return None
    title = f'"{words}"'
    place = Written(words, failure.found.start, failure.found.start + len(words))
    return failure.says(say("words for readers stand in quotes: write `{title}`", title=title), at=place, instead=title)


def _how_read(failure: Failure) -> Mistake | None:
    """`source "…" seen in text`, `source "…" (memory)`."""
    if not failure.accepts("MARK") or failure.found is None:
        return None
    message = say("how a source was read is said with `seen text`, `seen secondary`, `from memory` or `own choice`")
    for mark, form in _MARKS:
        found = form.match(failure.text, failure.place.start, failure.piece.end)
        if found is not None and not failure.text[found.end() : found.end() + 2].lstrip().startswith('"'):
            remedy = say("write `{words}`", words=mark)
            place = Written(found[0], found.start(), found.end())
            return failure.says(message, remedy, at=place, instead=mark)
    return failure.says(message) if _SEEN.match(failure.text, failure.place.start, failure.piece.end) else None


def _sources_joined(failure: Failure) -> Mistake | None:
    """`source "A", "B"`."""
    found = _QUOTED.match(failure.text, failure.last.end, failure.piece.end)
    if found is None or not failure.accepts("MARK", "SOURCE"):
        return None
    return failure.says(say("each source has `source` in front"), mend=Mend(found.start(), found.end(), " source "))


_KNOWN: tuple[Callable[[Failure], Mistake | None], ...] = (
    _hyphen_in_name,
    _number_of_case,
    _sign_in_list,
    _language_with_colon,
    _how_read,
    _sources_joined,
    _words_without_quotes,
    _figure_first,
)

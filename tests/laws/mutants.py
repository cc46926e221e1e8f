"""Parts of shipped drafts with a few words changed: texts as a hurried drafter might leave them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from cbm.core.norms import NormSystem
from cbm.files import read_all
from cbm.resolve.system import resolve
from cbm.source import Source
from cbm.syntax import ast
from cbm.syntax.parse import parse
from tests.shipped import DRAFTS

PATHS = sorted(path for path in DRAFTS.glob("*.cbm") if "rolling" not in path.stem)  # brackets are not taken apart
# Words that stand where others of their group may stand, so that most mutants can still be read.
GROUPS = (
    ("must not", "must", "should not", "should", "may", "need not"),
    (">=", "<=", "<", ">", "="),
    ("within", "at least"),
    ("before", "after", "upon", "until"),
    ("when", "unless", "except when"),
    ("and", "or"),
    ("own", "other"),
    ("organiser", "informed"),
    ("in place of", "exception to", "subject to", "notwithstanding", "restates"),
    ("is not", "is"),
)
# So often a change is drawn until the text can be understood.
TRIES = 6
_LABEL = re.compile(r"\b\d+\.\d+\b")
_WORD = re.compile(r"\b[a-z]\w*\b")
_NUMBER = re.compile(r"\b\d[\d,]*\b")
_BETWEEN = re.compile("|".join(rf"(?<!\S){re.escape(word)}(?!\S)" for group in GROUPS for word in group))


@dataclass(frozen=True, slots=True)
class DraftParts:
    """A draft taken apart: what stands before its clauses, these by label, and its promises and open terms."""

    head: str
    clauses: Mapping[str, str]
    promises: tuple[str, ...]
    terms: Mapping[str, str]

    def needed(self, labels: Iterable[str]) -> list[str]:
        """The clauses, with those that they name."""
        known, left = set[str](), set(labels)
        while left:
            known |= left
            left = {n for label in left for n in _LABEL.findall(self.clauses[label]) if n in self.clauses} - known
        return [clause for label, clause in self.clauses.items() if label in known]


@st.composite
def mutants(draw: st.DrawFn) -> str:
    """The head of a draft, one to three of its clauses with what they name, and one to three changes.

    A change that leaves no text that can be understood is mostly drawn again: what is refused is not checked.
    """
    path = draw(st.sampled_from(PATHS))
    parts = parts_of(path)
    labels = draw(st.sets(st.sampled_from(list(parts.clauses)), min_size=1, max_size=3))
    body = parts.needed(labels)
    if parts.promises:
        body += draw(st.lists(st.sampled_from(parts.promises), max_size=1))
    # Beside other texts a mutant takes ten times as long.
    head = parts.head if draw(st.sampled_from((*[False] * 7, True))) else alone(parts.head)
    text = _written(head, parts.terms, body)
    for _ in range(draw(st.integers(1, 3))):
        for _ in range(TRIES):
            place = draw(st.integers(0, len(body) - 1))
            changed = draw(st.sampled_from(CHANGES))(draw, body[place], names_in(path))
            mutated = [*body[:place], changed, *body[place + 1 :]]
            text = _written(head, parts.terms, mutated)
            if changed != body[place] and loaded(text) is not None:
                body = mutated
                break
    return text


def _written(head: str, terms: Mapping[str, str], body: Sequence[str]) -> str:
    """The text, with the open terms that it speaks of."""
    named = [term for name, term in terms.items() if any(re.search(rf"\b{name}\b", part) for part in body)]
    return "\n\n".join((head, *named, *body)) + "\n"


@cache
def parts_of(path: Path) -> DraftParts:
    """Clauses get their full labels; quoted texts, sources and cases are left out."""
    text = re.sub(r"^ *#.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    article, head, clauses, promises, terms = "", [], dict[str, str](), [], dict[str, str]()
    text = re.sub(r"^ +(?:source|text|zh|ja) .*\n?", "", text, flags=re.MULTILINE)
    for part in re.split(r"\s*\n(?=\S)", text.strip()):
        if found := re.match(r"article (\S+)", part):
            article = found[1]
        elif found := re.match(r"clause (\S+(?: bis)?)", part):
            label = found[1] if "." in found[1] or not article else f"{article}.{found[1]}"
            clauses[label] = f"clause {label}{part[found.end() :]}"
        elif found := re.match(r"open term (\w+)", part):
            terms[found[1]] = part
        elif part.startswith("covers"):
            promises.append(part)
        elif not clauses and not part.startswith("without"):
            head.append(part)
    return DraftParts("\n".join(head), clauses, tuple(promises), terms)


def alone(head: str) -> str:
    """The header without other texts."""
    lines = (
        line for line in head.split("\n") if not re.match(r" +(?:beside|subject|notwithstanding|implements)", line)
    )
    return "\n".join(lines)


@cache
def names_in(path: Path) -> tuple[str, ...]:
    """The names of acts, attributes and values that the clauses of a draft use."""
    clauses = re.sub(r'"[^"]*"', "", "\n".join(parts_of(path).clauses.values()))
    return tuple(sorted({word for word in _WORD.findall(clauses) if "_" in word or len(word) > 5}))


# ---- changes


def another_number(draw: st.DrawFn, text: str, names: Sequence[str]) -> str:
    del names
    numbers = _NUMBER.findall(text)

    def changed(number: str) -> str:
        value = int(number.replace(",", ""))
        return str(
            draw(st.sampled_from((0, value + 1, max(value - 1, 0), value * 2, value // 2, *map(_plain, numbers))))
        )

    return _replaced(draw, text, _NUMBER, changed)


def another_word(draw: st.DrawFn, text: str, names: Sequence[str]) -> str:
    del names

    def changed(word: str) -> str:
        group = next(group for group in GROUPS if word in group)
        return draw(st.sampled_from([other for other in group if other != word]))

    return _replaced(draw, text, _BETWEEN, changed)


def another_name(draw: st.DrawFn, text: str, names: Sequence[str]) -> str:
    known = re.compile("|".join(rf"\b{name}\b" for name in names))
    return _replaced(draw, text, known, lambda _: draw(st.sampled_from(names)))


def a_word_less(draw: st.DrawFn, text: str, names: Sequence[str]) -> str:
    del names
    return re.sub(r"  +", " ", _replaced(draw, text, _WORD, lambda _: ""))


def a_line_less(draw: st.DrawFn, text: str, names: Sequence[str]) -> str:
    del names
    lines = text.split("\n")
    if len(lines) > 1:
        del lines[draw(st.integers(1, len(lines) - 1))]
    return "\n".join(lines)


def a_line_again(draw: st.DrawFn, text: str, names: Sequence[str]) -> str:
    del names
    lines = text.split("\n")
    place = draw(st.integers(0, len(lines) - 1))
    return "\n".join((*lines[: place + 1], *lines[place:]))


Change = Callable[[st.DrawFn, str, Sequence[str]], str]
CHANGES: tuple[Change, ...] = (
    *(another_number, another_number, another_word, another_word, another_name, another_name),
    *(a_word_less, a_line_less, a_line_again),
)


def _replaced(draw: st.DrawFn, text: str, pattern: re.Pattern[str], changed: Callable[[str], str]) -> str:
    """One of the matches behind the label changed."""
    start = text.find(" ", text.find(" ") + 1)
    found = list(pattern.finditer(text, max(start, 0)))
    if not found:
        return text
    match = draw(st.sampled_from(found))
    return text[: match.start()] + changed(match[0]) + text[match.end() :]


def _plain(number: str) -> int:
    return int(number.replace(",", ""))


# ---- loading


@cache
def _library() -> Mapping[str, ast.Document]:
    """All that a draft may build on; no cases, which speak of the drafts as they are."""
    known = read_all(PATHS).documents
    return {name: document for name, document in known.items() if not isinstance(document.header, ast.CasesHeader)}


def loaded(text: str) -> NormSystem | None:
    """The system that the text means beside the standard library; None where something in it is not understood."""
    file, findings = parse(Source("mutant.cbm", text))
    headers = {document: document.header for document in file.documents}
    named = {h.name.text: d for d, h in headers.items() if isinstance(h, ast.TextHeader | ast.VocabularyHeader)}
    drafts = [name for name, document in named.items() if isinstance(headers[document], ast.TextHeader)]
    if findings or len(drafts) != 1:
        return None
    system, faults = resolve({**_library(), **named}, drafts[0])
    assert system is not None or faults, "refused without a word"
    return system

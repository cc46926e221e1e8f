"""Clauses of several examples put together anew, with the words that they need: texts that nobody thought of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

import cbm
from cbm.finding import Misuse
from cbm.source import Source
from cbm.syntax import ast
from cbm.syntax.parse import parse
from tests.shipped import DRAFTS, SPECS

_EXAMPLES = Path(__file__).parent.parent / "checks" / "examples"
PATHS = sorted((*_EXAMPLES.glob("*.cbm"), *DRAFTS.glob("*.cbm"), *(SPECS / "instruments").glob("*.cbm")))
_COMMENT = re.compile(r'^((?:[^"#\n]|"[^"\n]*")*)#.*$', re.MULTILINE)
_QUOTED = re.compile(r'"[^"\n]*"')
_WORD = re.compile(r"[^\W\d]\w*")
_LABEL = re.compile(r"\d+(?:\.\d+)*(?:\([a-z]+\))*(?: bis)?(?![\w%])")
_LABELS = rf"{_LABEL.pattern}(?:, {_LABEL.pattern})*"
_REFERENCES = re.compile(
    rf"(?:in place of|exception to|subject to|notwithstanding|restates|comply with|breach of|bound by \(|"
    rf"nothing but \(|\bby|conflict|redundancy|vacuity|sentence \d+ of) *{_LABELS}"
)
_CONDITION = re.compile(r"\b(?:when|unless|while) (.+?)(?=\s+(?:must|may|should|need|except|unless|in place)\b|\s*$)")
_FIGURE = re.compile(r"(?<=>= )\d[\d,.]* ?(?:km|nmi|m|h|min|kt)\b")
_ALIEN = re.compile(
    r"^ +(?:uses|beside|subject to|notwithstanding|implements|source|text|zh|ja|stems) .*\n?", re.MULTILINE
)
# So often is something else drawn where what was drawn cannot be read in its place.
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Parts:
    """A file taken apart: declarations by what they declare, attributes, what ties words together, texts and cases."""

    roles: str
    declared: Mapping[str, str]
    attributes: Mapping[str, tuple[bool, str]]
    bonds: tuple[str, ...]
    types: str
    heads: tuple[str, ...]
    clauses: tuple[str, ...]
    cases: tuple[str, ...]


@cache
def parts_of(path: Path) -> tuple[Parts, ...]:
    """One for each sort of situation; clauses and what stands beside them begin their lines.

    Comments, quoted texts and sources are left out.
    """
    return tuple(parts for parts in _parts_of(path) if parts.roles and parts.clauses)


def _parts_of(path: Path) -> Iterator[Parts]:
    documents = _documents(path)
    known = {d.header.name.text: d for d in documents if isinstance(d.header, ast.VocabularyHeader | ast.TextHeader)}
    texts = dict[str, list[ast.Document]]()
    words = dict[str, dict[str, ast.Document]]()
    for document in documents:
        if isinstance(document.header, ast.TextHeader):
            used = _used_by(document, known)
            roles = next(
                (_said(s) for d in used.values() for s in d.statements if isinstance(s, ast.RolesDeclaration)), ""
            )
            texts.setdefault(roles, []).append(document)
            words.setdefault(roles, {}).update(used)
    cases = tuple(
        c for d in documents if isinstance(d.header, ast.CasesHeader) for c in _cases(_pieces(d.span.text)[1:])
    )
    for roles, several in texts.items():
        yield _put_together(roles, words[roles].values(), several, cases)


def _put_together(
    roles: str, vocabularies: Iterable[ast.Document], texts: Iterable[ast.Document], cases: tuple[str, ...]
) -> Parts:
    declared, attributes = dict[str, str](), dict[str, tuple[bool, str]]()
    types, bonds, heads, clauses = "", list[str](), list[str](), list[str]()
    for statement in (statement for document in vocabularies for statement in document.statements):
        words = _said(statement)
        match statement:
            case ast.RolesDeclaration():
                pass
            case ast.TypesDeclaration():
                types = types or words
            case ast.AttributeBlock():
                for one in statement.attributes:
                    attributes.setdefault(one.name.text, (statement.shared, _said(one)))
            case ast.AxiomDeclaration() | ast.NeverTogether() | ast.Requirement() | ast.ViewsDiffer():
                bonds.append(words)
            case _:
                for name in _declared_by(statement):
                    declared.setdefault(name, words)
    for text in texts:
        first, *rest = _pieces(text.span.text)
        heads.append(_ALIEN.sub("", f"{first}\n").rstrip())
        clauses += _labelled(rest)
    return Parts(roles, declared, attributes, tuple(bonds), types, tuple(heads), tuple(clauses), cases)


@cache
def _documents(path: Path) -> tuple[ast.Document, ...]:
    return parse(Source(path.name, _COMMENT.sub(r"\1", path.read_text(encoding="utf-8"))))[0].documents


def _used_by(document: ast.Document, known: Mapping[str, ast.Document]) -> dict[str, ast.Document]:
    """The vocabularies that it uses, of its file or of those that come with cbm, and what they use."""
    found, left = dict[str, ast.Document](), [document]
    while left:
        for used in getattr(left.pop(0).header, "uses", ()):
            name = used.name.text
            shipped = SPECS / "vocabulary" / f"{name}.cbm"
            vocabulary = known.get(name) or (_documents(shipped)[0] if shipped.exists() else None)
            if vocabulary is not None and name not in found:
                found[name] = vocabulary
                left.append(vocabulary)
    return found


def _said(node: ast.Node) -> str:
    return re.sub(rf"\b(?:zh|ja) {_QUOTED.pattern}|\n *source .*", "", node.span.text).strip()


def _declared_by(statement: ast.Statement) -> Iterator[str]:
    match statement:
        case ast.ActDeclaration():
            yield from (name.text for name in statement.names)
        case ast.MomentsDeclaration():
            yield from (moment.name.text for moment in statement.moments)
        case ast.KindDeclaration() if statement.adds:
            pass
        case ast.KindDeclaration():
            yield from (statement.name.text, *(member.name.text for member in statement.members))
        case ast.SituationDeclaration() | ast.TitlesFor():
            pass
        case _:
            name = getattr(statement, "name", None)
            yield from (name.text,) if isinstance(name, ast.Name) else ()


def _pieces(text: str) -> list[str]:
    return [piece.rstrip() for piece in re.split(r"\n(?=[^\s|])", text) if piece.strip()]


def _labelled(pieces: Iterable[str]) -> Iterator[str]:
    """Clauses with full labels, and what stands beside them."""
    article = ""
    for piece in (re.sub(r"^ +(?:source|text|zh|ja) .*\n?", "", f"{p}\n", flags=re.M).rstrip() for p in pieces):
        if found := re.match(r"article (\S+)", piece):
            article = found[1]
        elif found := re.match(rf"(.*?\bclause )({_LABEL.pattern})", piece):
            yield f"{found[1]}{f'{article}.' if article and '.' not in found[2] else ''}{piece[found.start(2) :]}"
        elif re.match(r"covers|reserve|open term|term|tie|options|without|left out", piece):
            yield piece


def _cases(pieces: Iterable[str]) -> Iterator[str]:
    """Each case with what it gives and expects."""
    case = list[str]()
    for piece in pieces:
        if piece.startswith("case ") and case:
            yield "\n".join(case)
            case = []
        case.append(piece)
    if case:
        yield "\n".join(case)


# ---- a text


_SOME_OPEN = st.sampled_from((0, 0, 1, 2))


@st.composite
def mixed(draw: st.DrawFn, *, open_places: st.SearchStrategy[int] = _SOME_OPEN) -> str:
    """Two to five clauses of one or two files, perhaps a text beside, and what else was drawn.

    What cannot be read where it is put is mostly drawn again. `open_places`: how many are put in brackets.
    """
    some = st.sampled_from(PATHS).map(parts_of).filter(bool).flatmap(st.sampled_from)
    first = draw(some)
    second = draw(some) if draw(st.booleans()) else first
    mixture = _Mixture((first, second) if second.roles == first.roles else (first,))
    mixture.begin(draw, "draft code", draw(st.integers(2, 5)))
    if draw(st.sampled_from((False, False, True))):
        mixture.begin(draw, "instrument pact", draw(st.integers(1, 2)))
    for _ in range(draw(st.integers(0, 4))):
        mixture.add(draw, mixture.texts[0], lambda: draw(st.sampled_from(_BESIDE))(draw, mixture.files))
    for _ in range(draw(open_places)):
        mixture.open(draw)
    known = [case for file in mixture.files for case in file.cases]
    for _ in range(draw(st.integers(0, 2)) if known else 0):
        mixture.add_case(draw, draw(st.sampled_from(known)))
    return mixture.text


@dataclass
class _Text:
    """A text as far as it is put together; of the `head` what stands below its name and title."""

    name: str
    head: str
    parts: list[str] = field(default_factory=list)

    def labels(self) -> list[str]:
        return [found[2] for part in self.parts if (found := _own_label(part))]


def _own_label(part: str) -> re.Match[str] | None:
    return re.match(rf"(.*?\b(?:clause|reserve|prejudice|left out) )({_LABEL.pattern})", part)


class _Mixture:
    """What was put together so far; it can be read, but for what was added last."""

    def __init__(self, files: Sequence[Parts]) -> None:
        self.files, self.texts, self.cases = files, list[_Text](), list[str]()
        self._new = dict[tuple[str, str], str]()  # labels of clauses of examples, to those that they have here

    @property
    def text(self) -> str:
        return written(self.files, self.texts, self.cases)

    def begin(self, draw: st.DrawFn, name: str, clauses: int) -> None:
        """A text with a header of the files, without what it says of other texts."""
        head = draw(st.sampled_from([head for file in self.files for head in file.heads]))
        text = _Text(name, "\n".join(line for line in head.split("\n")[1:] if line.startswith(" ")))
        self.texts.append(text)
        for _ in range(clauses):
            self.add(draw, text, lambda: draw(st.sampled_from(draw(st.sampled_from(self.files)).clauses)))

    def add(self, draw: st.DrawFn, text: _Text, drawn: Callable[[], str]) -> None:
        for _ in range(_TRIES):
            part = self._relabelled(draw, text, drawn())
            text.parts.append(part)
            if not part or reads(self.text):
                return
            text.parts.pop()

    def _relabelled(self, draw: st.DrawFn, text: _Text, part: str) -> str:
        known = text.labels()
        if found := _own_label(part):
            fresh = str(len(known) + 1)
            self._new[text.name, found[2]] = fresh
            return f"{found[1]}{fresh}{self._referring(draw, text, part[found.end() :], known)}"
        return self._referring(draw, text, part, known)

    def _referring(self, draw: st.DrawFn, text: _Text, words: str, known: Sequence[str]) -> str:
        """References to what is there."""

        def there(label: re.Match[str]) -> str:
            new = self._new.get((text.name, label[0]))
            return new or (draw(st.sampled_from(known)) if known else label[0])

        return _REFERENCES.sub(lambda found: _LABEL.sub(there, found[0]), words)

    def add_case(self, draw: st.DrawFn, case: str) -> None:
        known = self.texts[0].labels()
        case = self._referring(draw, self.texts[0], case, known)
        self.cases.append(case)
        if not reads(self.text):
            self.cases.pop()

    def open(self, draw: st.DrawFn) -> None:
        """Puts something that is said in brackets."""
        text = self.texts[0]
        for _ in range(_TRIES if text.parts else 0):
            place = draw(st.integers(0, len(text.parts) - 1))
            before = text.parts[place]
            text.parts[place] = draw(st.sampled_from(_OPENED))(draw, before)
            if text.parts[place] != before and reads(self.text):
                return
            text.parts[place] = before


def reads(text: str) -> bool:
    """Whether all of it can be understood."""
    try:
        systems, findings = cbm.load_text(text)
    except Misuse:
        return False
    return bool(systems) and not findings


# ---- what is added


def _an_edge(draw: st.DrawFn, files: Sequence[Parts]) -> str:
    """A clause that stands in some relation to another one."""
    clause = draw(st.sampled_from([part for file in files for part in file.clauses]))
    edge = draw(st.sampled_from(("in place of", "in place of", "subject to", "notwithstanding", "restates")))
    return f"{clause.rstrip()}\n  {edge} 1"


def _an_exception(draw: st.DrawFn, files: Sequence[Parts]) -> str:
    return f"clause 99 exception to 1{_when(draw, files)}"


def _a_promise(draw: st.DrawFn, files: Sequence[Parts]) -> str:
    topics = [name for file in files for name, said in file.declared.items() if said.startswith("topic ")]
    when = draw(st.sampled_from(("", _when(draw, files))))
    return f"covers {draw(st.sampled_from(topics))} in every type of encounter{when}" if topics else ""


def _a_reserve(draw: st.DrawFn, files: Sequence[Parts]) -> str:
    return f'reserve 98 "a matter"{_when(draw, files)}'


def _when(draw: st.DrawFn, files: Sequence[Parts]) -> str:
    """A condition of some clause; nothing where there is none."""
    conditions = [found[1] for file in files for part in file.clauses for found in _CONDITION.finditer(part)]
    return f" when {draw(st.sampled_from(conditions))}" if conditions else ""


def _something(draw: st.DrawFn, files: Sequence[Parts]) -> str:
    every = [part for file in files for part in file.clauses if not re.match(r"\W*clause", part)]
    return draw(st.sampled_from(every)) if every else ""


_BESIDE = (_an_edge, _an_edge, _an_exception, _a_promise, _a_reserve, _something)


def _another_modality(draw: st.DrawFn, part: str) -> str:
    either = draw(st.sampled_from(("[must | should]", "must [not]", "[must | may]")))
    return re.sub(r"\bmust\b(?! not)", either, part, count=1)


def _another_figure(draw: st.DrawFn, part: str) -> str:
    found = _FIGURE.search(part)
    if found is None:
        return part
    unit = re.sub(r"[\d,. ]", "", found[0])
    return f"{part[: found.start()]}[{found[0]} | {draw(st.integers(0, 9))} {unit}]{part[found.end() :]}"


def _in_or_out(draw: st.DrawFn, part: str) -> str:
    return f"[{part}{draw(st.sampled_from(('', ' | delete')))}]"


def _a_condition_less(draw: st.DrawFn, part: str) -> str:
    del draw
    return re.sub(r"\b(when .+?)(?=\s+(?:must|may|should|need)\b)", r"[\1]", part, count=1)


_OPENED = (_another_modality, _another_figure, _in_or_out, _a_condition_less)


# ---- as a text


def written(files: Sequence[Parts], texts: Sequence[_Text], cases: Sequence[str]) -> str:
    """The text, with the declarations of all words in it."""
    beside = "".join(f"\n  beside {text.name.split()[1]}" for text in texts[1:])
    said = [
        "\n".join(
            (
                f'{text.name} "{text.name}"',
                "  uses mixed" + (beside if text is texts[0] else ""),
                text.head,
                *text.parts,
            )
        )
        for text in texts
    ]
    said += ["\n".join(('cases "Cases" for code', *cases))] if cases else []
    body = re.sub(r"\n+", "\n", "\n".join(said))
    return f"{_vocabulary(files, body)}\n\n{body}\n"


def _vocabulary(files: Sequence[Parts], body: str) -> str:
    declared = dict[str, str]()
    attributes = dict[str, tuple[bool, str]]()
    for file in files:
        declared |= {name: said for name, said in file.declared.items() if name not in declared}
        attributes |= {name: said for name, said in file.attributes.items() if name not in attributes}
    types, roles = files[0].types, files[0].roles
    parties = [name for name, said in files[0].declared.items() if said.startswith("party ")][:2]
    wanted, left = set[str](), {*_words(body), *_words(types), *parties, "party"}
    while left:
        wanted |= left
        saying = [said for name in left if (said := declared.get(name) or attributes.get(name, (False, ""))[1])]
        left = {word for said in saying for word in _words(said)} - wanted
    bonds = [b for file in files for b in file.bonds if _words(b) & {*declared, *attributes} <= wanted]
    lines = dict.fromkeys(said for name, said in declared.items() if name in wanted)
    each, shared = (
        [said for n, (s, said) in attributes.items() if n in wanted and s == is_shared] for is_shared in (False, True)
    )
    return "\n".join(
        (
            *('vocabulary mixed "Words of examples"', "situation encounter", roles),
            *(("each", *(f"  {said}" for said in each)) if each else ()),
            *(("shared", *(f"  {said}" for said in shared)) if shared else ()),
            *lines,
            *dict.fromkeys(bonds),
            types,
        )
    )


def _words(text: str) -> set[str]:
    return set(_WORD.findall(_QUOTED.sub("", text)))

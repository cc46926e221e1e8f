"""A document to a text to be formalised: its words paragraph by paragraph, with a place for the clause below each.

What stands below is `left out … because "not formalised yet"`, which the language has for provisions that a text does
not render: so the text can be checked from the first clause on, and nothing that is still missing is forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from cbm.highlighting.word_classes import BEGINNINGS, CONNECTIVES, DECLARATIONS, MARKS, MODALS, OTHER_WORDS
from cbm.papers.anchors import anchor_line, origin_line
from cbm.papers.brackets_spelled import open_words, proposal_head, spelled
from cbm.papers.delegations import DelegationNames, party_titles
from cbm.papers.laid_out import LaidOutDocument
from cbm.papers.option_heads import OptionHead
from cbm.papers.paper import MarginNote, Paper, PaperParagraph, PaperTable, TrackedKind, UnreadPart
from cbm.papers.prose import cell, inline, prose
from cbm.papers.provision_labels import Numbered, numbered
from cbm.papers.table_rows import Row, RowPassages, passages_of, read_table
from cbm.papers.typed_numbers import typed_number
from cbm.render.columns import begun
from cbm.resolve.labels import full_label
from cbm.translation.saying import say

_WORDS = frozenset(chain(BEGINNINGS, CONNECTIVES, DECLARATIONS, MARKS, MODALS, OTHER_WORDS))
_HEAD = re.compile(r"[\[|]\s*((?:[^\W\d]\w*)(?:, [^\W\d]\w*)*)(?:\s*\"[^\"\n]*\")?:")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_HAN_OR_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]")
_DEEPEST = 6  # of headings in Markdown


def skeleton(paper: Paper, file: str, delegations: Mapping[str, str] | None = None) -> LaidOutDocument:
    """Lays a document out; `delegations` says for which party authors of changes speak."""
    layout = _Layout(paper, delegations or {})
    text = layout.text(file)
    return LaidOutDocument(text, layout.paragraphs, layout.provisions, tuple(layout.names.unknown), layout.unread)


class _Layout:
    """What was laid out so far, and what was met on the way."""

    def __init__(self, paper: Paper, delegations: Mapping[str, str]) -> None:
        self._paper = paper
        self._titles = party_titles()
        self.names = DelegationNames(delegations, self._titles)
        passages = passages_of(paper, self.names.proposer)
        self._numbered = {one.paragraph.place: one for one in numbered(passages)}
        self._nested = _is_nested(list(self._numbered.values()))
        self._language = _language_of(paper)
        self._article = ""
        self._parties: dict[str, None] = {}
        self._option = 0  # the number of the option that is laid out, in its choice
        self.paragraphs = self.provisions = self.unread = 0

    def text(self, file: str) -> str:
        body = "\n\n".join(filter(None, map(self._block, self._paper.blocks)))
        around = [self._note(note) for note in self._paper.around]
        hint = say("Each paragraph stands here as it was. Write its clause in place of `left out`, below its words.")
        title = inline(self._paper.title) or file
        head = [origin_line(file), f"<!-- {hint} -->", "", f"# {title}", "", *self._header(file), ""]
        return "\n".join([*head, body, *(f"\n{note}" for note in around)]).rstrip("\n") + "\n"

    def _header(self, file: str) -> list[str]:
        parties = list(self._parties)
        between = f"  between {', '.join(parties)}" if len(parties) > 1 else f"  # between CN, JP: {say('its parties')}"
        name = _draft_name(file)
        return _fenced([f"draft {name} {self._titled(self._paper.title or name)}", "  uses encounters", between])

    def _block(self, block: PaperParagraph | PaperTable | UnreadPart) -> str:
        match block:
            case PaperParagraph():
                return self._paragraph(block)
            case PaperTable():
                return self._table(block)
            case UnreadPart():
                return self._not_read(block.words)

    def _paragraph(self, paragraph: PaperParagraph) -> str:
        one = self._numbered[paragraph.place]
        words = self._words(paragraph)
        beside = [*map(self._not_read, paragraph.unread), *map(self._note, paragraph.notes)]
        if not words.strip():
            return "\n\n".join(beside)
        self.paragraphs += 1
        if paragraph.is_title and " ".join(paragraph.words.split()) == self._paper.title and not paragraph.change:
            return "\n\n".join([anchor_line(paragraph), *beside])
        lines = [anchor_line(paragraph), *_shown(one, words), *(f"\n{line}" for line in beside)]
        statements = self._statements(one, words)
        return "\n".join([*lines, *(["", *_fenced(statements)] if statements else [])])

    def _words(self, paragraph: PaperParagraph) -> str:
        """With its brackets as the language has them, and what was not read at its place."""
        told = [
            piece if not piece.unread else type(piece)(f" ({self._unread_words(piece.unread)}) ", piece.changes)
            for piece in paragraph.pieces
        ]
        words = spelled(told, self.names.party)
        self._note_parties(words)
        return words

    def _note_parties(self, words: str) -> None:
        """Who proposes something in them is a party of the text."""
        known = {name for _, name in self._titles}
        for head in _HEAD.finditer(words):
            for name in head[1].split(", "):
                self._note_party(name if name in known else "")

    def _note_party(self, name: str) -> None:
        if name:
            self._parties[name] = None

    def _statements(self, one: Numbered, words: str) -> list[str]:
        """What stands for a paragraph until it is formalised, with where options begin and end."""
        lines = [self._option_line(one.option)] if one.option else []
        if not (one.option and one.option.deletes):
            lines += self._statement(one, words)
        if one.ends_options:
            lines.append("end of options")
        if one.is_end_guessed:
            lines.append(f"  # {say('where the last option ends is a guess: move this line if it is elsewhere')}")
        return lines

    def _option_line(self, head: OptionHead) -> str:
        """`option 2 "Alternative B":`, with who proposes it where that is told."""
        self._option = 1 if head.begins else self._option + 1
        party = self.names.proposer(head.who)
        self._note_party(party)
        plain = head.name.lower() == f"option {self._option}"
        name = "" if (plain and not head.title) or (party and head.name == head.who) else head.name
        who = head.who if not party else ""
        remark = ": ".join(filter(None, (" ".join(filter(None, (name, f"({who})" if who else ""))), head.title)))
        titled = f" {self._titled(remark)}" if remark else ""
        return f"option {party or self._option}{titled}:{' delete' if head.deletes else ''}"

    def _statement(self, one: Numbered, words: str) -> list[str]:
        """What stands for a paragraph itself; nothing for one that is no provision."""
        if one.is_article and self._nested:
            self._article = one.label
            return [f"article {one.label} {self._titled(one.title)}" if one.title else f"article {one.label}"]
        if one.is_article or one.is_heading:
            self._article = ""
            return [f"article {_quoted(one.title or one.label)}"]  # where there is no label, no language is said first
        if not one.label and not one.problem:
            return []
        self.provisions += 1
        label = _within(self._article, one.label)
        because = _quoted(say("not formalised yet"))
        return [
            self._with_change(one.paragraph, f"left out{f' {label}' if label else ''} because {because}"),
            *([f"  # {one.problem}"] if one.problem else []),
            *(f"  # {line}" for line in self._open(one.paragraph, words)),
        ]

    def _with_change(self, paragraph: PaperParagraph, statement: str) -> str:
        """What stands for a paragraph, as a proposal where all of it is one."""
        change = paragraph.change
        if change is None:
            return statement
        head = proposal_head(change.author, self.names.party)
        return f"[{head}: {statement}]" if change.kind is TrackedKind.INSERTED else f"[{statement} | {head}: delete]"

    def _open(self, paragraph: PaperParagraph, words: str) -> Iterator[str]:
        """What is open in it, in the spelling of the language."""
        if paragraph.change is not None:
            words = words.strip().removeprefix("[").removesuffix("]").partition(": ")[2]
        for place in open_words(words, self._titles):
            self._note_parties(place.spelled)
            yield ": ".join(filter(None, (place.spelled, place.remark)))

    def _table(self, table: PaperTable) -> str:
        """As it is, where it has no provisions; else row by row below the heads of its columns."""
        told = read_table(table, self.names.proposer)
        unread = list(map(self._not_read, table.unread))
        heads = [told.heads] if told.heads else []
        parts, waiting = list[str](), list[Row]()
        for row in told.rows:
            waiting.append(row.cells)
            if statements := list(self._row_statements(row)):
                parts += self._rows([*heads, *waiting], statements[0][0])
                for place, (paragraph, lines) in enumerate(statements):
                    parts.append("\n".join([*([anchor_line(paragraph)] if place else []), *_fenced(lines)]))
                waiting = []
        if not parts:
            words = say("a table: its words stand here, and no clauses")
            return "\n\n".join([*self._rows(table.rows), f"> {inline(begun(words))}", *unread])
        return "\n\n".join([*parts, *(self._rows([*heads, *waiting]) if waiting else []), *unread])

    def _row_statements(self, row: RowPassages) -> Iterator[tuple[PaperParagraph, list[str]]]:
        """What stands for the paragraphs of a row, of those that are provisions."""
        for passage in row.passages:
            paragraph = passage.paragraph
            if statements := self._statements(self._numbered[paragraph.place], self._words(paragraph)):
                self.paragraphs += 1
                yield paragraph, statements

    def _rows(self, rows: Sequence[Row], about: PaperParagraph | None = None) -> list[str]:
        """Rows below the line that says from which paragraph they are, and what stands beside them."""
        width = max(map(len, rows), default=0)
        first = about or next((one for row in rows for one in chain(*row) if one.all_words.strip()), None)
        lines, beside = [anchor_line(first)] if first else [], list[str]()
        for place, row in enumerate(rows):
            cells = [cell(" ¶ ".join(filter(None, map(self._cell_words, inside)))) for inside in row]
            lines.append(f"| {' | '.join(cells + [''] * (width - len(cells)))} |")
            if not place:
                lines.append("|" + "---|" * width)
            for paragraph in chain.from_iterable(row):
                beside += [*map(self._not_read, paragraph.unread), *map(self._note, paragraph.notes)]
        return ["\n".join(lines), *beside]

    def _cell_words(self, paragraph: PaperParagraph) -> str:
        return f"{paragraph.number} {self._words(paragraph)}".strip()

    def _titled(self, title: str) -> str:
        """A title in the language of the document."""
        return f"{self._language} {_quoted(title)}" if self._language else _quoted(title)

    def _note(self, note: MarginNote) -> str:
        return f"> **{inline(begun(note.name))}:** {inline(note.words)}"

    def _not_read(self, what: str) -> str:
        return f"> {inline(begun(self._unread_words(what)))}"

    def _unread_words(self, what: str) -> str:
        self.unread += 1
        return say("not read: {what}", what=what)


def _within(article: str, label: str) -> str:
    """How a clause of this article writes its label: without that of the article, where nothing else is read so."""
    short = label.removeprefix(f"{article}.") if article else label
    return short if full_label(article, short) == label else label


def _shown(one: Numbered, words: str) -> Iterator[str]:
    """The words of a paragraph below its number, as a heading or as an item of a list if it is one."""
    paragraph = one.paragraph
    number = paragraph.number or typed_number(words)
    said = words if paragraph.number else words[len(number) :]
    text = prose(said.strip())
    if one.is_article or one.is_heading or (one.option and not one.label and not one.problem):
        level = min(_DEEPEST, max(3 if one.option else 2, paragraph.heading + 1))
        yield f"{'#' * level} {inline(f'{number} {said}')}"
    elif number == "•":
        depth = paragraph.numbered_as[1] if paragraph.numbered_as else 0
        yield f"{'  ' * depth}- {text}"
    else:
        yield f"**{inline(number)}** {_behind(said)}".strip() if number else text


def _behind(words: str) -> str:
    """The lines of a paragraph behind its number."""
    first, _, rest = words.strip().partition("\n")
    return f"{inline(first)}\\\n{prose(rest)}" if rest.strip() else inline(first)


def _is_nested(found: Sequence[Numbered]) -> bool:
    """Whether each provision stands in an article whose label is the beginning of its own."""
    article = ""
    for one in found:
        if one.is_article:
            article = one.label
        elif one.is_heading:
            article = ""
        elif one.label and (not article or not one.label.startswith(f"{article}.")):
            return False
    return True


def _fenced(lines: Sequence[str]) -> list[str]:
    return ["```cbm", *lines, "```"]


def _language_of(paper: Paper) -> str:
    """Japanese where the document has kana, Chinese where it is in Han characters without; else none is said."""
    words = "".join(paragraph.words for paragraph in paper.paragraphs)
    if len(_HAN_OR_KANA.findall(words)) * 2 < len("".join(words.split())):
        return ""
    return "ja" if _KANA.search(words) else "zh"


def _quoted(words: str) -> str:
    return f'"{" ".join(words.split()).translate(_STRAIGHT)}"'


_STRAIGHT = str.maketrans({'"': "”"})


def _draft_name(file: str) -> str:
    """A name for the draft from that of its file."""
    stem = file.rpartition("/")[2].rpartition(".")[0] or file
    name = re.sub(r"\W+", "_", stem).strip("_")
    if not name or not re.match(r"[^\W\d]", name):
        name = f"text_{name}".rstrip("_")
    return f"{name}_text" if name in _WORDS else name

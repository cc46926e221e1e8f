"""A table to what may be provisions in it: rows with a number, and columns of what is proposed against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from cbm.papers.option_heads import OptionHead, PaperPassage, arranged, column_head, is_deletion, passage_of
from cbm.papers.paper import Paper, PaperParagraph, PaperTable
from cbm.papers.typed_numbers import article_of, bare_count, is_number, said_words, typed_number
from cbm.records import Record, replace

Row = tuple[tuple[PaperParagraph, ...], ...]
Proposers = Callable[[str], str]  # the head of a column to the party that proposes what stands in it; empty where none


class RowPassages(Record):
    """A row, and what may be provisions in it, in order."""

    cells: Row
    passages: tuple[PaperPassage, ...]


class TableReading(Record):
    """The heads of the columns, empty where there are none, and the rows below."""

    heads: Row
    rows: tuple[RowPassages, ...]


def passages_of(paper: Paper, proposers: Proposers) -> list[PaperPassage]:
    """All that may be a provision, in order, that in tables among it."""
    return arranged(list(_passages(paper, proposers)))


def _passages(paper: Paper, proposers: Proposers) -> Iterator[PaperPassage]:
    for block in paper.blocks:
        if isinstance(block, PaperParagraph):
            yield passage_of(block)
        elif isinstance(block, PaperTable):
            for row in read_table(block, proposers).rows:
                yield from row.passages


def read_table(table: PaperTable, proposers: Proposers) -> TableReading:
    """What stands in its first column are numbers, if that is all that stands there; the next one has the provisions.

    What other columns say stands beside them, but where their heads name parties or options.
    """
    width = max(map(len, table.rows), default=0)
    has_numbers = width > 1 and _are_numbers([_told(row[0]) for row in table.rows if len(row) == width])
    place = next((n for n, row in enumerate(table.rows) if len(row) == width), 0)  # above it, cells may be joined
    first = table.rows[place] if table.rows else ()
    proposals = dict(_proposals(first, proposers, has_numbers))
    has_heads = len(table.rows) > place + 1 and (bool(proposals) or _is_head(first, has_numbers))
    below = (*table.rows[:place], *table.rows[place + 1 :]) if has_heads else table.rows
    if not has_heads:
        proposals = {}
    return TableReading(
        first if has_heads else (),
        tuple(RowPassages(row, tuple(_in_row(row, width, has_numbers, proposals))) for row in below),
    )


def _told(cell: Sequence[PaperParagraph]) -> str:
    """The words of a cell on one line, with the numbers that are counted."""
    return " ".join(" ".join((one.number, said_words(one))) for one in cell).strip()


def _are_numbers(cells: Sequence[str]) -> bool:
    """Whether these are the cells of a column of numbers, whatever stands above them."""
    counted, found = 0, 0
    for place, words in enumerate(" ".join(cell.split()) for cell in cells):
        if is_number(words, counted):
            counted, found = bare_count(words) or counted, found + 1
        elif words and place:
            return False
    return found > 0


def _is_head(row: Row, has_numbers: bool) -> bool:
    """Whether the first row has the heads of columns: it has no number where the others have theirs."""
    if has_numbers:
        return not is_number(_told(row[0]))
    first = next((one for one in row[0] if said_words(one).strip()), None) if row else None
    return first is None or not (first.number or typed_number(said_words(first)) or article_of(first) or first.heading)


def _proposals(heads: Row, proposers: Proposers, has_numbers: bool) -> Iterator[tuple[int, OptionHead]]:
    """Of each column of proposals its head."""
    for column, cell in enumerate(heads[int(has_numbers) :], int(has_numbers)):
        words = " ".join(_told(cell).split())
        if proposers(words):
            yield column, OptionHead("", 0, "", words)
        elif found := column_head(words):
            yield column, found


def _in_row(row: Row, width: int, has_numbers: bool, proposals: dict[int, OptionHead]) -> Iterator[PaperPassage]:
    if len(row) < width:  # cells are joined
        yield from (passage_of(one) for cell in row[:1] for one in cell)
        return
    number = _told(row[0]) if has_numbers else ""
    columns = {column: _said(row[column]) for column in (int(has_numbers), *proposals) if column < len(row)}
    filled = {column: said for column, said in columns.items() if said}
    proposed = [column for column in filled if column in proposals]
    for column, said in filled.items():
        read = [one if place or not number else replace(one, number=number) for place, one in enumerate(said)]
        if not proposed:
            yield from (replace(passage_of(as_read), paragraph=one) for one, as_read in zip(said, read, strict=True))
            continue
        head = proposals.get(column, OptionHead("", 0, ""))
        deletes = column in proposals and len(said) == 1 and is_deletion(" ".join(said_words(said[0]).split()))
        head = replace(head, begins=column == next(iter(filled)), is_last=column == list(filled)[-1], deletes=deletes)
        for place, (one, as_read) in enumerate(zip(said, read, strict=True)):
            ends = head.is_last and place == len(said) - 1
            yield PaperPassage(one, as_read, None if place else head, is_set=True, ends=ends)


def _said(cell: Iterable[PaperParagraph]) -> list[PaperParagraph]:
    return [one for one in cell if said_words(one).strip()]

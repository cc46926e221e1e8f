"""The numbers that Word counts and shows before paragraphs, which stand nowhere in their words (ECMA-376, 17.9)."""

from __future__ import annotations

from collections.abc import Iterator
from re import sub

from cbm.papers.number_forms import is_known, written
from cbm.papers.word_names import Element, child, is_on, name_of, value
from cbm.records import Record
from cbm.translation.saying import say

_BULLET = "bullet"


class ListLevel(Record):
    """How a level of a list is counted and shown: `text` is `%1.%2`, with a place for the count of each level."""

    start: int
    form: str
    text: str
    restart: int | None  # the level, from 1 on, after which it begins again; 0: never; None: after any above it
    is_legal: bool  # all counts are shown in digits


class ShownNumber(Record):
    """A number as it is shown, the list and the level that count it, and what was not understood of it."""

    text: str
    list_id: str
    level: int
    unread: str = ""


class Numbering:
    """The lists of a document while its paragraphs are read in order: where each of them stands."""

    def __init__(self, numbering: Element, styles: Element) -> None:
        self._styles = {value(style, "styleId"): style for style in _below(styles, "style")}
        self._lists: dict[str, Element] = {value(one, "abstractNumId"): one for one in _below(numbering, "abstractNum")}
        self._used: dict[str, Element] = {value(one, "numId"): one for one in _below(numbering, "num")}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()  # of numberings that begin anew, the levels that did so

    def next_number(self, paragraph: Element) -> ShownNumber | None:
        """What is shown before this paragraph, the next one in order; None where nothing is counted."""
        found = self._place(paragraph)
        used = self._used.get(found[0]) if found else None
        if found is None or used is None:
            return None
        num_id, depth = found
        list_id = self._list_of(used)
        levels = self._levels(list_id, used)
        level = levels.get(depth)
        if level is None:
            return None
        counts = self._counts.setdefault(list_id, {})
        anew = value(child(self._override(used, depth), "startOverride"))
        if anew and (num_id, depth) not in self._begun:
            self._begun.add((num_id, depth))
            counts.pop(depth, None)
            level = ListLevel(int(anew), level.form, level.text, level.restart, level.is_legal)
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for below, other in levels.items():
            if below > depth and (other.restart is None or (other.restart and depth < other.restart)):
                counts.pop(below, None)
        unread = (
            "" if level.form == _BULLET or is_known(level.form) else say("a number of the form {form}", form=level.form)
        )
        return ShownNumber(self._shown(level, levels, counts), list_id, depth, unread)

    def heading(self, paragraph: Element) -> int:
        """The level of a heading from 1 on, 0 of what is none."""
        direct = value(child(paragraph, "pPr", "outlineLvl"))
        levels = [direct, *(value(child(style, "pPr", "outlineLvl")) for style in self._chain(paragraph))]
        said = next((level for level in levels if level), "9")
        return int(said) + 1 if said.isdigit() and int(said) < 9 else 0

    def is_title(self, paragraph: Element) -> bool:
        return any(value(child(style, "name")).lower() == "title" for style in self._chain(paragraph))

    def _chain(self, paragraph: Element) -> Iterator[Element]:
        """The style of a paragraph and those it is based on."""
        name, seen = value(child(paragraph, "pPr", "pStyle")), set[str]()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = value(child(self._styles[name], "basedOn"))

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        """The numbering and the level of a paragraph: its own, or those of its style."""
        own = child(paragraph, "pPr", "numPr")
        num_id, level = value(child(own, "numId")), value(child(own, "ilvl"))
        for style in self._chain(paragraph):
            if num_id and level:
                break
            inherited = child(style, "pPr", "numPr")
            num_id = num_id or value(child(inherited, "numId"))
            level = level or value(child(inherited, "ilvl")) or self._level_of_style(num_id, value(style, "styleId"))
        return (num_id, int(level or 0)) if num_id and num_id != "0" else None

    def _level_of_style(self, num_id: str, style: str) -> str:
        used = self._used.get(num_id)
        found = self._lists.get(self._list_of(used)) if used is not None else None
        return next((value(one, "ilvl") for one in _below(found, "lvl") if value(child(one, "pStyle")) == style), "")

    def _list_of(self, used: Element) -> str:
        """The list that counts: where it only names a style of lists, the one that has this style."""
        list_id = value(child(used, "abstractNumId"))
        linked = value(child(self._lists.get(list_id), "numStyleLink"))
        if not linked:
            return list_id
        return next((one for one, found in self._lists.items() if value(child(found, "styleLink")) == linked), list_id)

    def _override(self, used: Element, depth: int) -> Element:
        return next((one for one in _below(used, "lvlOverride") if value(one, "ilvl") == str(depth)), None)

    def _levels(self, list_id: str, used: Element) -> dict[int, ListLevel]:
        found = {int(value(one, "ilvl") or 0): one for one in _below(self._lists.get(list_id), "lvl")}
        for depth in list(found):
            changed = child(self._override(used, depth), "lvl")
            found[depth] = found[depth] if changed is None else changed
        return {depth: _level(one) for depth, one in found.items()}

    def _shown(self, level: ListLevel, levels: dict[int, ListLevel], counts: dict[int, int]) -> str:
        """`%1.%2` with the counts in place; a level that was never used counts as begun."""
        if level.form == _BULLET:
            return "•"

        def count(depth: int) -> str:
            other = levels.get(depth)
            if other is None:
                return ""
            return written(counts.get(depth, other.start), "decimal" if level.is_legal else other.form)

        return sub(r"%([1-9])", lambda found: count(int(found[1]) - 1), level.text).strip()


def _level(element: Element) -> ListLevel:
    form = child(element, "numFmt")
    restart = value(child(element, "lvlRestart"))
    return ListLevel(
        start=int(value(child(element, "start")) or 0),
        form=value(form) or "decimal",
        text=value(child(element, "lvlText")),
        restart=int(restart) if restart else None,
        is_legal=is_on(child(element, "isLgl")),
    )


def _below(element: Element, name: str) -> Iterator[Element]:
    if element is not None:
        yield from (one for one in element.iterchildren() if name_of(one) == f"w:{name}")

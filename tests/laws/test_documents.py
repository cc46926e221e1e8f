"""Laws: how texts over the shipped vocabulary are written changes nothing in what is found in them."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from cbm.finding import Report
from cbm.pipeline import load, run
from cbm.semantics.core import NormSystem
from cbm.source import Span

from .changes import coded, decoded, mixed, rebuilt
from .documents import Documents, documents, joined, written
from .gist import assert_implied_in_order, gists, regions, same_place, shown, without_examples
from .rewritten import VOCABULARY, in_another_order, names_of, with_names
from .sparing import sparingly

CHANCE = st.randoms(use_true_random=False)
SHIPPED = VOCABULARY.read_text(encoding="utf-8")
Back = Callable[[str], str]  # from what is said of a changed text to what is said of the text itself


def reported(subject: str, files: Mapping[str, str], *also: str) -> Report:
    """What is found in the file of this name (and others, if there are such), with the rest beside it."""
    with _folder(files) as folder:
        return run([Path(folder, name) for name in (subject, *also) if name in files])


def understood(files: Mapping[str, str]) -> NormSystem:
    """The draft as a norm system."""
    with _folder(files) as folder:
        (system,), _ = load([Path(folder, "code.cbm")])
        return system


@contextmanager
def _folder(files: Mapping[str, str]) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        yield folder


def plainly(of: Documents) -> Report:
    """What is found in the draft as it is written first."""
    pieces = written(of)
    return reported("code.cbm", files_of(pieces))


def files_of(pieces: Mapping[str, list[str]]) -> dict[str, str]:
    """The draft with its cases in a file, and each accord in one of its own."""
    draft = joined(pieces["code"], pieces.get("cases", []))
    return {"code.cbm": draft} | {
        f"{name}.cbm": joined(some) for name, some in pieces.items() if name not in ("code", "cases")
    }


def unchanged(text: str) -> str:
    return text


def told(report: Report, back: Back = unchanged) -> list[Counter[Hashable]]:
    """Everything that is said, places by what is written there."""

    texts = _texts(back)
    parts = (report.findings, report.attestations, report.questions)
    said = rebuilt(parts, lambda part: back(part.text) if isinstance(part, Span) else texts(part))
    return [Counter(some) for some in said]


def _texts(back: Back) -> Callable[[object], object]:
    return lambda part: back(part) if type(part) is str else None


def assert_alike(of: Documents, report: Report, back: Back = unchanged, *without: str) -> None:
    """What is found comes to the same."""

    plain, known = plainly(of), rebuilt(report, _texts(back))
    there = gists(known.findings, *without, place=lambda span: back(span.text))
    assert there == gists(plain.findings, *without, place=lambda span: span.text)
    assert shown(known) == shown(plain)


# ---- names


def under_other_names(of: Documents, names: Mapping[str, str]) -> Report:
    files = {**files_of(written(of)), "encounters.cbm": SHIPPED}
    renamed = {f"{names[name.removesuffix('.cbm')]}.cbm": with_names(text, names) for name, text in files.items()}
    return reported(f"{names['code']}.cbm", renamed)


@sparingly(10)
@given(documents())
def test_names_in_the_same_alphabetical_order_change_nothing_but_examples(of: Documents) -> None:
    names = coded(names_of(SHIPPED, *files_of(written(of)).values()))
    report = under_other_names(of, names)
    assert told(without_examples(report), lambda text: decoded(text, names)) == told(without_examples(plainly(of)))


@sparingly(10)
@given(documents(), CHANCE)
def test_other_names_change_nothing_but_which_example_and_which_conditions_are_told(
    of: Documents, chance: Random
) -> None:
    names = coded(mixed(names_of(SHIPPED, *files_of(written(of)).values()), chance))
    assert_alike(of, under_other_names(of, names), lambda text: decoded(text, names))


@sparingly(10)
@given(documents(), CHANCE)
def test_other_labels_change_nothing_but_which_example_and_which_conditions_are_told(
    of: Documents, chance: Random
) -> None:
    labels = mixed(["III.2", "9 bis", "17(a)(i)", "11", "B", "2.10", "2.9", "40", "5"], chance)
    back = {label: str(number) for number, label in enumerate(labels, 1)}
    spelt = re.compile(
        r"(?<![\w.])(?:" + "|".join(map(re.escape, sorted(labels, key=len, reverse=True))) + r")(?![\w.(])"
    )
    pieces = written(of, lambda number: labels[number - 1])
    assert_alike(of, reported("code.cbm", files_of(pieces)), lambda text: spelt.sub(lambda f: back[f[0]], text))


# ---- order


@sparingly(10)
@given(documents(), CHANCE)
def test_order_changes_nothing_but_which_of_several_clauses_is_told(of: Documents, chance: Random) -> None:
    """Of clauses, promises and cases, and of what the vocabulary declares."""
    other = replace(
        of,
        draft=tuple(mixed(of.draft, chance)),
        accord=tuple(mixed(of.accord, chance)),
        promises=tuple(mixed(of.promises, chance)),
        cases=tuple(mixed(of.cases, chance)),
    )
    files = {**files_of(written(other)), "encounters.cbm": in_another_order(SHIPPED, chance)}
    report = reported("code.cbm", files)
    assert_alike(of, report, unchanged, "redundancy")
    assert_same_places(files_of(written(of)), files)
    assert_implied_in_order(plainly(of), _order(of), report, _order(other))


def _order(of: Documents) -> list[str]:
    return [f"code:{clause.number}" for clause in of.draft]


def assert_same_places(plain: Mapping[str, str], other: Mapping[str, str], back: Back = unchanged) -> None:
    """The clauses of the draft clash in the same encounters."""
    system, changed = understood(plain), understood(other)
    found = {rebuilt(name, _texts(back)): region for name, region in regions(changed).items()}
    assert regions(system).keys() == found.keys()
    for name, region in regions(system).items():
        assert same_place(region, found[name], system.situation.roles), name


# ---- sides


@sparingly(10)
@given(documents())
def test_parties_that_change_sides_change_nothing_but_their_names(of: Documents) -> None:
    def turned(text: str) -> str:
        return re.sub(r"\b(?:CN|JP)\b", lambda found: {"CN": "JP", "JP": "CN"}[found[0]], text)

    files = {name: turned(text) for name, text in files_of(written(of)).items()}
    assert_alike(of, reported("code.cbm", files), turned)


# ---- files


@sparingly(10)
@given(documents(), CHANCE)
def test_which_files_and_blocks_a_text_stands_in_changes_nothing(of: Documents, chance: Random) -> None:
    """The draft in one file with its cases, or with blocks for its clauses in Markdown and its cases elsewhere."""
    pieces = written(of)
    blocks = "".join(f"Between {n} and {n + 1}:\n\n~~~ cbm\n{piece}\n~~~\n\n" for n, piece in enumerate(pieces["code"]))
    files = {"code.cbm.md": blocks, **({"cases.cbm": joined(pieces["cases"])} if "cases" in pieces else {})}
    if chance.random() < 0.5:
        files["accord.cbm.md"] = f"```cbm\n{joined(pieces['accord'])}```\n"
    else:
        files["accord.cbm"] = joined(pieces["accord"])
    assert told(reported("code.cbm.md", files, "cases.cbm")) == told(plainly(of))


@sparingly(10)
@given(documents(), st.data())
def test_an_instrument_in_two_parts_is_one(of: Documents, data: st.DataObject) -> None:
    """An exception stays with what it is an exception to."""
    cut = data.draw(st.integers(1, len(of.accord))) if of.accord else 0
    excepted = [re.findall(r"^exception to {(.)}", clause.words) for clause in of.accord[cut:]]
    assume(not any(str(clause.number) in targets for clause in of.accord[:cut] for targets in excepted))
    files = files_of(written(of, accords={"accord": of.accord[:cut], "annex": of.accord[cut:]}))
    assert_alike(of, reported("code.cbm", files), in_one)
    assert_same_places(files_of(written(of)), files, in_one)


def in_one(text: str) -> str:
    return text.replace("annex", "accord")

"""Names, quantities, references and circles by example: what they mean, and how a slip is told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from cbm.finding import Finding, Severity
from cbm.pipeline import run
from cbm.source import Source
from tests.examples import load, verify

EXAMPLES = sorted((Path(__file__).parent / "examples").glob("*.cbm"))
WORLD = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
kind craft = frigate | tanker | helicopter
situation encounter "Encounter"
roles own, other
each
  party : party
  craft : craft
  bearing : angle
shared
  night : flag
  range : length from 0 nmi to 20 nmi
topic signals
term near means range < 1 nmi
act call, answer topic signals
result separation : length from 0 m to 20 nmi topic signals
draft code "A code"
  uses strait
clause 9 a frigate must call
"""


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_example(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    verify(load(path), found)


def found(source: Source) -> Sequence[Finding]:
    """What is found in a text that stands by itself; clauses that mean the same on purpose are not told as needless."""
    path = Path(source.name)
    path.write_text(source.text, encoding="utf-8")
    return run([path], ignore=frozenset({"redundancy", "unused"})).findings


@pytest.mark.parametrize(
    ("clause", "remedies"),
    [
        ("a frigat must call", ("did you mean `frigate`?",)),
        ("a Frigate must call", ("did you mean `frigate`?",)),
        ("a sailing_boat must call", ("write one of `CN`, `JP`, `frigate`, `helicopter`, `near`, `tanker`",)),
        ("every unit must cal", ("did you mean `call`?",)),
        (
            "every unit must keep separation >= [CN: TBD | JP: 500 m]",
            ("an empty figure is written `[__ from 1 nmi to 5 nmi]`",),
        ),
        ("every unit must keep separation >= [CN: separatoin | JP: 500 m]", ("did you mean `separation`?",)),
        ("every unit must keep seperation > 1 m", ("did you mean `separation`?",)),
        ("every unit when nigth must call", ("did you mean `night`?",)),
        ("every unit when nera must call", ("did you mean `near`?",)),
        ("every unit when onw.craft is tanker must call", ("did you mean `own`?",)),
        ("every unit when own.craft is taker must call", ("did you mean `tanker`?",)),
        ("jp must call", ("did you mean `JP`?",)),
        ("frigates must call", ("did you mean `every frigate`?",)),
        ("a tanker must call restates 9a", ("did you mean `9`?",)),
        ("a tanker must call restates 9 of cod", ("did you mean `code`?",)),
    ],
)
def test_the_nearest_name_is_offered(
    clause: str, remedies: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (finding,) = found(Source("code.cbm", f"{WORLD}clause 1 {clause}\n"))
    assert (finding.rule, finding.remedies) == ("undefined", remedies)


@pytest.mark.parametrize(
    ("clause", "place", "remedies"),
    [
        ("every unit when craft is tanker must call", "craft", ("write `own.craft` or `other.craft`",)),
        ("every unit when own.night must call", "own.night", ("write `night`",)),
        ("every unit when own.craft = tanker must call", "own.craft = tanker", ("write `own.craft is tanker`",)),
        (
            "every unit when own.craft != other.craft must call",
            "own.craft != other.craft",
            ("write `own.craft is not other.craft`",),
        ),
        ("every unit when own.craft must call", "own.craft", ("write `own.craft is frigate`, for example",)),
        ("every unit when range must call", "range", ("write a comparison such as `range >= …`",)),
        ("every unit when night > 1 m must call", "night", ("write `night` alone, or `not night`",)),
        ("every unit must separation", "separation", ("write `keep separation >= …`",)),
        (
            "every unit must keep range > 1 m",
            "range",
            ("declare it as a `result`, or make it a condition with `when`",),
        ),
        (
            "other must call",
            "other",
            (
                "write the clause from the side of `own`",
                "or say `fixed roles own, other` in the vocabulary, if each keeps its role",
            ),
        ),
        (
            "every unit when own.bearing < 5 deg must call",
            "own.bearing < 5 deg",
            ("write a sector: `from 355 deg to 5 deg`",),
        ),
        (
            "every unit must keep separation >= 500",
            "separation >= 500",
            ("write the unit of every number, for example `1,000 m`",),
        ),
        ("every unit must keep separation >= 500 kt", "separation >= 500 kt", ()),
    ],
)
def test_what_was_probably_meant_is_offered(
    clause: str, place: str, remedies: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (finding,) = found(Source("code.cbm", f"{WORLD}clause 1 {clause}\n"))
    assert (finding.primary.span.text, finding.remedies) == (place, remedies)


def test_the_first_of_two_is_shown_beside_the_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (finding,) = found(Source("code.cbm", f"{WORLD}clause 9 a tanker\n  must call\n"))
    places = [(label.span.text, label.text) for label in (finding.primary, *finding.related)]
    assert places == [("clause 9 a tanker", ""), ("clause 9 a frigate must call", "used here before")]


def test_a_label_that_binds_nobody_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = f'{WORLD}without prejudice 8 "claims"\nclause 1 a tanker must call subject to 8\n'
    (finding,) = found(Source("code.cbm", text))
    assert [(label.span.text, label.text) for label in finding.related] == [
        ('without prejudice 8 "claims"', "written here")
    ]


def test_a_text_that_only_a_case_names_is_to_be_named_by_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    cases = 'instrument rules "Rules"\n  uses strait\nclause 1 a tanker must call\ncases "Cases" for code\n'
    (finding,) = found(Source("code.cbm", f"{WORLD}{cases}expect conflict 9, 1 of rules\n"))
    assert finding.remedies == ("write `beside rules` in the header of `code`",)


@pytest.mark.parametrize("word", ["lenght", "Length"])
def test_a_misspelt_dimension_is_no_kind(word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (finding,) = found(Source("code.cbm", WORLD.replace("range : length", f"range : {word}")))
    assert (finding.rule, finding.remedies) == ("undefined", ("did you mean `length`?",))


@pytest.mark.parametrize(
    ("line", "slip"),
    [
        ("roles own, other", "roles own other"),
        ("roles own, other", "roles own, own"),
        ("roles own, other", "roles own, other, third"),
        ("roles own, other", "role own, other"),
        ("roles own, other", ""),
        ("situation encounter", "situation"),
        ("kind craft = frigate", "kind craft frigate"),
        ("kind craft = frigate", "kind craft = tanker | frigate"),
        ("  craft : craft", "  craft : crafd"),
        ("  night : flag", "  night : flagg"),
        ("  party : party", "  party : partei"),
        ("each\n", "eech\n"),
    ],
)
def test_one_slip_in_a_vocabulary_is_told_once(
    line: str, slip: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    clauses = """\
clause 1 a tanker when night and own.craft is tanker and range < 1 nmi must answer
clause 2 CN when own.call must answer
clause 3 every unit meeting a tanker must answer
clause 4 every unit when own.bearing = 5 deg or other.craft is tanker must answer
"""
    text = f"{WORLD}{clauses}".replace("every unit meeting", "a frigate meeting")
    assert [f.rule for f in found(Source("code.cbm", text)) if f.severity is Severity.ERROR] == []
    assert len(found(Source("code.cbm", text.replace(line, slip, 1)))) == 1

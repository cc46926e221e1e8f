"""Mapping files: who units are and what is stated, and what is no such file with the way out."""

from __future__ import annotations

from math import inf, isnan
from pathlib import Path

import pytest

from cbm.finding import Misuse
from cbm.tracks.mapping_file import EncounterMapping, read_mapping


def mapped(folder: Path, text: str) -> EncounterMapping:
    (file := folder / "mapping.toml").write_text(text, encoding="utf-8")
    return read_mapping(file)


def test_units_have_what_is_said_of_every_one_and_of_their_own(tmp_path: Path) -> None:
    told = mapped(
        tmp_path,
        '[record]\nlongest_gap_min = 5\n[every_unit]\ncraft = "warship"\naltitude_m = 0\n'
        '[units.A]\nparty = "CN"\nfastest_kt = 36\n[thresholds]\nrisk_nmi = [0.5, 1]\nsight_nmi = 8\n',
    )
    assert told.longest_gap == 300
    assert told.unit("A").values == {"craft": "warship", "party": "CN"}
    assert told.unit("A").fastest == pytest.approx(18.52)
    assert told.unit("B").values == {"craft": "warship"}
    assert (told.unit("B").altitude, told.unit("B").fastest) == (0, inf)
    assert told.thresholds == {"risk_nmi": (926, 1852), "sight_nmi": (14816, 14816)}
    assert isnan(EncounterMapping().unit("A").altitude)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[record", "this is no TOML"),
        ("[unit.A]\n", "there is no setting `unit`; did you mean `units`?"),
        (
            "[record]\nfirst_sigt = true\n",
            "there is no setting `record.first_sigt`; did you mean `record.first_sight`?",
        ),
        ("[record]\nfirst_sight = 1\n", "record.first_sight: write true or false"),
        ("[thresholds]\nrisk_nmi = [2, 1]\n", "the range ends before it begins; write [1, 2]"),
        ('[thresholds]\nrisk_nmi = "1"\n', "write one figure, or a range such as [0.5, 2]"),
        (
            "[units.A]\nlength = 3\n",
            'write a name in quotes, true or false, or a quantity with its unit, as in "500 ft"',
        ),
        ("[units.A]\naltitude_m = 0\naltitude_ft = 0\n", "say the same: leave one of them out"),
        ('[complete]\nacts = "call"\n', 'write a list of names, such as ["call", "answer"]'),
        ('[record]\nderive = ["altitude"]\n', "`altitude` cannot be derived; course and speed can"),
    ],
)
def test_what_is_no_mapping_is_told_with_a_way_out(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(Misuse) as refused:
        mapped(tmp_path, text)
    assert words in str(refused.value)


def test_what_is_no_toml_is_told_at_its_line_with_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match=r'mapping\.toml:2: this is no TOML: write `party = "CN"`$'):
        mapped(tmp_path, "[units.A]\nparty = CN\n")
    with pytest.raises(Misuse, match=r"mapping\.toml:1: two versions of this passage stand here, which git could not"):
        mapped(tmp_path, '<<<<<<< HEAD\n[units.A]\nparty = "CN"\n=======\n>>>>>>> other\n')
    (tmp_path / "other.toml").write_bytes(b"a\xff")
    with pytest.raises(Misuse, match=r"other\.toml is not UTF-8 text \(byte 1\): save it as UTF-8$"):
        read_mapping(tmp_path / "other.toml")

"""Files are read as they stand in a folder, and all that is wrong in one is told at its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cbm.finding import Misuse, RuleId
from cbm.project.configuration.configurations import nearest
from cbm.translation.speech import Language, speaking
from tests.project.configuration.project import settle


def test_a_file_of_its_own_counts_before_the_shared_one(project: Path) -> None:
    settle('[tool.cbm]\nignore = ["gap"]', "pyproject.toml")
    assert nearest().of(project).ignore == {RuleId.GAP}
    settle("")
    assert nearest().of(project).ignore == frozenset()


def test_all_that_is_wrong_is_told_at_once_at_the_lines_of_the_shared_file(project: Path) -> None:
    settle('[project]\nname = "x"\n\n[tool.cbm]\nslect = []\nas-of = 3\n', "pyproject.toml")
    with pytest.raises(Misuse, match=r"(?s)^pyproject\.toml:5: .*`select`\?\npyproject\.toml:6: .*not `3`$"):
        nearest().of(project)
    settle("[tool]\ncbm = 1", "pyproject.toml")
    with pytest.raises(Misuse, match=r"^pyproject\.toml:2: `tool\.cbm` is a table: write \[tool\.cbm\]$"):
        nearest().of(project)


@pytest.mark.parametrize("table", ["cbm", "tool.cbm-checker", "tool.CBM", "tool.cbm_checker"])
def test_a_table_of_another_name_is_told_as_it_would_hold_for_nothing(table: str, project: Path) -> None:
    settle(f'[project]\nname = "cbm"\n\n[{table}]\nignore = ["gap"]\n', "pyproject.toml")
    with pytest.raises(Misuse, match=r"^pyproject\.toml:4: the table of cbm is called \[tool\.cbm\]$"):
        nearest().of(project)
    settle(f'[{table}.more]\nignore = ["gap"]\n\n[tool.cbm]\nignore = ["seam"]\n', "pyproject.toml")
    assert nearest().of(project).ignore == {RuleId.SEAM}


@pytest.mark.parametrize("name", [".cbm.toml", "CBM.toml", "cbm.yaml", "cbm.yml", "cbm-checker.toml"])
def test_a_file_of_another_name_is_told_as_it_would_hold_for_nothing(name: str, project: Path) -> None:
    settle('[tool.cbm]\nignore = ["gap"]\n', "pyproject.toml")
    settle('ignore = ["seam"]', f"drafts/{name}")
    told = (
        f"^drafts/{re.escape(name)} is not read: what cbm is told stands in `cbm.toml`, .* put a `cbm.toml` beside it"
    )
    with pytest.raises(Misuse, match=told):
        nearest().of(project / "drafts")
    assert nearest().of(project).ignore == {RuleId.GAP}
    settle("", "drafts/cbm.toml")
    assert nearest().of(project / "drafts").ignore == frozenset()


def test_keys_in_a_table_of_a_file_that_is_of_cbm_alone_are_told(project: Path) -> None:
    settle('[cbm]\nignore = ["gap"]')
    with pytest.raises(Misuse, match=r"^cbm\.toml:1: here keys stand in no table of that name: leave the line out"):
        nearest().of(project)


def test_what_is_no_file_is_refused(project: Path) -> None:
    Path("cbm.toml").symlink_to("gone")
    with pytest.raises(Misuse, match=r"^cbm\.toml is no plain file$"):
        nearest().of(project)
    Path("cbm.toml").unlink()
    Path("cbm.toml").write_bytes(b"\xff")
    with pytest.raises(Misuse, match=r"^cbm\.toml is not UTF-8 text \(byte 0\): save it as UTF-8$"):
        nearest().of(project)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", 'cbm.toml:1: `select`是列表：写成["gap"]\ncbm.toml:2: 未知的键`ignroe`；您是指`ignore`吗？'),
        ("ja", 'cbm.toml:1: `select`は一覧である：["gap"]と書く\ncbm.toml:2: 未知のキー`ignroe`；`ignore`のことか？'),
    ],
)
def test_what_is_wrong_is_told_in_the_language_of_the_reader(language: Language, words: str) -> None:
    settle('select = "gap"\nignroe = []')
    with speaking(language), pytest.raises(Misuse) as refused:
        nearest().of(Path("drafts"))
    assert str(refused.value) == words


@pytest.mark.parametrize("name", ["cbm.toml", "pyproject.toml"])
def test_a_link_out_of_the_project_is_not_followed(name: str, project: Path) -> None:
    settle('[tool.cbm]\nselect = ["gap"]', "secret")
    Path("mine").mkdir()
    Path("mine", name).symlink_to(project / "secret")
    with pytest.raises(Misuse, match=r"leads out of the project: name it itself \(on the command line: `--config`\)$"):
        nearest().of(Path("mine"))


@pytest.mark.parametrize("name", ["cbm.toml", "pyproject.toml"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_two_versions_that_git_could_not_join_are_told_as_that(name: str, end: str, project: Path) -> None:
    lines = ["[tool.cbm]", "<<<<<<< HEAD", 'lang = "ja"', "=======", 'lang = "zh"', ">>>>>>> other", ""]
    Path(name).write_bytes(end.join(lines).encode())
    told = (
        rf"^{re.escape(name)}:2: two versions of this passage stand here, which git could not join; "
        "write what is meant, and take out the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`$"
    )
    with pytest.raises(Misuse, match=told):
        nearest().of(project)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('lang = "ja"\n# again\nlang = "zh"', "cbm.toml:3: `lang` is set on line 1 already"),
        ('ignore = [\n"gap",\n]\nignore = [\n"seam",\n]', "cbm.toml:6: `ignore` is set on line 1 already"),
        ('[severity]\ngap = "note"\n\n[severity]\n', "cbm.toml:4: `severity` is set on line 1 already"),
        ('[severity]\ngap = "note"\ngap = "error"\n', "cbm.toml:3: `severity.gap` is set on line 2 already"),
        ('[suites.a]\npaths = ["a"]\n[suites.b]\n[suites.a]', "cbm.toml:4: `suites.a` is set on line 1 already"),
        ("[severity]\ngap = 1\ngap.more = 2", "cbm.toml: this is no TOML"),
        ('lang = "ja"\nlang', "cbm.toml: this is no TOML"),
    ],
)
def test_what_is_set_twice_is_told_as_that(text: str, told: str, project: Path) -> None:
    settle(text)
    with pytest.raises(Misuse, match=f"^{re.escape(told)}"):
        nearest().of(project)


def test_such_marks_within_a_text_are_no_two_versions(project: Path) -> None:
    settle('exclude = ["""\n<<<<<<< a"""]\nlang = ja')
    with pytest.raises(Misuse, match=r"^cbm\.toml:3: this is no TOML: write `lang = \"ja\"`$"):
        nearest().of(project)


@pytest.mark.parametrize("text", ["select = " + "[" * 50_000, "as-of = " + "9" * 5_000])
def test_what_python_cannot_take_is_no_toml(text: str, project: Path) -> None:
    settle(text)
    with pytest.raises(Misuse, match=r"^cbm\.toml: this is no TOML: "):
        nearest().of(project)

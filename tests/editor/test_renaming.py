"""Another name for a thing, in all texts of a project; and why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.editor.open_texts import OpenTexts
from cbm.editor.renaming import Refused, named_at, renamed
from cbm.files import read_library
from cbm.pipeline import load
from tests.editor.test_occurrences import DRAFT

VOCABULARY, REST = DRAFT.split("\ndraft code")
CODE, CASES = ("draft code" + REST).split("\ncases")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "cbm.toml").write_text("")
    (tmp_path / "waters.cbm").write_text(VOCABULARY, encoding="utf-8")
    (tmp_path / "code.cbm").write_text(CODE, encoding="utf-8")
    (tmp_path / "cases.cbm").write_text("cases" + CASES, encoding="utf-8")
    return tmp_path.resolve()


def place(path: Path, before: str) -> int:
    return path.read_text(encoding="utf-8").index(before) + len(before)


def test_all_texts_of_the_project_have_the_other_name(project: Path) -> None:
    code = project / "code.cbm"
    done = renamed(OpenTexts(), code, place(code, "must not "), "illuminate")
    assert {path.name: len(edits) for path, edits in done.edits} == {"waters.cbm": 1, "code.cbm": 2, "cases.cbm": 1}
    for path, text in done.texts:
        assert "lase" not in text
        path.write_text(text, encoding="utf-8")
    systems, findings = load([project])
    assert len(systems) == 1
    assert findings == ()


def test_a_text_that_names_it_as_that_of_another_text_has_the_other_name(project: Path) -> None:
    (project / "code.cbm").write_text(CODE.replace("article 1", "term close means distance < 2 nmi\narticle 1"))
    paper = "draft paper\n  uses waters\n  between CN, JP\n  beside code\nterm close means distance < 1 nmi\n"
    paper += "clause 1 a warship when close of code and not close must not lase\n"
    (project / "paper.cbm").write_text(paper)
    done = renamed(OpenTexts(), project / "code.cbm", place(project / "code.cbm", "term "), "hard_by")
    assert dict(done.texts)[project / "paper.cbm"] == paper.replace("close of code", "hard_by of code")
    own = renamed(OpenTexts(), project / "paper.cbm", place(project / "paper.cbm", "term "), "hard_by")
    assert [path.name for path, _ in own.texts] == ["paper.cbm"]
    assert "when close of code and not hard_by must" in own.texts[0][1]


def test_what_is_not_saved_wins(project: Path) -> None:
    texts, code = OpenTexts(), project / "code.cbm"
    texts.put(code, CODE + "\nclause 4 CN must not lase\n")
    done = renamed(texts, code, place(code, "must not "), "照射")
    assert dict(done.texts)[code].count("照射") == 3


@pytest.mark.parametrize(
    ("before", "name", "why"),
    [
        ("must not ", "must", "is a word of the language"),
        ("must not ", "two words", "is no name"),
        ("a ", "trawler", "`trawler` is used already"),
        ("when ", "distance", "used already"),
        ("clause ", "9", "called by its number"),
        ("uses ", "seas", "the name of a text"),
        ("betwee", "x", "no name here"),
    ],
)
def test_what_is_not_safe_is_refused(project: Path, before: str, name: str, why: str) -> None:
    code = project / "code.cbm"
    with pytest.raises(Refused, match=why):
        renamed(OpenTexts(), code, place(code, before), name)


def test_a_name_that_hides_one_of_another_text_is_refused(project: Path) -> None:
    """A term of one text, renamed in the vocabulary's place, would be read in the other."""
    code = project / "code.cbm"
    code.write_text(CODE.replace("article 1", "term far means distance > 2 nmi\narticle 1"), encoding="utf-8")
    with pytest.raises(Refused, match="`far` is used already: in `code` it is a term"):
        renamed(OpenTexts(), project / "waters.cbm", place(project / "waters.cbm", "term "), "far")
    with pytest.raises(Refused, match="`near` is used already: in `waters` it is a term"):
        renamed(OpenTexts(), code, place(code, "term "), "near")


def test_what_comes_with_cbm_keeps_its_name(tmp_path: Path) -> None:
    path = (tmp_path / "draft.cbm").resolve()
    path.write_text('draft d "D"\n  uses encounters\nclause 1 every unit must lase\n', encoding="utf-8")
    assert read_library([path]).asked == ("d",)
    with pytest.raises(Refused, match="comes with cbm, in `encounters`"):
        named_at(OpenTexts(), path, place(path, "must "))


def test_who_is_bound_by_several_sentences_is_renamed_where_it_is_said(project: Path) -> None:
    texts, code = OpenTexts(), project / "code.cbm"
    clause = (
        '\nclause 8 "Calm" CN must lase; must not lase\nclause 9 exception to 8 sentence 2 when own is bound by (8)\n'
    )
    texts.put(code, CODE + clause)
    done = renamed(texts, code, len(CODE) + clause.index("CN"), "KR")
    assert dict(done.texts)[code].endswith(clause.replace("CN", "KR"))


@pytest.mark.parametrize("file", ["code.cbm", "paper.cbm"])
def test_a_sentence_that_cannot_be_read_and_speaks_of_it_is_mended_first(file: str, project: Path) -> None:
    code, texts = project / "code.cbm", OpenTexts()
    paper = "draft paper\n  uses waters\n  between CN, JP\nclause 1 a warship must answer\n"
    (project / "paper.cbm").write_text(paper, encoding="utf-8")
    broken = (project / file).read_text(encoding="utf-8") + "clause 7 a warship must kep lase\n"
    texts.put(project / file, broken)
    with pytest.raises(
        Refused, match=rf"^`lase` stands in {file} where it cannot be read as it stands: mend it first$"
    ):
        renamed(texts, code, place(code, "must not "), "illuminate")
    for harmless in ("clause 7 a warship must kep call", "# lase", 'clause 7 "lase" a warship must kep call'):
        texts.put(project / file, broken.replace("clause 7 a warship must kep lase", harmless))
        assert renamed(texts, code, place(code, "must not "), "illuminate").edits

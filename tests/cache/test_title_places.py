"""Marks stand for titles while texts are examined; what is told has the titles of today, wherever it tells one."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm import Finding, run
from cbm.cache.outcomes_kept import remembered
from cbm.cache.title_places import TitlePlaces
from cbm.checking.selection import EVERY_RULE
from cbm.core.norms import NormSystem
from cbm.finding import Label, RuleId, Severity
from cbm.pipeline import load
from cbm.render import RENDERERS
from cbm.report import Outcome, Question
from cbm.source import Source, Span

TEXT = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
party KR "Korea"
situation encounter
roles own, other
each
  party : party
topic talk
act call topic talk
instrument older "An older text"
  uses strait
  between CN, JP
  rank treaty
  in force 2010-01-01
clause 1 every unit must not call
instrument other "Another text"
  uses strait
  between KR, CN
  rank treaty
  in force 2010-01-01
clause 1 every unit must call
draft code "A code"
  uses strait
  between CN, JP
  beside older, other
clause 1 every unit must call
"""
TITLES = (("An older text", "A text of long ago"), ("Another text", "A code"), ("A code", "e"), ("A code", r"\1 \g<0>"))


def page(text: str, folder: Path, cache: Path | None) -> str:
    (folder / "code.cbm").write_text(text, encoding="utf-8")
    found = run([folder / "code.cbm"], cache=cache, as_status="treaty")
    return RENDERERS["json"](found)


@pytest.mark.parametrize(("old", "new"), TITLES, ids=str)
def test_an_edited_title_is_told_and_nothing_is_asked(
    old: str, new: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited, cache = TEXT.replace(f'"{old}"', f'"{new}"'), tmp_path / "cache"
    before, expected = page(TEXT, tmp_path, None), page(edited, tmp_path, None)
    assert before != expected, "findings tell this title"
    assert page(TEXT, tmp_path, cache) == before
    with monkeypatch.context() as asked:
        asked.setattr("cbm.pipeline._examined", lambda *_, **__: pytest.fail("it was asked again"))
        assert page(edited, tmp_path, cache) == expected


def test_who_writes_marks_himself_is_told_what_he_wrote(tmp_path: Path) -> None:
    text = TEXT.replace("other\nclause 1 every", 'other\nclause 1 "\ue0f00\ue0f1" every')
    expected = page(text, tmp_path, None)
    assert "\ue0f00\ue0f1" in expected or "\\ue0f00\\ue0f1" in expected
    for _ in range(2):
        assert page(text, tmp_path, tmp_path / "cache") == expected


def test_who_hears_of_findings_hears_titles(tmp_path: Path) -> None:
    (tmp_path / "code.cbm").write_text(TEXT, encoding="utf-8")
    system = next(one for one in load([tmp_path / "code.cbm"])[0] if one.subject == "code")
    place = Label(Span(Source("code.cbm", TEXT), 0, 1))

    def examine(system: NormSystem, /, *, tell: object = None) -> Outcome:
        title = system.texts["code"].title
        assert title != "A code"
        finding = Finding(RuleId.GAP, Severity.ERROR, f"in {title}", place, notes=(title,))
        assert callable(tell)
        tell(finding)
        return Outcome((finding,), (Question("gap", title, "found", of=system),))  # type: ignore[arg-type]

    heard: list[Finding] = []
    outcome = remembered(tmp_path / "cache", system, EVERY_RULE, examine, heard.append)
    assert [finding.message for finding in heard] == ["in A code"]
    assert heard == list(outcome.findings)
    assert [question.subject for question in outcome.questions] == ["A code"]


def test_all_titles_are_marked(tmp_path: Path) -> None:
    (tmp_path / "code.cbm").write_text(TEXT, encoding="utf-8")
    for system in load([tmp_path / "code.cbm"])[0]:
        places = TitlePlaces.of(system)
        assert not {t.title for t in places.system.texts.values()} & {t.title for t in system.texts.values()}
        assert [places.told(t.title) for t in places.system.texts.values()] == [t.title for t in system.texts.values()]

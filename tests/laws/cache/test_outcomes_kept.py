"""Laws: a report told from the cache is, byte for byte, the one that asking everything gives."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbm import pipeline, run
from cbm.cache import outcomes_kept
from cbm.cache.byte_store import ByteStore
from cbm.process.budget import Budget
from cbm.render import RENDERERS
from cbm.report import Outcome
from cbm.translation.speech import speaking

EXAMPLES = sorted((Path(__file__).parents[2] / "checks" / "examples").glob("*.cbm"))
NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
SOME = (
    EXAMPLES if NIGHTLY else [p for p in EXAMPLES if p.stem in ("wording", "ignore_comment", "uneven", "dead_option")]
)

DRAFT = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
kind craft = frigate | tanker
situation encounter
roles own, other
each
  party : party
  craft : craft
shared
  fog "it is foggy" otherwise "the air is clear" : flag
topic separation
topic talk
result separation "closest distance" : length from 0 m to 20 nmi topic separation
act call "calls the other unit" topic talk

instrument older "An older text"
  uses strait
  between CN, JP
  in force 2010-01-01
clause 7 a frigate must keep separation >= 500 m
  text en "A frigate keeps 500 metres away."

draft code "A code"
  uses strait
  between CN, JP
  beside older
covers separation in every type of encounter
clause 1 a frigate when fog must keep separation <= 300 m
  text en "In fog a frigate keeps within 300 metres."
clause 2 a frigate must call
clause 3 a tanker when not fog must not call
cases "Meetings" for code
case "they meet in fog"
  given own.craft is frigate and fog
  expect agreement-conflict 1, 7 of older
"""
EDITS = [
    ("500 m\n", "400 m\n"),
    ("300 m\n", "600 m\n"),
    ("must call", "may call"),
    ("must call", "should call"),
    ("clause 3 a tanker", "clause 3 a frigate"),
    ("clause 2 a", "clause 9 a"),
    ("when fog", "when not fog"),
    ("An older text", "An old text"),
    ("it is foggy", "there is fog"),
    ("calls the", "hails the"),
    ("A code", "Another code"),
    ("covers separation in", "covers talk in"),
    ("2010-01-01", "2010-01-02"),
    ("between CN, JP\n  beside", "between JP, CN\n  beside"),
    ("  beside older\n", ""),
    ("A frigate keeps 500", "A frigate keeps 600"),
    ("a frigate keeps within", "a frigate shall stay within"),
    ("frigate keeps within 300 metres", "ship remains within 300 metres"),
    ("clause 2", "\n\n# a remark\nclause 2"),
    ("roles own, other", "roles   own,\n  other  # two of them"),
    ("fog must keep", "fog should keep"),
    ("when fog", "when (fog)"),
    ("within 300 metres", "within 900 metres"),
    ("must keep separation <= 300 m", "must keep  separation <= 300 m\n"),
    ("clause 3", "# cbm: ignore[conflict] because\nclause 3"),
]


def report(path: Path, cache: Path | None, **terms: object) -> str:
    return RENDERERS["json"](run([path], cache=cache, **terms))  # type: ignore[arg-type]


@pytest.mark.parametrize("example", SOME, ids=[path.stem for path in SOME])
def test_examples_are_told_from_the_cache_as_when_they_are_asked(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path, cache = Path(shutil.copy(example, "code.cbm")), tmp_path / "cache"
    cold = report(path, cache)
    assert report(path, cache) == cold
    path.write_text(f"# A remark.\n\n{path.read_text(encoding='utf-8')}\n\n", encoding="utf-8")
    with monkeypatch.context() as asked:
        asked.setattr("cbm.pipeline._examined", lambda *_, **__: pytest.fail("it was asked again"))
        warm = report(path, cache)
    assert warm == report(path, None)


@settings(max_examples=60 if NIGHTLY else 3)
@given(st.lists(st.lists(st.sampled_from(EDITS), max_size=3, unique=True), min_size=2, max_size=4), st.data())
def test_whatever_was_asked_before_the_same_is_told(versions: list[list[tuple[str, str]]], data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path, cache = Path(folder, "code.cbm"), Path(folder, "cache")
        for version in versions:
            text = DRAFT
            for old, new in version:
                text = text.replace(old, new)
            path.write_text(text, encoding="utf-8")
            day = data.draw(st.sampled_from([None, date(2009, 1, 1), date(2019, 1, 1)]))
            rules = data.draw(st.sampled_from([(), ("conflict",), ("conflict", "expectation")]))
            assert report(path, cache, as_of=day, select=rules) == report(path, None, as_of=day, select=rules)


@pytest.mark.parametrize("edit", EDITS, ids=[new.strip()[:30] for _, new in EDITS])
def test_an_edit_is_told_as_when_all_is_asked(
    edit: tuple[str, str], asked: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    cache, _ = asked
    path = Path("code.cbm")
    assert edit[0] in DRAFT
    path.write_text(DRAFT.replace(*edit), encoding="utf-8")
    assert report(path, cache) == report(path, None)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A cache that knows the draft as it stands."""
    folder = tmp_path_factory.mktemp("kept")
    (folder / "code.cbm").write_text(DRAFT, encoding="utf-8")
    return folder / "cache", report(folder / "code.cbm", folder / "cache")


def test_the_law_is_about_a_text_that_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(DRAFT, encoding="utf-8")
    assert [finding.rule for finding in run([path]).findings] == ["gap", "agreement-conflict"]


def test_a_quoted_text_that_is_edited_is_told_anew_and_nothing_else_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, cache = tmp_path / "code.cbm", tmp_path / "cache"
    path.write_text(DRAFT, encoding="utf-8")
    report(path, cache)
    path.write_text(DRAFT.replace("keeps within 300 metres", "remains within 300 metres"), encoding="utf-8")
    monkeypatch.setattr("cbm.pipeline._examined", lambda *_, **__: pytest.fail("it was asked again"))
    assert "remains within 300 metres" in report(path, cache)


def test_a_quoted_text_that_is_edited_is_not_resolved_where_it_says_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, cache = tmp_path / "code.cbm", tmp_path / "cache"
    path.write_text(DRAFT, encoding="utf-8")
    report(path, cache)
    path.write_text(DRAFT.replace("keeps within 300 metres", "remains within 300 metres"), encoding="utf-8")
    with monkeypatch.context() as resolved:
        resolved.setattr("cbm.pipeline.understand", lambda *_, **__: pytest.fail("it was resolved again"))
        warm = report(path, cache)
    assert "remains within 300 metres" in warm
    assert warm == report(path, None)


def test_what_was_stopped_is_not_kept(tmp_path: Path) -> None:
    path, cache = tmp_path / "code.cbm", tmp_path / "cache"
    path.write_text(DRAFT, encoding="utf-8")
    over = Budget()
    over.stop("it was over")
    stopped = run([path], cache=cache, budget=over)
    assert stopped.stopped
    assert report(path, cache) == report(path, None)


def test_what_was_stopped_while_it_was_asked_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, cache, over = tmp_path / "code.cbm", tmp_path / "cache", Budget()
    path.write_text(DRAFT, encoding="utf-8")

    def stopped(*asked: Any, **how: Any) -> Outcome:
        over.stop("it was over")
        return examined(*asked, **how)

    examined = pipeline._examined
    with monkeypatch.context() as asking:
        asking.setattr(pipeline, "_examined", stopped)
        assert run([path], cache=cache, budget=over).stopped
    assert report(path, cache) == report(path, None)


def test_steps_of_the_solver_and_another_cbm_are_other_questions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, cache = tmp_path / "code.cbm", tmp_path / "cache"
    path.write_text(DRAFT, encoding="utf-8")
    few = RENDERERS["json"](run([path], cache=cache, budget=Budget(steps=1)))
    assert report(path, cache) == report(path, None) != few
    monkeypatch.setattr(outcomes_kept, "code_version", lambda: "another one")
    with monkeypatch.context() as asked:
        asked.setattr("cbm.pipeline._examined", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            report(path, cache)


def test_what_is_kept_in_one_language_is_told_in_no_other(tmp_path: Path) -> None:
    path, cache = tmp_path / "code.cbm", tmp_path / "cache"
    path.write_text(DRAFT, encoding="utf-8")
    english = report(path, cache)
    with speaking("zh"):
        chinese = report(path, cache)
        assert chinese == report(path, None) != english
    with speaking("ja"):  # a text without titles in either is the same in both
        assert report(path, cache) == report(path, None) != chinese


def test_content_of_another_form_is_asked_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, cache = tmp_path / "code.cbm", tmp_path / "cache"
    path.write_text(DRAFT, encoding="utf-8")
    for content in (b"", b"\xc1", b"\x93\xa4Exit\x01", b"\x91\xa7Outcome", b"\x94\xa4Span\x00\x00\xcd\xff\xff"):
        monkeypatch.setattr(ByteStore, "get", lambda *_, content=content: content)
        assert report(path, cache) == report(path, None)

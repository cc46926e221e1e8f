"""What pages in a translation say of themselves: that no lawyer has read it; English says nothing."""

from __future__ import annotations

import json

import pytest

from cbm.records import replace
from cbm.render import COLORED, RENDERERS
from cbm.render.maps import MAP_RENDERERS
from cbm.render.translated_page import caveat
from cbm.report import Report
from cbm.translation.speech import Language, speaking
from tests.render.maps.golden import strait
from tests.render.sample import REPORT

CAVEATS: dict[Language, str] = {
    "zh": "本页为中文译文，尚未经以中文为母语的法律专业人员审阅。",
    "ja": "このページは日本語訳であり、日本語を母語とする法律家による確認をまだ受けていない。",
}


def test_english_is_no_translation() -> None:
    assert caveat() == ""
    assert "translation" not in RENDERERS["full"](REPORT)


@pytest.mark.parametrize("language", CAVEATS)
@pytest.mark.parametrize("name", ["full", "concise", "github", "markdown", "html"])
def test_a_page_of_findings_says_it_once_whatever_is_spoken_where_it_is_asked_for(
    language: Language, name: str
) -> None:
    page = RENDERERS[name](replace(REPORT, language=language))
    assert page.count(CAVEATS[language]) == 1
    if name == "html":
        assert f'<html lang="{language}">' in page
    assert caveat() == ""


@pytest.mark.parametrize("language", CAVEATS)
@pytest.mark.parametrize("name", ["text", "markdown", "html", "svg"])
def test_a_page_of_a_map_says_it_once(language: Language, name: str) -> None:
    with speaking(language):
        page = MAP_RENDERERS[name](strait()).replace("\n", "")  # a line of a terminal is short
    assert page.count(CAVEATS[language]) == 1


@pytest.mark.parametrize("language", ["en", "zh", "ja"])
def test_a_report_in_json_names_its_language_and_is_read_back_in_it(language: Language) -> None:
    told = replace(REPORT, language=language)
    written = RENDERERS["json"](told)
    assert json.loads(written)["language"] == language
    read = Report.from_json(written)
    assert read.language == language
    assert RENDERERS["markdown"](read) == RENDERERS["markdown"](told)
    assert RENDERERS["json"](read) == written


def test_whoever_wants_findings_only_is_not_told() -> None:
    quiet = replace(REPORT, language="zh", quiet=True)
    assert CAVEATS["zh"] not in RENDERERS["full"](quiet) + COLORED["full"](quiet) + RENDERERS["concise"](quiet)


def test_sarif_names_its_language_where_it_is_another_one_than_the_standard_takes_for_granted() -> None:
    logs = [json.loads(RENDERERS["sarif"](replace(REPORT, language=language)))["runs"][0] for language in ("en", "ja")]
    assert "language" not in logs[0]
    assert logs[1]["language"] == "ja"

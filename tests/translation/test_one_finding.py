"""A finding is the same one in every language, and is told in each of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import cbm
from cbm.finding import Finding, RuleId
from cbm.render.identity import identities
from cbm.translation.saying import say
from cbm.translation.speech import Language, speaking
from tests.translation.encounters import told_in

_CODE = re.compile(r"`[^`]*`")
_ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
_SENTENCE = re.compile(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,} [a-z]{2,}")


@pytest.mark.parametrize("rule", [RuleId.GAP, RuleId.DEAD_OPTION, RuleId.DEADLOCK])
def test_its_name_depends_on_no_language(rule: RuleId, tmp_path: Path) -> None:
    (tmp_path / "code.cbm").write_text(cbm.RULES[rule].failing, encoding="utf-8")
    english, chinese, japanese = (_found(tmp_path, rule, language) for language in ("en", "zh", "ja"))
    assert identities(english) == identities(chinese) == identities(japanese)


def test_titles_are_those_of_the_language_that_is_spoken(tmp_path: Path) -> None:
    (tmp_path / "code.cbm").write_text(cbm.RULES[RuleId.GAP].failing, encoding="utf-8")
    (chinese,), (japanese,) = (_found(tmp_path, RuleId.GAP, language) for language in ("zh", "ja"))
    assert chinese.message == "没有任何条款规定`weapons`：本方单位是无人机或民用航空器"
    assert japanese.message == "`weapons`はどの条項にも規律されていない：自ユニットが無人航空機又は民間航空機である"


@pytest.mark.parametrize("language", ["zh", "ja"])
@pytest.mark.parametrize(
    "rule",
    [
        RuleId.ASYMMETRY,
        RuleId.BLOCKED_PERMISSION,
        RuleId.CONFLICT,
        RuleId.DEAD_OPTION,
        RuleId.DEADLOCK,
        RuleId.DIVIDED_VIEW,
        RuleId.ESCAPE,
        RuleId.GAP,
    ],
)
def test_nothing_of_it_is_left_in_english(rule: RuleId, language: Language, tmp_path: Path) -> None:
    (tmp_path / "code.cbm").write_text(cbm.RULES[rule].failing, encoding="utf-8")
    (found,) = _found(tmp_path, rule, language)
    labels = (label.text for label in (found.primary, *found.related))
    for told in (found.message, *labels, *found.remedies, *found.notes, found.whenever):
        assert not _ENGLISH.search(_CODE.sub("", told)), told


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_rules_are_explained_in_each_language(language: Language) -> None:
    with speaking(language):
        for rule in cbm.RULES.values():
            paragraphs = say(rule.explanation).strip().split("\n\n")
            assert len(paragraphs) == len(rule.explanation.strip().split("\n\n")), rule.id
            assert not any(_SENTENCE.search(_CODE.sub("", told)) for told in (say(rule.summary), *paragraphs)), rule.id


def _found(folder: Path, rule: RuleId, language: Language) -> list[Finding]:
    return [finding for finding in told_in(language, folder / "code.cbm").findings if finding.rule is rule]

"""Conditions, deeds and times are whole sentences in Chinese and Japanese, in the order of words of these languages."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import cbm
from cbm.core.expressions import Compare, Order
from cbm.core.norms import NormSystem
from cbm.core.substitution import parts_of
from cbm.core.variables import Wait, time_of_moment
from cbm.translation.speech import Language, speaking
from cbm.wording.condition_words import act_words, condition_words, literal_words

VOCABULARY = """\
vocabulary sea "Sea" zh "海上" ja "海上"
party CN "China" zh "中国" ja "中国"
party JP "Japan" zh "日本" ja "日本"
kind craft "kind of unit" zh "单位种类" ja "ユニットの種別"
  = warship "warship" zh "军舰" ja "軍艦" | fishing "fishing vessel" zh "渔船" ja "漁船" | tug "tug" zh "拖船" ja "曳船"
kind zone "zone" zh "海域" ja "海域"
  = eez "an economic zone" zh "专属经济区" ja "排他的経済水域" | seas "the high seas" zh "公海" ja "公海"
situation encounter "encounter" zh "相遇" ja "遭遇"
roles own, other
each
  party "party" zh "当事方" ja "当事国" : party
  craft "kind of unit" zh "单位种类" ja "ユニットの種別" : craft
  bearing "bearing" zh "舷角" ja "方位" : angle
  distress "in distress" zh "遇险" ja "遭難中" : flag
shared
  zone "zone" zh "海域" ja "海域" : zone
  range "range" zh "距离" ja "距離" : length from 0 m to 20 nmi
  night "it is night" zh "时为夜间" ja "夜間である" otherwise "it is day" zh "时为白昼" ja "昼間である" : flag
moments decision "the decision" zh "决定" ja "決定", start "the start" zh "开始" ja "開始"
types by own.craft, other.craft, zone
topic calls
act call "calls the other unit" zh "呼叫他方" ja "相手を呼び出す" topic calls
act turn "turns away" topic calls
draft rules "Rules" zh "规则" ja "規則"
  uses sea
"""
CONDITIONS = [
    ("own.craft is warship", "本方单位是军舰", "自ユニットが軍艦である"),
    ("own.craft is not warship", "本方单位不是军舰", "自ユニットが軍艦でない"),
    ("own.craft is warship and other.craft is fishing", "军舰与渔船相遇", "軍艦と漁船が遭遇する"),
    (
        "own.craft is warship and zone is eez and night",
        "本方单位是军舰，海域为专属经济区，且时为夜间",
        "自ユニットが軍艦である、海域が排他的経済水域である、かつ夜間である",
    ),
    ("zone is eez or not night", "海域为专属经济区，或时为白昼", "海域が排他的経済水域である、又は昼間である"),
    ("own.party is JP", "本方单位属于日本", "自ユニットが日本に属する"),
    ("other.distress", "对方单位遇险", "相手ユニットが遭難中である"),
    ("not other.distress", "对方单位并未遇险", "相手ユニットが遭難中でない"),
    ("range <= 500 m", "距离不超过500 m", "距離が500 m以下である"),
    ("range > 2 nmi", "距离大于2 nmi", "距離が2 nmiを超える"),
    ("range from 500 m to 2,000 m", "距离为500 m至2,000 m", "距離が500 mから2,000 mまでである"),
    (
        "own.bearing from over 270 deg to under 300 deg",
        "本方单位的舷角为270 deg（不含）至300 deg（不含）",
        "自ユニットの方位が270 deg（含まず）から300 deg（含まず）までである",
    ),
    ("start occurs", "开始确有发生", "開始が生じる"),
    (
        "decision is before start",
        "开始确有发生，决定确有发生，且决定早于开始",
        "開始が生じる、決定が生じる、かつ決定が開始より前である",
    ),
    ("not (night and range <= 500 m)", "时为白昼，或距离大于500 m", "昼間である、又は距離が500 mを超える"),
    (
        "not (other.distress or zone is eez)",
        "对方单位并未遇险，且海域不是专属经济区",
        "相手ユニットが遭難中でない、かつ海域が排他的経済水域でない",
    ),
]


@pytest.mark.parametrize(("written", "zh", "ja"), CONDITIONS)
def test_a_condition_is_one_sentence(written: str, zh: str, ja: str, tmp_path: Path) -> None:
    assert _told(tmp_path, written, "zh") == zh
    assert _told(tmp_path, written, "ja") == ja


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "the time of the start is less than the time of the decision + the delay “consent” of Line + 1 h"),
        ("zh", "开始的时刻早于决定的时刻加上Line的延迟（consent）和1 h"),
        ("ja", "開始の時刻が決定の時刻にLineの遅延（consent）及び1 hを加えた時刻より前である"),
    ],
)
def test_of_two_times_one_is_before_the_other_and_none_is_less(language: Language, told: str, tmp_path: Path) -> None:
    line = 'channel line "Line" between CN, JP operational from 2018-01-01\n  delay "consent" 0 h to 4 h\ndraft rules'
    text = VOCABULARY.replace("draft rules", line)
    (tmp_path / "rules.cbm").write_text(f"{text}clause 1 every unit must call\n", encoding="utf-8")
    start, decision = time_of_moment("start"), time_of_moment("decision")
    with speaking(language):
        system = _loaded(tmp_path)
        one, waits = Fraction(1), Wait("line", 0, start.sort)
        sooner = Compare(((one, start), (-one, decision), (-one, waits)), Order.LESS, Fraction(3600))
        assert literal_words(system, sooner) == told


def test_an_angle_that_is_at_most_nothing_is_exactly_that(tmp_path: Path) -> None:
    with speaking("en"):
        system = _system(tmp_path, "own.bearing from 0 deg to 10 deg")
        (norm,) = system.norms.values()
        bearing = norm.guards[-1].condition.variables[0]
        ahead = Compare(((Fraction(1), bearing),), Order.AT_MOST, Fraction(0))
        assert literal_words(system, ahead) == "bearing of own unit is exactly 0 deg"


def test_a_deed_is_told_as_the_vocabulary_says_it_and_of_whom(tmp_path: Path) -> None:
    with speaking("zh"):
        system = _system(tmp_path, "night")
        assert act_words(system, "call", 0) == "本方单位呼叫对方单位"
        assert act_words(system, "call", 1, positive=False) == "对方单位未呼叫本方单位"
    with speaking("ja"):
        system = _system(tmp_path, "night")
        assert act_words(system, "call", 0) == "自ユニットが相手ユニットを呼び出す"
        assert act_words(system, "call", 1, positive=False) == "相手ユニットが自ユニットを呼び出さない"


def test_a_deed_without_a_title_in_the_language_is_told_by_its_name(tmp_path: Path) -> None:
    with speaking("zh"):
        assert act_words(_system(tmp_path, "night"), "turn", 0) == "本方单位实施`turn`"
    with speaking("ja"):
        assert act_words(_system(tmp_path, "night"), "turn", 0, positive=False) == "自ユニットが`turn`を行わない"


def _told(folder: Path, written: str, language: Language) -> str:
    with speaking(language):
        system = _system(folder, written)
        (norm,) = system.norms.values()
        told = [literal for guard in norm.guards for literal in parts_of(guard.condition)]
        return condition_words(system, told) if len(told) > 1 else literal_words(system, told[0])


def _system(folder: Path, written: str) -> NormSystem:
    path = folder / "rules.cbm"
    path.write_text(f"{VOCABULARY}clause 1 every unit when {written} must call\n", encoding="utf-8")
    return _loaded(folder)


def _loaded(folder: Path) -> NormSystem:
    systems, findings = cbm.load([folder / "rules.cbm"])
    assert not [finding for finding in findings if finding.severity == "error"], findings
    return systems[0]


def test_roles_are_called_as_the_vocabulary_calls_them(tmp_path: Path) -> None:
    named = VOCABULARY.replace("roles own, other", 'fixed roles own "the host" zh "东道方", other')
    (tmp_path / "rules.cbm").write_text(f"{named}clause 1 own must call\n", encoding="utf-8")
    assert act_words(_loaded(tmp_path), "call", 0) == "the host calls other"
    with speaking("zh"):
        assert act_words(_loaded(tmp_path), "call", 0) == "东道方呼叫other"

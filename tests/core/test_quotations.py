"""Figures, force and parties in quoted texts: what can be read without doubt, and nothing else."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cbm.core.quotations import Bindingness, figures, force, parties, unmatched, written_figures

NMI, DAY, HOUR = Fraction(1852), Fraction(86400), Fraction(3600)
FIGURES = [
    ("en", "not nearer than 1,000 metres", [("length", 1000)]),
    ("en", "from 5 to 20 nautical miles off", [("length", 5 * NMI), ("length", 20 * NMI)]),
    ("en", "at least fourteen days before", [("duration", 14 * DAY)]),
    ("en", "within twenty-four hours", [("duration", 24 * HOUR)]),
    ("en", "1.5 nautical miles", [("length", NMI * 3 / 2)]),
    ("en", "once every six months", [("months", 6)]),
    ("en", "at 121.5 MHz, in the meeting of 1998", []),
    ("en", "in 30 knots of wind, 10 metres per second", [("speed", NMI * 30 / 3600), ("speed", 10)]),
    ("zh", "在5海里以外至20海里", [("length", 5 * NMI), ("length", 20 * NMI)]),
    ("zh", "距离不得小于５００米", [("length", 500)]),
    ("zh", "至少提前十四天", [("duration", 14 * DAY)]),
    ("zh", "三月五日的会议", []),
    ("ja", "三日から五日前までに", [("duration", 3 * DAY), ("duration", 5 * DAY)]),
    ("ja", "四十八時間以内", [("duration", 48 * HOUR)]),
    ("ja", "十分に避航する。一度限り。", []),
    ("ja", "1000メートル以上", [("length", 1000)]),
    ("en", "one thousand metres", [("length", 1000)]),
    ("en", "a thousand metres, fifteen hundred metres", [("length", 1000), ("length", 1500)]),
    ("en", "two hundred and fifty metres", [("length", 250)]),
    ("en", "one thousand five hundred metres", [("length", 1500)]),
    ("en", "twelve thousand, three hundred and forty-five metres", [("length", 12345)]),
    ("en", "between one hundred and two hundred metres", [("length", 100), ("length", 200)]),
    ("en", "1 500 metres", [("length", 1500)]),
    ("en", "two and a half nautical miles", [("length", NMI * 5 / 2)]),
    ("en", "one and a half hours, half an hour", [("duration", HOUR * 3 / 2), ("duration", HOUR / 2)]),
    ("en", "three quarters of an hour, a quarter of an hour", [("duration", HOUR * 3 / 4), ("duration", HOUR / 4)]),
    ("en", "a half-hour", [("duration", HOUR / 2)]),
    ("en", "within an hour, and at least a day ahead", [("duration", HOUR), ("duration", DAY)]),
    ("en", "once a day, ten miles an hour, often hours", []),
    ("zh", "一千五百米、一万英尺、3万米", [("length", 1500), ("length", 3048), ("length", 30_000)]),
    ("zh", "一千米以上", [("length", 1000)]),
    ("zh", "两海里半、二点五海里", [("length", NMI * 5 / 2), ("length", NMI * 5 / 2)]),
    ("zh", "一个半小时、半小时", [("duration", HOUR * 3 / 2), ("duration", HOUR / 2)]),
    ("zh", "两个半月内", [("months", Fraction(5, 2))]),
    ("zh", "航速不得超过十五节", [("speed", NMI * 15 / 3600)]),
    ("zh", "第十五节、第15节、上述一节", []),
    ("zh", "三十秒内", [("duration", 30)]),
    ("ja", "二・五海里、一時間半以内", [("length", NMI * 5 / 2), ("duration", HOUR * 3 / 2)]),
    ("ja", "半時間前までに", [("duration", HOUR / 2)]),
    ("ja", "半径五百メートル", [("length", 500)]),
    ("ja", "十二万三千四百五十六メートル", [("length", 123_456)]),
]


@pytest.mark.parametrize(("language", "text", "expected"), FIGURES)
def test_figures_with_units_are_read(language: str, text: str, expected: list[tuple[str, Fraction]]) -> None:
    assert [figure.key for figure in figures(text, language)] == expected


FORCES = [
    ("en", "Each ship shall keep clear.", Bindingness.BINDING),
    ("en", "Each ship should keep clear.", Bindingness.ADVICE),
    ("en", "Each ship need not answer.", Bindingness.FREEDOM),
    ("en", "Lasers are not used in a way that may harm crews.", None),
    ("en", "Ships shall answer; they may ask back.", None),
    ("en", "Ships keep clear.", None),
    ("en", "Each ship may ask back.", Bindingness.FREEDOM),
    ("en", "A fighter may not exceed 300 knots.", Bindingness.BINDING),
    ("en", "A ship may not be able to answer.", None),
    ("en", "No ship may come nearer.", Bindingness.BINDING),
    ("en", "In no case may a ship come nearer.", Bindingness.BINDING),
    ("en", "A ship may inform no later than 5 days before.", Bindingness.FREEDOM),
    ("en", "No later than 5 days before a ship may inform.", Bindingness.FREEDOM),
    ("en", "Only coast guard ships may come nearer.", None),
    ("zh", "不可以接近。", Bindingness.BINDING),
    ("zh", "可以接近。", Bindingness.FREEDOM),
    ("zh", "不得干扰对方通信。", Bindingness.BINDING),
    ("zh", "军舰应避让。", None),  # "shall", or "should"
    ("zh", "应答呼叫", None),
    ("ja", "通信を妨害してはならない。", Bindingness.BINDING),
    ("ja", "接近することができる。", Bindingness.FREEDOM),
]


@pytest.mark.parametrize(("language", "text", "expected"), FORCES)
def test_the_one_modal_verb_of_a_text_says_its_force(language: str, text: str, expected: Bindingness | None) -> None:
    assert force(text, language) is expected


def test_parties_are_named_by_their_titles() -> None:
    assert parties("中国和日本", {"CN": "中国", "JP": "日本", "US": "美国", "XX": ""}) == {"CN", "JP"}


def test_figures_of_a_clause_are_those_it_writes_itself() -> None:
    lines = ("clause 2 a ship must keep distance >= 1,852 m  # not 3 km", '  text en "within 2 nautical miles"')
    source = "\n".join((*lines, "  at least 14 calendar days"))
    assert [figure.key for figure in written_figures(source)] == [("length", NMI), ("duration", 14 * DAY)]
    assert unmatched(figures("one nautical mile", "en"), written_figures(source)) == []

"""Deeds as infinitives, and deeds that are not done, in each language."""

from __future__ import annotations

import pytest

from cbm.translation.speech import Language, speaking
from cbm.translation.verb_forms import infinitive, is_phrase, not_done


@pytest.mark.parametrize(
    ("title", "denied"),
    [
        ("calls the other unit", "does not call the other unit"),
        ("carries a cargo", "does not carry a cargo"),
        ("dies down", "does not die down"),
        ("passes astern", "does not pass astern"),
        ("pushes, then turns", "does not push, then turn"),
        ("fixes a buoy", "does not fix a buoy"),
        ("has a pilot", "does not have a pilot"),
        ("goes astern", "does not go astern"),
        ("stops or slows the ship", "does not stop or slow the ship"),
        ("stops or anchors", "does not stop or anchor"),
        ("stops, boards or arrests the other unit", "does not stop, board or arrest the other unit"),
        ("navigates, flies and does what goes with it", "does not navigate, fly and do what goes with it"),
        ("leaves, or goes to the place that it is told", "does not leave, or go to the place that it is told"),
        ("accepts the plan or proposes a change", "does not accept the plan or propose a change"),
        ("covers its guns and closes its gunports", "does not cover its guns and close its gunports"),
        ("lands there, or asks what to do", "does not land there, or ask what to do"),
        ("tells it what to do, then asks what it does", "does not tell it what to do, then ask what it does"),
        (
            "follows the lane, joins it late and crosses it slowly",
            "does not follow the lane, join it late and cross it slowly",
        ),
        ("signals that it stops or passes the other unit", "does not signal that it stops or passes the other unit"),
        ("fires rockets or flares at a ship", "does not fire rockets or flares at a ship"),
        ("controls customs, fiscal and other matters", "does not control customs, fiscal and other matters"),
        ("report of a position", None),
        ("Calls", None),
    ],
)
def test_what_is_not_done(title: str, denied: str | None) -> None:
    assert not_done(title) == denied


@pytest.mark.parametrize(
    ("language", "title", "denied"),
    [
        ("zh", "呼叫他方", "未呼叫他方"),
        ("zh", "calls the other unit", None),
        ("ja", "相手を呼び出す", "相手を呼び出さない"),
        ("ja", "針路を変更する", "針路を変更しない"),
        ("ja", "援助を与える", "援助を与えない"),
        ("ja", "信号を試みる", "信号を試みない"),
        ("ja", "相手の進路を遮る", "相手の進路を遮ることをしない"),
        ("ja", "右に曲がる", "右に曲がらない"),
        ("ja", "相手に放水を行う", "相手に放水を行わない"),
        ("ja", "停船させ、乗船し又はだ捕する", "停船させ、乗船し又はだ捕することをしない"),
        ("ja", "船舶及び航空機に危険区域を警告する", "船舶及び航空機に危険区域を警告しない"),
        ("ja", "早期にかつ大幅に動作をとる", "早期にかつ大幅に動作をとらない"),
        ("ja", "calls the other unit", None),
        ("ja", "呼出し", None),
    ],
)
def test_what_is_not_done_in_other_languages(language: Language, title: str, denied: str | None) -> None:
    with speaking(language):
        assert not_done(title) == denied
        assert infinitive(title) == (title if is_phrase(title) else None)
        assert is_phrase(title) == (denied is not None)

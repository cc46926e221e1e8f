"""`cbm judge` on times that count from what was done: until when something is due, and what comes after the record."""

from __future__ import annotations

from pathlib import Path

import pytest

import cbm
from cbm.finding import Exit
from cbm.outcomes.judgement import DutyVerdict, Judgement, RecordedDuty
from cbm.render.judgement.judgement_sections import turning_points
from tests.recorded import Leg, MadeRecord, MadeUnit, warship

MINUTES = 20
LASTING = "01:00,2024-05-04T06:10:00,A,lase"
ANSWER = "must answer within 10 min after other.call"


HEADER = 'draft draft "D"\n  uses encounters\n  between CN, JP\n'


def judged(
    folder: Path,
    demand: str,
    *events: str,
    steady: bool = True,
    complete: tuple[str, ...] = ("call", "answer", "lase"),
    header: str = HEADER,
) -> Judgement:
    """Two warships for 20 minutes, of which A turns after 12 unless it is `steady`; clause 1 binds either."""
    turned = [Leg(MINUTES * 60, 0, 10)] if steady else [Leg(720, 0, 10), Leg(480, 90, 10)]
    units = (
        MadeUnit("A", 0, 0, turned, warship("CN")),
        MadeUnit("B", 3000, 0, [Leg(MINUTES * 60, 0, 10)], warship("JP")),
    )
    rows = (f"2024-05-04T06:{event}{',' * (6 - event.count(','))}" for event in events)
    made = MadeRecord(units, {}, complete=complete, events=("time_utc,until_utc,unit,what,value,states,through", *rows))
    files = made.write(folder, 60)
    (draft := folder / "draft.cbm").write_text(f"{header}clause 1 every unit {demand}\n", encoding="utf-8")
    return cbm.judge(files["tracks"], [str(draft)], mapping=files["mapping"], events=files["events"])


def of_a(told: Judgement) -> RecordedDuty:
    (duty,) = [one for one in told.duties if one.unit == "A"]
    return duty


@pytest.mark.parametrize(
    ("demand", "events", "verdict"),
    [
        # Both ends of a time count.
        ("must not call within 10 min after other.lase", ("00:00,,B,lase", "10:00,,A,call"), DutyVerdict.BREACHED),
        ("must not call within 10 min after other.lase", ("00:00,,B,lase", "10:01,,A,call"), DutyVerdict.KEPT),
        ("must not call until other.answer", ("03:00,,B,answer", "05:00,,A,call"), DutyVerdict.KEPT),
        ("must not call until other.answer", ("07:00,,B,answer", "05:00,,A,call"), DutyVerdict.BREACHED),
        ("must not call within 10 min before other.lase", ("09:00,,B,lase", "05:00,,A,call"), DutyVerdict.BREACHED),
        # The other unit may do it after the record.
        ("must not call within 10 min before other.lase", ("15:00,,A,call",), DutyVerdict.UNTOLD),
        # What goes on is barred from when the time begins, and is no doing again.
        ("must not lase within 3 min after other.call", (LASTING, "05:00,,B,call"), DutyVerdict.BREACHED),
        ("must not lase within 3 min after own.lase", (LASTING,), DutyVerdict.KEPT),
        # There is time left for the second call, and no end to what is due later than some time.
        (ANSWER, ("01:00,,B,call", "02:00,,A,answer", "15:00,,B,call"), DutyVerdict.UNTOLD),
        ("must answer at least 10 min after other.call", ("01:00,,B,call",), DutyVerdict.UNTOLD),
        ("must keep separation <= 500 m", ("01:00,,B,call",), DutyVerdict.UNTOLD),
        ("must answer before other.lase", ("01:00,,B,lase",), DutyVerdict.BREACHED),
        (ANSWER, ("01:00,,B,call", "15:00,,A,answer"), DutyVerdict.BREACHED),
    ],
)  # fmt: skip
def test_times_count_from_what_was_done(
    demand: str, events: tuple[str, ...], verdict: DutyVerdict, tmp_path: Path
) -> None:
    assert of_a(judged(tmp_path, demand, *events)).verdict is verdict


def test_what_goes_on_is_breached_as_long_as_the_time_lasts(tmp_path: Path) -> None:
    told = judged(tmp_path, "must not lase within 3 min after other.call", LASTING, "05:30,,B,call")
    (breached,) = [one for one in of_a(told).stretches if one.verdict is DutyVerdict.BREACHED]
    assert (breached.start, breached.end) == ("2024-05-04T06:05:30Z", "2024-05-04T06:08:30Z")


@pytest.mark.parametrize(("steady", "verdict"), [(True, DutyVerdict.KEPT), (False, DutyVerdict.BREACHED)])
def test_a_course_is_to_be_held_from_the_time_on(steady: bool, verdict: DutyVerdict, tmp_path: Path) -> None:
    duty = of_a(judged(tmp_path, "must hold_course not before other.call", "05:00,,B,call", steady=steady))
    assert duty.verdict is verdict
    assert all("06:05:00" not in one.breached for one in duty.stretches)


def test_a_breach_is_when_the_time_is_over_and_that_is_the_latest_moment_to_act(tmp_path: Path) -> None:
    """Also where no row of the tracks is of that moment."""
    told = judged(
        tmp_path, "must answer within 5 min after other.call otherwise must lase within 1 min", "04:30,,B,call"
    )
    (stretch,) = of_a(told).stretches
    assert stretch.breached == "2024-05-04T06:09:30Z"
    assert stretch.words == "it is not done by 06:09:30"
    assert stretch.missing == ("whether what is owed otherwise is done",)
    assert list(turning_points(told.encounters[0]))[:2] == [
        "First breach: A, 1, at 06:09:30",
        "Latest moment to act: A, 1: 06:09:30",
    ]
    assert told.exit == Exit.FINDINGS


def test_who_disregards_advice_may_owe_something_otherwise(tmp_path: Path) -> None:
    told = judged(
        tmp_path, "should answer within 5 min after other.call otherwise must lase within 1 min", "01:00,,B,call"
    )
    assert [one.verdict for one in of_a(told).stretches] == [DutyVerdict.BREACHED]
    assert told.exit == Exit.UNDECIDED
    (tmp_path / "alone").mkdir()
    alone = judged(tmp_path / "alone", "should answer within 5 min after other.call", "01:00,,B,call")
    assert alone.exit == Exit.FINE


def test_what_is_owed_no_more_before_its_time_is_over_is_not_breached(tmp_path: Path) -> None:
    demand = "when calls_unanswered must answer within 10 min after other.call"
    told = judged(tmp_path, demand, "00:00,,,calls_unanswered,yes", "05:00,,B,call", "08:00,,,calls_unanswered,no")
    assert [one.words for one in of_a(told).stretches] == ["it is owed no more before its time is over"]
    assert of_a(told).verdict is DutyVerdict.KEPT
    (tmp_path / "late").mkdir()
    ended = "16:00,,,calls_unanswered,no"
    late = judged(tmp_path / "late", demand, "00:00,,,calls_unanswered,yes", "05:00,,B,call", ended)
    assert [one.breached for one in of_a(late).stretches] == ["2024-05-04T06:15:00Z"]


def test_what_recurs_is_told_as_often_as_it_is_looked_at(tmp_path: Path) -> None:
    calls = [f"{minute:02d}:00,,A,call" for minute in (3, 8, 13)]
    duty = of_a(judged(tmp_path, "must call every 5 min from other.lase until other.answer", "00:00,,B,lase", *calls))
    kept, rest = duty.stretches
    assert (kept.verdict, kept.end) == (DutyVerdict.KEPT, "2024-05-04T06:15:00Z")
    assert rest.verdict is DutyVerdict.UNTOLD
    assert rest.missing == ("what is owed after the first 3 times: no more are looked at (`up to` says how many)",)
    (tmp_path / "over").mkdir()
    over = judged(
        tmp_path / "over",
        "must call every 5 min from other.lase until other.answer",
        "00:00,,B,lase",
        "14:00,,B,answer",
        *calls,
    )
    assert of_a(over).verdict is DutyVerdict.KEPT


@pytest.mark.parametrize(
    ("states", "verdict"),
    [("position", DutyVerdict.KEPT), ("nature", DutyVerdict.BREACHED), ("", DutyVerdict.UNTOLD)],
)
def test_what_a_message_stated_is_not_known_where_it_is_left_out(
    states: str, verdict: DutyVerdict, tmp_path: Path
) -> None:
    demand = "must report_incident within 10 min after other.lase stating position"
    events = ("02:00,,B,lase", f"05:00,,A,report_incident,,{states}")
    duty = of_a(judged(tmp_path, demand, *events, complete=("lase", "report_incident")))
    assert duty.verdict is verdict
    how = "when it is sent, through which line, to whom, in which language and stating what"
    if verdict is DutyVerdict.UNTOLD:
        said = {words for one in duty.stretches for words in one.missing}
        assert said == {f"how A reports the incident to the other side: {how}"}


def test_what_is_told_as_done_is_what_kept_it(tmp_path: Path) -> None:
    told = judged(tmp_path, ANSWER, "01:00,,A,answer", "05:00,,B,call", "07:00,,A,answer", "09:00,,A,answer")
    assert [one.words for one in of_a(told).stretches] == ["answers the call, at 06:07:00"]


@pytest.mark.parametrize(
    ("demand", "complete", "missing"),
    [
        ("must answer within 5 min after other.call", ("call",), "whether A answers the call"),
        ("must not call until other.answer", ("call",), "whether B answers the call"),
        ("must not call within 10 min before other.lase", ("call", "lase"), "what comes after the end of the record"),
    ],
)
def test_what_is_missing_is_what_would_tell_it(
    demand: str, complete: tuple[str, ...], missing: str, tmp_path: Path
) -> None:
    duty = of_a(judged(tmp_path, demand, "05:00,,B,call", "15:00,,A,call", complete=complete))
    (untold,) = [one for one in duty.stretches if one.verdict is DutyVerdict.UNTOLD]
    assert untold.missing == (missing,)


MEETING = (
    'vocabulary gathering "Meeting"\n  uses encounters\nsituation encounter also\nmoments meet "the meeting"\n\n'
    'draft draft "D"\n  uses gathering\n  between CN, JP\n'
)


@pytest.mark.parametrize(
    ("header", "demand", "missing"),
    [
        (MEETING, "must answer within 5 min after meet", "whether the meeting occurs"),
        (HEADER, "must answer within [5 | 10] min after other.call", "the choice `1`"),
        (HEADER, "must not [CN: call | JP: lase]", "the choice `1`"),
    ],
)
def test_what_no_record_tells_is_named_in_words(header: str, demand: str, missing: str, tmp_path: Path) -> None:
    told = judged(tmp_path, demand, "05:00,,B,call", "07:00,,A,call", "08:00,,A,answer", header=header)
    said = {words for duty in told.duties for one in duty.stretches for words in (*one.missing, one.words)}
    assert any(missing in words for words in said), said
    assert not any("(" in words for words in said), said

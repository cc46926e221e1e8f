"""`cbm judge`: made-up records whose truth is known, pages for people and programs, and what cannot be judged."""

from __future__ import annotations

import json
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from re import DOTALL, findall
from threading import Event

import jsonschema
import pytest

import cbm
from cbm.cli import main
from cbm.core.expressions import Flag, Formula, conjunction, disjunction, negation
from cbm.core.norms import NormSystem
from cbm.core.sorts import FLAG
from cbm.core.variables import ActInstance, Attribute
from cbm.finding import Exit, Misuse
from cbm.ground.grounding import Ground, ground
from cbm.judging import recorded_precedence
from cbm.outcomes.judgement import DutyVerdict, Judgement, Setback
from cbm.process.budget import require_going_on
from cbm.questions import recorded_encounters
from cbm.questions.recorded_encounters import RecordQuestion, judgement
from cbm.records import replace
from cbm.render.judgement import JUDGEMENT_RENDERERS
from cbm.render.judgement.judgement_document import json_schema
from cbm.render.judgement.judgement_sections import turning_points
from cbm.search.parallel import Crew
from tests import recorded
from tests.reconstructions import FOLDER, RECONSTRUCTIONS
from tests.recorded import MadeRecord

DRAFT = "specs/drafts/code_of_conduct_2019.cbm"
RECORDS = {
    "crossing": (recorded.crossing(), ["colregs"]),
    "no one acts": (recorded.crossing(acts=False), ["colregs"]),
    "head-on": (recorded.head_on(), ["colregs"]),
    "head-on, and no one acts": (recorded.head_on(acts=False), ["colregs"]),
    "overtaking": (recorded.overtaking(), ["colregs"]),
    "crossing, turned away to port": (recorded.crossing_turned_away_to_port(), ["colregs"]),
    "crossing, turned about": (recorded.crossing_turned_about(), ["colregs"]),
    "crossing twice": (recorded.crossing_twice(), ["colregs"]),
    "formation": (recorded.formation(), ["colregs"]),
    "approach": (recorded.approach(), [DRAFT]),
    "interception": (recorded.interception(), [DRAFT]),
}


def judged(record: MadeRecord, folder: Path, texts: list[str], step: int = 20) -> Judgement:
    return judged_files(record.write(folder, step), texts)


def judged_files(files: dict[str, Path], texts: list[str], executor: Executor | None = None) -> Judgement:
    return cbm.judge(files["tracks"], texts, mapping=files["mapping"], events=files.get("events"), executor=executor)


@pytest.mark.parametrize("name", RECORDS)
def test_what_is_so_by_construction_is_told(name: str, tmp_path: Path) -> None:
    record, texts = RECORDS[name]
    told = judged(record, tmp_path, texts)
    for (unit, clause), verdict in record.truth.items():
        found = [duty for duty in told.duties if (duty.unit, duty.clause) == (unit, clause)]
        assert {duty.verdict for duty in found} == {verdict}, (unit, clause)
    assert told.impossible == ()


def test_a_passing_clear_of_each_other_binds_nobody(tmp_path: Path) -> None:
    told = judged(recorded.clear_passing(), tmp_path, ["colregs"])
    assert [duty.clause for duty in told.duties if duty.verdict is not DutyVerdict.FREE] == []
    assert told.exit == Exit.FINE


def test_what_is_owed_to_two_at_once_is_told(tmp_path: Path) -> None:
    told = judged(recorded.formation(), tmp_path, ["colregs"])
    assert ("B", {"A", "C"}) in [(one.unit, {towards for towards, _ in one.owed}) for one in told.overlaps]
    assert told.apart == ("A and C: the units belong to two sides (not so of these)",)


def test_a_breach_has_its_begin_its_end_and_its_amount(tmp_path: Path) -> None:
    told = judged(recorded.approach(), tmp_path, [DRAFT], step=10)
    (duty,) = [duty for duty in told.duties if (duty.unit, duty.clause) == ("P", "3.2")]
    (breach,) = [stretch for stretch in duty.stretches if stretch.verdict is DutyVerdict.BREACHED]
    assert (breach.start, breach.end) == ("2024-05-04T06:07:20Z", "2024-05-04T06:07:40Z")
    assert breach.words == "339 m at 06:07:29.8, 661 m short of 1,000 m"  # 300 m of height


def set_back(told: Judgement) -> set[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    return {(one.how.value, one.unit, one.clauses, one.by) for e in told.encounters for one in e.setbacks}


def test_what_stands_in_place_of_what_and_what_yields_is_told(tmp_path: Path) -> None:
    told = judged(recorded.crossing(acts=False), tmp_path, ["cues", "colregs"])
    assert set_back(told) == {
        ("displaced", "B", ("17(a)(i) of colregs",), ("17(b) of colregs",)),
        ("yields", "B", ("2.1",), ("17(a)(i) of colregs",)),
    }
    (advice,) = [duty for duty in told.duties if (duty.unit, duty.clause) == ("B", "2.1")]
    assert [stretch.verdict for stretch in advice.stretches] == [DutyVerdict.YIELDS, DutyVerdict.BREACHED]
    assert advice.stretches[0].words == "17(a)(i) of colregs"
    shown = " ".join(JUDGEMENT_RENDERERS["text"](told).split())
    assert "06:19:20 to 06:20:00: B towards A: 17(b) of colregs stands in place of 17(a)(i) of colregs" in shown
    assert "2.1 yields to 17(a)(i) of colregs, with which it clashes (cues yields to colregs)" in shown
    assert "17(b) of colregs stands in place of" in JUDGEMENT_RENDERERS["html"](told)


@pytest.mark.parametrize("precedence", ["subject to colregs", "beside colregs"])
def test_a_duty_is_not_breached_where_it_yields_and_is_where_nothing_settles_it(
    precedence: str, tmp_path: Path
) -> None:
    (draft := tmp_path / "draft.cbm").write_text(
        f'draft d "D"\n  uses encounters\n  between CN, JP\n  {precedence}\n'
        "clause 1 a vessel meeting a vessel when risk_of_collision must reduce_speed unless own.craft is submarine\n"
        "clause 2 exception to 1 when extremis\n",
        encoding="utf-8",
    )
    told = judged(recorded.crossing(acts=False), tmp_path, [str(draft), "colregs"])
    (duty,) = [duty for duty in told.duties if (duty.unit, duty.clause) == ("B", "1")]
    clash = ("1", "17(a)(i) of colregs")
    if precedence.startswith("subject"):
        assert {stretch.verdict for stretch in duty.stretches} == {DutyVerdict.YIELDS}
        assert ("yields", "B", clash[:1], clash[1:]) in set_back(told)
    else:
        assert duty.verdict is DutyVerdict.BREACHED
        assert ("clashes", "B", clash, ()) in set_back(told)
    assert ("excepted", "B", ("1",), ()) in set_back(told)
    assert "does not bind, for an exception: 2" in " ".join(JUDGEMENT_RENDERERS["text"](told).split())


def test_thresholds_with_a_range_hold_on_all_readings_or_it_depends(tmp_path: Path) -> None:
    record = recorded.overtaking()
    for clear, verdict in (([200, 290], "kept"), ([200, 400], "depends"), ([350, 400], "breached")):
        acting = replace(
            record.units[0], legs=[recorded.Leg(300, 0, 20), recorded.Leg(300, 20, 20), recorded.Leg(1800, 0, 20)]
        )
        made = replace(record, units=(acting, record.units[1]), thresholds={**record.thresholds, "clear_m": clear})
        told = judged(made, tmp_path, ["colregs"])
        least = int(told.encounters[0].closest.split(" m")[0].replace(",", ""))
        made = replace(made, thresholds={**made.thresholds, "clear_m": [c - 302 + least for c in clear]})
        found = [d for d in judged(made, tmp_path, ["colregs"]).duties if (d.unit, d.clause) == ("A", "13(a)")]
        assert [duty.verdict for duty in found] == [verdict]


def test_single_readings_are_not_looked_at_once_the_run_is_stopped(tmp_path: Path) -> None:
    record = recorded.overtaking()
    made = replace(record, thresholds={**record.thresholds, "risk_nmi": [0.01, 5]})
    files, stopped = made.write(tmp_path, 60), Event()
    stopped.set()

    def depends(cancel: Event | None) -> bool:
        told = cbm.judge(files["tracks"], ["colregs"], mapping=files["mapping"], cancel=cancel)
        return any(stretch.bound == "depends" for duty in told.duties for stretch in duty.stretches)

    assert depends(None)
    assert not depends(stopped)


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    record = recorded.crossing()
    told = judged(replace(record, thresholds={"sight_nmi": 8}), tmp_path, ["colregs"])
    (duty,) = [duty for duty in told.duties if (duty.unit, duty.clause) == ("A", "15(a)")]
    assert duty.verdict is DutyVerdict.UNTOLD
    assert "state thresholds.risk_nmi and risk_min" in " ".join(duty.stretches[0].missing)
    assert told.exit == Exit.UNDECIDED


def test_a_sample_that_an_axiom_calls_impossible_is_a_finding_against_the_vocabulary(tmp_path: Path) -> None:
    record = recorded.crossing(acts=False)
    events = ("time_utc,until_utc,unit,what,value", "2024-05-04T06:01:00,2024-05-04T06:02:00,A,status,submerged")
    told = judged(replace(record, events=events, facts={**record.facts, "in_sight": True}), tmp_path, ["colregs"])
    assert "a submerged unit is not in sight" in [sample.axiom for sample in told.impossible]
    assert told.exit == Exit.FINDINGS


def test_an_axiom_on_what_tracks_show_units_do_is_held_against_them(tmp_path: Path) -> None:
    (draft := tmp_path / "draft.cbm").write_text(
        "vocabulary mine uses encounters\n"
        "never alter_course with reduce_speed\n"
        "act_early requires own.alter_to_port\n"
        "cross_ahead requires own.alter_course\n"
        "answer requires other.call\n"
        'draft d "D"\n  uses mine\n  between CN, JP\nclause 1 every unit must not cross_ahead\n',
        encoding="utf-8",
    )
    events = ("time_utc,unit,what", "2024-05-04T06:01:00,A,call", "2024-05-04T06:02:00,B,answer")
    made = replace(recorded.crossing(), events=events, complete=("call",))
    a, b = made.units
    slower = tuple(replace(leg, knots=leg.knots - 4 * (number > 0)) for number, leg in enumerate(a.legs))
    told = judged(replace(made, units=(replace(a, legs=slower), b)), tmp_path, [str(draft)])
    assert [(one.time[11:], one.sample) for one in told.impossible] == [
        ("06:04:00Z", ("whether A alters course: yes", "whether A reduces speed: yes")),
        (
            "06:04:00Z",
            ("whether A takes early and substantial action: yes", "whether A alters course to port: no"),
        ),
    ]


def test_what_an_act_takes_may_have_been_recorded_before_it(tmp_path: Path) -> None:
    (draft := tmp_path / "draft.cbm").write_text(
        'draft d "D"\n  uses encounters\n  between CN, JP\n'
        "clause 1 every unit must not transmit within 1 h after other.answer\n",
        encoding="utf-8",
    )
    events = ("time_utc,unit,what", "2024-05-04T06:01:00,A,transmit", "2024-05-04T06:02:00,A,call")
    made = replace(recorded.crossing(), events=events, complete=("call", "transmit", "answer"))
    assert judged(made, tmp_path, [str(draft)]).impossible == ()


def test_the_page_for_programs_is_as_its_schema_says(tmp_path: Path) -> None:
    told = judged(recorded.crossing(acts=False), tmp_path, ["colregs", "cues"])
    page = json.loads(JUDGEMENT_RENDERERS["json"](told))
    jsonschema.validate(page, json.loads(json_schema()))
    assert page["exit_code"] == Exit.FINDINGS


def test_no_word_of_a_record_becomes_markup_and_the_page_needs_no_network(tmp_path: Path) -> None:
    record = recorded.crossing(acts=False)
    units = tuple(replace(u, name=name) for u, name in zip(record.units, ("A<script>", "B\x1b[31m"), strict=True))
    files = replace(record, units=units).write(tmp_path)
    files["mapping"].write_text(
        files["mapping"].read_text(encoding="utf-8").replace("\x1b", "\\u001b"), encoding="utf-8"
    )
    told = judged_files(files, ["colregs"])
    page = JUDGEMENT_RENDERERS["html"](told)
    assert "A&lt;script&gt;" in page
    assert "<script" not in page
    assert "\x1b" not in page + JUDGEMENT_RENDERERS["text"](told)
    assert "http:" not in page
    assert "https:" not in page
    assert page.count("<details>") == len([d for d in told.duties if d.verdict is not DutyVerdict.FREE])


def test_the_files_of_the_page_on_records_are_read_as_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (Path(cbm.__file__).parent / "tracks" / "README.md").read_text(encoding="utf-8")
    for _, name, text in findall(r"```(csv|toml) (\S+)\n(.*?)```", page, DOTALL):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (command,) = findall(r"\$ cbm (.*)", page)
    monkeypatch.chdir(tmp_path)
    assert main(command.split()) == Exit.FINE
    shown = capsys.readouterr().out
    assert "KAIYO directs fire-control radar" not in shown.partition("Not to be told")[2]
    assert "[disregarded] KAIYO towards P-1: 2.8.1(a) (`illuminate_fire_control`)" in " ".join(shown.split())


def test_what_cannot_be_read_is_told_with_its_place_and_nothing_is_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (file := tmp_path / "tracks.csv").write_text("time_utc,unit,latitude_deg,longitude_deg\nnow,A,30,125\n")
    assert main(["judge", str(file), "--texts", "colregs"]) == Exit.MISUSE
    shown = capsys.readouterr()
    assert f"{file}:2:1: `now` is no time" in shown.err
    assert shown.out == ""
    with pytest.raises(Misuse, match=":2:1: `now` is no time"):
        cbm.judge(file, ["colregs"])


def test_names_that_no_one_knows_are_told_with_what_was_meant(tmp_path: Path) -> None:
    record = recorded.crossing()
    events = ("time_utc,unit,what", "2024-05-04T06:01:00,A,cal", "2024-05-04T06:01:00,Q,call")
    with pytest.raises(Misuse, match="there is no act or attribute `cal`; did you mean `call`\\?"):
        judged(replace(record, events=events), tmp_path, ["colregs"])
    told = judged(replace(record, events=(events[0], events[2])), tmp_path, ["colregs"])
    assert "there is no unit `Q`" in " ".join(note.words for note in told.notes)
    with pytest.raises(Misuse, match="there is no threshold `risk_nm`; did you mean `risk_nmi`\\?"):
        judged(replace(record, thresholds={**record.thresholds, "risk_nm": 1}), tmp_path, ["colregs"])
    units = tuple(replace(unit, who={**unit.who, "craft": "warshp"}) for unit in record.units)
    with pytest.raises(Misuse, match="there is no `warshp`; did you mean `warship`"):
        judged(replace(record, units=units), tmp_path, ["colregs"])


@pytest.mark.usefixtures("shared_out")
def test_many_units_need_to_come_near_and_any_executor_tells_the_same(tmp_path: Path) -> None:
    base = recorded.crossing(acts=False)
    units = tuple(
        replace(unit, name=f"{unit.name}{number}", east=unit.east + 40_000 * number)
        for number in range(7)
        for unit in base.units
    )
    made = replace(base, units=units)
    with pytest.raises(Misuse, match="14 units are too many to look at each two of them"):
        judged(made, tmp_path, ["colregs"])
    files = replace(made, thresholds={**made.thresholds, "near_nmi": 2}).write(tmp_path)
    alone = judged_files(files, ["colregs"])
    assert [one.units for one in alone.encounters] == [(f"A{n}", f"B{n}") for n in range(7)]
    with ThreadPoolExecutor(2) as executor:
        assert judged_files(files, ["colregs"], executor) == alone


@pytest.fixture
def shared_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each pair is a share of the work by itself."""
    monkeypatch.setattr(recorded_encounters, "_SHARE", 1)


@pytest.mark.usefixtures("shared_out")
def test_a_folder_of_tracks_is_told_as_one_table_whoever_does_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = replace(recorded.formation(), thresholds={**recorded.THRESHOLDS, "near_nmi": 3}).write(tmp_path)
    head, *rows = files["tracks"].read_text(encoding="utf-8").splitlines()
    (folder := tmp_path / "tracks").mkdir()
    for unit in "ABC":
        own = [row for row in rows if row.split(",")[1] == unit]
        (folder / f"{unit}.csv").write_text("\n".join([head, *own]), encoding="utf-8")
    (folder / "notes.txt").write_text("no record", encoding="utf-8")
    pages = []
    for tracks, jobs in ((files["tracks"], "1"), (folder, "1"), (folder, "2")):
        command = ["judge", str(tracks), "--mapping", str(files["mapping"]), "--texts", "colregs", "-j", jobs]
        assert main(command) == Exit.FINDINGS
        pages.append(capsys.readouterr().out.partition("\n")[2])
    assert pages[1:] == pages[:1] * 2


def test_how_far_it_is_is_told_while_pairs_are_judged(tmp_path: Path) -> None:
    made = replace(recorded.formation(), thresholds={**recorded.THRESHOLDS, "near_nmi": 3})
    files, heard = made.write(tmp_path), []
    question = RecordQuestion((files["tracks"],), ("colregs",), files["mapping"])
    judgement(question, Crew(None, lambda what, done, of: heard.append((what, done, of))))
    assert {what for what, _, _ in heard} == {"looking for pairs that come near", "judging pairs of units"}
    assert all(0 <= done <= of for _, done, of in heard)


@pytest.mark.parametrize("name", RECONSTRUCTIONS)
def test_three_replays_are_told_as_their_sources_and_the_texts_have_it(name: str, tmp_path: Path) -> None:
    (record, step), shipped = RECONSTRUCTIONS[name], FOLDER / name
    for file in record.write(tmp_path, step).values():
        assert (shipped / file.name).read_bytes() == file.read_bytes(), "python -m tests.reconstructions"
    told = judged_files({"tracks": shipped / "tracks.csv", "mapping": shipped / "mapping.toml"}, ["cues", "colregs"])
    assert told.reconstruction
    assert told.as_of == record.start.date().isoformat()
    found = {(duty.unit, duty.clause): duty.verdict.value for duty in told.duties}
    assert {key: found[key] for key in record.truth} == record.truth
    assert told.impossible == ()
    assert "A reconstruction: these tracks were made from reported figures" in JUDGEMENT_RENDERERS["html"](told)


def test_a_record_that_begins_later_does_not_tell_how_the_units_met(tmp_path: Path) -> None:
    record = replace(recorded.crossing(acts=False), first_sight=False)
    nearer = tuple(replace(u, east=u.east * 0.15, north=u.north * 0.15) for u in record.units)
    told = judged(replace(record, units=nearer), tmp_path, ["colregs"])
    (duty,) = [duty for duty in told.duties if (duty.unit, duty.clause) == ("A", "15(a)")]
    assert duty.stretches[0].bound == "not to be told"
    assert "`came_up_astern`" in " ".join(duty.stretches[0].missing)


def test_roles_stay_as_first_found_until_the_units_are_past_and_clear(tmp_path: Path) -> None:
    """Rule 13(d): whoever comes up from astern overtakes; nobody else does, whatever the bearings are in passing."""
    told = judged(recorded.overtaking(), tmp_path, ["colregs"])
    assert {duty.unit for duty in told.duties if duty.clause == "13(a)"} == {"A"}
    (duty,) = [duty for duty in told.duties if duty.clause == "13(a)"]
    assert len(duty.stretches) == 1  # over the beam of B, and until 2,000 m ahead of it
    assert duty.stretches[0].end > "2024-05-04T06:18"
    for record in (RECONSTRUCTIONS["chung_hoon_2023"][0], recorded.crossing(), recorded.crossing(acts=False)):
        told = judged(record, tmp_path, ["colregs"])
        assert [duty.unit for duty in told.duties if duty.clause == "13(a)"] == []
        assert len({duty.unit for duty in told.duties if duty.clause == "17(a)(i)"}) == 1


def test_who_gives_way_in_a_crossing_stays_the_same_until_past_and_clear(tmp_path: Path) -> None:
    for record in (recorded.crossing_turned_away_to_port(), recorded.crossing_turned_about()):
        told = judged(record, tmp_path, ["colregs"])
        assert {duty.unit for duty in told.duties if duty.clause in ("15(a)", "13(a)", "14(a)")} == {"A"}
        (duty,) = [duty for duty in told.duties if duty.clause == "15(a)"]
        assert len(duty.stretches) == 1
    told = judged(recorded.crossing_twice(), tmp_path, ["colregs"])
    first, second = sorted((d for d in told.duties if d.clause == "15(a)"), key=lambda duty: duty.since)
    assert (first.unit, second.unit) == ("A", "B")
    assert first.stretches[-1].end < second.since


def test_whoever_reads_rule_15_otherwise_has_the_bearings_of_the_moment_decide(tmp_path: Path) -> None:
    record = recorded.crossing_turned_about()
    units = tuple(replace(unit, who={**unit.who, "found_to_starboard": False}) for unit in record.units)
    told = judged(replace(record, units=units), tmp_path, ["colregs"])
    assert {duty.unit for duty in told.duties if duty.clause == "15(a)"} == {"A", "B"}


@pytest.fixture
def pair(tmp_path: Path) -> dict[str, Path]:
    """A record with a mapping and events, to be spoilt."""
    page = Path("cbm/tracks/README.md").read_text(encoding="utf-8")
    for name, body in findall(r"```\w+ (\S+)\n(.*?)```", page, DOTALL):
        (tmp_path / name).write_text(body, encoding="utf-8")
    return {"tracks": tmp_path / "tracks.csv", "mapping": tmp_path / "mapping.toml", "events": tmp_path / "events.csv"}


@pytest.mark.parametrize(
    ("file", "written", "spoilt", "words"),
    [
        # passed over, it would be told that the radar was not used: the mapping says that each use is recorded
        ("events", "illuminate_fire_control", "iluminate_fire_control", r"events\.csv:2: there is no act or attribute"),
        (
            "mapping",
            "sight_nmi",
            "sigth_nmi",
            "thresholds: there is no threshold `sigth_nmi`; did you mean `sight_nmi`",
        ),
        ("mapping", '["illuminate_fire_control"]', '["lasee"]', "complete.acts: there is no act `lasee`"),
        ("mapping", "sight_nmi = [6, 10]", "sight_nmi = nan", r"thresholds\.sight_nmi: write one figure"),
        ("mapping", "fastest_kt = 35", "fastest_kt = inf", r"units\.KAIYO\.fastest_kt: write a number"),
        ("mapping", "fastest_kt = 35", "fastest_kt = 35\nfastest_m_s = 18", "fastest_kt and fastest_m_s say the same"),
        (
            "mapping",
            "longest_gap_min = 5",
            "longest_gap_min = 5\nlongest_gap_s = 9",
            "longest_gap_s and longest_gap_min",
        ),
    ],
)
def test_a_word_that_nobody_knows_is_not_passed_over(
    pair: dict[str, Path], file: str, written: str, spoilt: str, words: str
) -> None:
    before = pair[file].read_text(encoding="utf-8")
    assert written in before
    pair[file].write_text(before.replace(written, spoilt, 1), encoding="utf-8")
    with pytest.raises(Misuse, match=words):
        judged_files(pair, ["cues"])


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        ("06", ""),
        ("15", "`illuminate_fire_control` is after the last row, so it is not judged"),
        ("03", "`illuminate_fire_control` is before the first row: only what counts from it is judged"),
    ],
)
def test_an_event_of_no_moment_of_the_record_is_told(pair: dict[str, Path], hour: str, words: str) -> None:
    """As where somebody writes the time of another zone. What is so of a unit may begin before."""
    events = pair["events"].read_text(encoding="utf-8").replace("T06:00", "T02:00")
    pair["events"].write_text(events.replace("T06:01", f"T{hour}:01"), encoding="utf-8")
    notes = [(note.kind, note.place.rpartition("/")[2], note.words) for note in judged_files(pair, ["cues"]).notes]
    assert notes == ([("not used", "events.csv:2", words)] if words else [])


@pytest.mark.parametrize("hour", ["09", "none"])
def test_units_that_are_never_recorded_together_are_not_told_to_be_bound_by_nothing(
    pair: dict[str, Path], hour: str
) -> None:
    rows = pair["tracks"].read_text(encoding="utf-8").splitlines(keepends=True)
    later = [row.replace("T06", f"T{hour}") if ",P-1," in row else row for row in rows]
    pair["tracks"].write_text("".join(row for row in later if "Tnone" not in row), encoding="utf-8")
    told = judged_files({"tracks": pair["tracks"], "mapping": pair["mapping"]}, ["cues"])
    assert "no two units are recorded at the same time, so nothing is judged" in [note.words for note in told.notes]
    assert told.exit is Exit.UNDECIDED
    assert "No duty binds anybody" not in JUDGEMENT_RENDERERS["text"](told)


def test_who_begins_with_figures_alone_is_told_what_to_state(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a reader of a newspaper would begin: times and places, nothing about the units, and no course."""
    table, places = tmp_path / "tracks.csv", {"P-3C": "136.0000", "J-15": "136.0004"}
    rows = [f"2025-06-08T01:0{m}:00,{unit},20.{m}0,{east}" for unit, east in places.items() for m in (0, 1, 5)]
    table.write_text("\n".join(["time_utc,unit,lat,lon", *rows]), encoding="utf-8")
    assert main(["judge", str(table), "--texts", "cues"]) == Exit.MISUSE
    assert "no column is called `lat`; did you mean `latitude_deg`?" in capsys.readouterr().err
    table.write_text("\n".join(["time_utc,unit,latitude_deg,longitude_deg", *rows]), encoding="utf-8")
    assert main(["judge", str(table), "--texts", "colregs"]) == Exit.UNDECIDED
    shown = " ".join(capsys.readouterr().out.split())
    assert "nothing says who `J-15` is: state party, craft and status under [units] in a mapping file" in shown
    assert "`longest_gap_min` under [record] says how long a gap may be" in shown
    assert 'bearing from the bow (`bearing`) of J-15 (rows tell no course: derive = ["course"] under [record]' in shown


def test_units_that_begin_side_by_side_are_named_below_each_other_and_breaches_of_one_moment_together(
    tmp_path: Path,
) -> None:
    made = recorded.interception()
    fighter, patrol = made.units
    beside = replace(fighter, north=0, legs=[recorded.Leg(600, 0, 220, 5000)])
    told = judged(replace(made, units=(beside, patrol)), tmp_path, [DRAFT])
    assert "First breach: F, 3.4; P, 3.4, at 06:00:00" in JUDGEMENT_RENDERERS["text"](told)
    names = findall(r'x="([\d.]+)" y="([\d.]+)">[FP], 06:00:00', JUDGEMENT_RENDERERS["html"](told))
    (x, y), (u, v) = [(float(one), float(other)) for one, other in names]
    assert abs(x - u) < 10
    assert abs(y - v) >= 14


def test_the_first_breach_the_latest_moment_to_act_and_who_was_free_to_do_what_are_told(tmp_path: Path) -> None:
    told = judged(recorded.crossing(acts=False), tmp_path, ["colregs"])
    assert list(turning_points(told.encounters[0])) == [
        "First breach: A, 15(a); A, 15(b); A, 16; B, 17(b), at 06:20:00",
        "Latest moment to act: A, 15(a): 06:20:00; A, 16: 06:20:00; B, 17(b): 06:20:00",
        "Free meanwhile: A may use_searchlight (36); B may use_searchlight (36)",
    ]
    alone = judged(recorded.overtaking(), tmp_path, ["colregs"]).encounters[0]
    free = replace(alone, duties=tuple(duty for duty in alone.duties if duty.unit == "A" or duty.clause == "36"))
    assert list(turning_points(free))[-1] == "Bound to nothing: B"


def test_what_is_permitted_is_told_where_it_is_known_to_bind(pair: dict[str, Path], tmp_path: Path) -> None:
    told = cbm.judge(pair["tracks"], ["colregs"])
    assert any(duty.clause == "36" for duty in told.duties)
    text, page = JUDGEMENT_RENDERERS["text"](told), JUDGEMENT_RENDERERS["html"](told)
    assert "Permitted" not in text + page
    assert 'class="tag t-untold">not to be told from this record</span> KAIYO towards P-1: 36 ' in page
    known = JUDGEMENT_RENDERERS["text"](judged(recorded.crossing(acts=False), tmp_path, ["colregs"]))
    assert "Permitted: A may use_searchlight (36); B may use_searchlight (36)" in " ".join(known.split())


@pytest.mark.parametrize("gap", ["5", "1"])
def test_two_that_pass_between_their_rows_are_judged_there_without_courses_but_in_no_gap(
    pair: dict[str, Path], tmp_path: Path, gap: str
) -> None:
    """P-1 passes 1,851 m from KAIYO a minute after its first row."""
    text = "draft code\n  uses encounters\n  between CN, JP\nclause 1 an aircraft must keep separation >= 2,000 m\n"
    (tmp_path / "code.cbm").write_text(text, encoding="utf-8")
    rows = [row.split(",") for row in pair["tracks"].read_text(encoding="utf-8").splitlines()]
    without = [rows[0], *([*row[:4], "", "", row[6]] for row in rows[1:])]
    pair["tracks"].write_text("\n".join(map(",".join, without)), encoding="utf-8")
    mapping = pair["mapping"].read_text(encoding="utf-8").replace("longest_gap_min = 5", f"longest_gap_min = {gap}")
    pair["mapping"].write_text(mapping, encoding="utf-8")
    told = judged_files({key: pair[key] for key in ("tracks", "mapping")}, [str(tmp_path / "code.cbm")])
    (duty,) = told.duties
    assert (duty.verdict is DutyVerdict.BREACHED) == (gap == "5")
    assert ("1,851 m at 06:01:03.8" in told.encounters[0].closest) == (gap == "5")


def test_a_text_that_binds_nobody_is_named(tmp_path: Path) -> None:
    told = judged(recorded.approach(), tmp_path, [DRAFT, "colregs"])
    assert "No clause of colregs binds anybody in it." in " ".join(JUDGEMENT_RENDERERS["text"](told).split())


def test_what_was_not_judged_shows_in_the_exit_code(pair: dict[str, Path]) -> None:
    assert judged_files(pair, ["cues"]).exit == Exit.FINE
    mapping = pair["mapping"].read_text(encoding="utf-8")
    pair["mapping"].write_text(f'{mapping}\n[units.LOST]\nparty = "CN"\n', encoding="utf-8")
    told = judged_files(pair, ["cues"])
    assert [(note.kind, note.words) for note in told.notes] == [("not used", "there is no unit `LOST`")]
    assert told.exit == Exit.UNDECIDED


YIELDING = (
    'draft d "D"\n  uses encounters\n  between CN, JP\n  subject to colregs\n'
    "clause 1 a vessel meeting a vessel when risk_of_collision must reduce_speed\n"
    "clause 2 a vessel meeting a vessel when extremis must not reduce_speed\n"
)


def test_clashes_that_are_not_looked_for_to_the_end_leave_open_what_may_yield(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (draft := tmp_path / "draft.cbm").write_text(YIELDING, encoding="utf-8")
    files, stopped = recorded.crossing(acts=False).write(tmp_path, 20), Event()

    def grounded(system: NormSystem, role: int) -> Ground:
        stopped.set()
        require_going_on()
        return ground(system, role)

    monkeypatch.setattr(recorded_precedence, "ground", grounded)
    told = cbm.judge(
        files["tracks"], [str(draft), "colregs"], mapping=files["mapping"], events=files.get("events"), cancel=stopped
    )
    (duty,) = [duty for duty in told.duties if (duty.unit, duty.clause) == ("B", "1")]
    assert duty.verdict is DutyVerdict.UNTOLD
    undecided = [one for e in told.encounters for one in e.setbacks if one.how is Setback.UNDECIDED]
    assert ("1", "17(a)(i) of colregs") in [tuple(sorted(one.clauses)) for one in undecided if one.unit == "B"]


def test_a_stopped_run_tells_what_it_knows_also_of_a_unit_that_nothing_binds(tmp_path: Path) -> None:
    (draft := tmp_path / "draft.cbm").write_text(
        'draft d "D"\n  uses encounters\n  between CN, JP\nclause 1 CN must not lase\n', encoding="utf-8"
    )
    files, stopped = recorded.crossing(acts=False).write(tmp_path, 20), Event()
    stopped.set()
    told = cbm.judge(files["tracks"], [str(draft)], mapping=files["mapping"], cancel=stopped)
    assert {duty.unit for duty in told.duties} == {"A"}
    assert not [one for encounter in told.encounters for one in encounter.setbacks if one.unit == "B"]
    assert "whether 1 can be kept could not be decided" in JUDGEMENT_RENDERERS["text"](told)
    assert told.exit is Exit.UNDECIDED


def test_a_part_of_a_formula_that_stands_at_many_places_is_looked_at_once() -> None:
    done: Formula = Flag(ActInstance("call", 0).performed)
    known: Formula = Flag(Attribute("night", None, FLAG))
    for _ in range(200):
        done = disjunction(
            conjunction(done, known), conjunction(done, negation(known), Flag(Attribute("day", None, FLAG)))
        )
    recorded_precedence.as_recorded(done)

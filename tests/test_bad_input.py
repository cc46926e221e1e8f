"""Bad input through the whole line: a clear error at its place, bounded, never a traceback and never a pass."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cbm.cli import main
from cbm.finding import Exit, Finding, Misuse, Severity
from cbm.pipeline import load_text, run

HEAD = 'draft code "A code"\n  uses encounters\n  between CN, JP\n'
CLAUSE = "clause 1 a warship must not aim_weapons\n"
WORLD = """\
vocabulary small "A small world"
kind craft = warship | tug
situation passage
roles own, other
each
  craft : craft
"""


def found(folder: Path, text: str) -> tuple[Finding, ...]:
    path = folder / "code.cbm"
    path.write_text(text, encoding="utf-8")
    report = run([path], ignore=("unused",))
    assert report.exit is Exit.FINDINGS
    return report.findings


def only(folder: Path, text: str) -> Finding:
    (finding,) = found(folder, text)
    return finding


@pytest.mark.parametrize("cut", range(5, len(HEAD + CLAUSE) - 1, 7))
def test_a_truncated_file_is_never_fine_and_never_a_traceback(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "code.cbm"
    path.write_text((HEAD + CLAUSE)[:cut], encoding="utf-8")
    assert main(["check", str(path)]) in (Exit.FINDINGS, Exit.MISUSE, Exit.FINE)


@pytest.mark.parametrize("cut", range(len(HEAD) + 3, len(HEAD + CLAUSE) - 12, 3))
def test_a_clause_cut_short_is_an_error(tmp_path: Path, cut: int) -> None:
    assert found(tmp_path, (HEAD + CLAUSE)[:cut])


def test_deep_nesting(tmp_path: Path) -> None:
    text = f"clause 1 a warship when {'(' * 10_000}own.distress{')' * 9_000} must answer\n"
    assert only(tmp_path, HEAD + text[:9_000]).rule == "syntax"


def test_ten_megabytes_of_one_line(tmp_path: Path) -> None:
    finding = only(
        tmp_path, HEAD + "clause 1 a warship when " + "own.distress and " * 600_000 + "in_sight must answer\n"
    )
    assert finding.message == "a line of 10,200,044 characters; at most 10,000 are read"


def test_a_million_digits(tmp_path: Path) -> None:
    assert only(tmp_path, f"{HEAD}clause 1 a warship must keep separation >= {'9' * 1_000_000} m\n").rule == "syntax"
    assert only(tmp_path, f"{HEAD}clause 1 a warship must keep separation >= {'9' * 5_000} m\n").rule == "syntax"


def test_bidirectional_control_characters(tmp_path: Path) -> None:
    finding = only(tmp_path, f'{HEAD}clause 1 "Aim\u202enot" a warship must not aim_weapons\n')
    assert finding.primary.span.begin == (4, 14)


def test_a_circle_of_vocabularies(tmp_path: Path) -> None:
    (tmp_path / "one.cbm").write_text('vocabulary one "One" uses two\n', encoding="utf-8")
    (tmp_path / "two.cbm").write_text('vocabulary two "Two" uses one\n', encoding="utf-8")
    finding = only(tmp_path, 'draft code "A code"\n  uses one\nclause 1 every unit must answer\n')
    assert finding.rule == "cycle"
    assert "`one` builds on itself" in finding.message


def test_a_path_that_climbs_out_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "outside.cbm").write_text(WORLD, encoding="utf-8")
    inside = tmp_path / "project"
    inside.mkdir()
    (inside / "cbm.toml").touch()
    text = 'draft code "A code"\n  uses small from "../outside.cbm"\nclause 1 every unit must answer\n'
    assert only(inside, text).message == "the path `../outside.cbm` leads out of the project"


@pytest.mark.parametrize(
    ("header", "told", "remedies"),
    [
        ('uses small from "gone.cbm"', "there is no file at `gone.cbm`", ()),
        ('uses large from "words.cbm"', "no vocabulary in `words.cbm` is called `large`", ("there is `small` only",)),
        ('uses smal from "words.cbm"', "no vocabulary in `words.cbm` is called `smal`", ("did you mean `small`?",)),
        (
            'uses small from "words.cbm" beside pact from "words.cbm"',
            "no instrument or draft in `words.cbm` is called `pact`",
            (),
        ),
    ],
)
def test_what_is_not_at_the_path_that_is_named_is_told_once(
    tmp_path: Path, header: str, told: str, remedies: tuple[str, ...]
) -> None:
    (tmp_path / "words.cbm").write_text(WORLD, encoding="utf-8")
    finding = only(tmp_path, f'draft code "A code"\n  {header}\nclause 1 every unit must answer\n')
    assert (finding.message, finding.remedies) == (told, remedies)


def test_contradictory_axioms_are_told_and_nothing_else(tmp_path: Path) -> None:
    text = WORLD + (
        "shared\n  depth : length from 0 m to 100 m\n"
        'axiom "deep" depth >= 60 m\naxiom "shallow" depth <= 40 m\n'
        "act anchor topic manoeuvre\n"
        'draft code "A code"\n  uses small\nclause 1 every unit must anchor\nclause 2 every unit must not anchor\n'
    )
    finding = only(tmp_path, text)
    assert finding.rule == "inconsistent-vocabulary"
    assert [label.text for label in (finding.primary, *finding.related)] == ["deep", "shallow"]


def test_a_misspelt_clause_gives_no_false_gap(tmp_path: Path) -> None:
    text = HEAD + "clause 1 a warship mustnt aim_weapons\ncovers weapons in every type of encounter\n"
    assert {f.rule for f in found(tmp_path, text)} == {"syntax"}


def test_two_mistakes_give_two_messages(tmp_path: Path) -> None:
    text = HEAD + "clause 1 a warship must not\nclause 2 a frigate must not aim_weapons\n"
    assert [f.rule for f in found(tmp_path, text)] == ["syntax", "undefined"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00d", "not UTF-8"),
        (b"", "no vocabulary, instrument, draft or cases"),
        (b"# nothing here\n", "no vocabulary, instrument, draft or cases"),
    ],
)
def test_files_that_hold_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, words: str
) -> None:
    path = tmp_path / "code.cbm"
    path.write_bytes(content)
    assert main(["check", str(path)]) == Exit.MISUSE
    assert words in capsys.readouterr().err


def test_paths_that_hold_no_spec(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path)]) == Exit.MISUSE
    assert "no spec found" in capsys.readouterr().err
    assert main(["check", str(tmp_path / "missing.cbm")]) == Exit.MISUSE
    assert "does not exist" in capsys.readouterr().err


def test_axioms_that_leave_nothing_to_do_in_some_encounters(tmp_path: Path) -> None:
    text = WORLD + (
        'shared\n  night "it is night" : flag\nact hold topic manoeuvre\n'
        'axiom "they hold" night implies own.hold\naxiom "nobody holds" night implies not own.hold\n'
        'draft code "A code"\n  uses small\nclause 1 every unit must hold\n'
    )
    finding = only(tmp_path, text)
    assert finding.rule == "inconsistent-vocabulary"
    assert finding.whenever == "it is night"
    assert [label.text for label in (finding.primary, *finding.related)] == ["they hold", "nobody holds"]


@pytest.mark.parametrize("link", ["unless own is bound by ({})", "in place of {}"])
def test_long_chains_of_clauses_are_refused_at_their_place(tmp_path: Path, link: str) -> None:
    clauses = [f"clause {i} a warship must answer {link.format(i - 1)}\n" for i in range(2, 120)]
    first = HEAD + "clause 1 a warship must answer\n"
    messages = [f.message for f in found(tmp_path, first + "".join(clauses))]
    assert any(message.endswith("depends on a chain of more than 60 clauses") for message in messages)
    for count, faults in ((60, 0), (61, 1)):
        _, problems = load_text(first + "".join(clauses[:count]), name="chain.cbm")
        assert len(problems) == faults


def test_exceptions_to_exceptions_are_bounded(tmp_path: Path) -> None:
    clauses = [f"clause {i} exception to {i - 1} when own.distress\n" for i in range(2, 120)]
    (message,) = (f.message for f in found(tmp_path, HEAD + "clause 1 a warship must answer\n" + "".join(clauses)))
    assert message.endswith("is under a pile of more than 60 exceptions")
    (tmp_path / "code.cbm").unlink()
    wide = [f"clause {i} exception to 2 when in_sight\n" for i in range(3, 120)]
    path = tmp_path / "wide.cbm"
    path.write_text(HEAD + "clause 1 a warship must answer\n" + clauses[0] + "".join(wide), encoding="utf-8")
    assert run([path], select=["syntax"]).exit is Exit.FINE


def test_terms_inside_terms_are_bounded(tmp_path: Path) -> None:
    terms = [f"term t{i} means (own.t{i - 1} or other.t{i - 1}) and not own.t{i - 1}\n" for i in range(1, 30)]
    text = HEAD + "term t0 means own.distress\n" + "".join(terms) + "clause 1 a warship when own.t29 must answer\n"
    messages = [f.message for f in found(tmp_path, text)]
    assert any("is too large when the terms it is made of are written out" in message for message in messages)


SMALL = (
    WORLD
    + """\
  armed : flag
shared
  range : length from 0 m to 100 nmi over time
  far : length from 0 m to 100 nmi
act call, turn topic calls
"""
)
TOO_LARGE = "the term `{}` is too large when the terms it is made of are written out"


def told(text: str) -> list[str]:
    _, problems = load_text(SMALL + text, name="code.cbm")
    return [problem.message for problem in problems]


@pytest.mark.parametrize("order", [list, lambda terms: terms[::-1]], ids=["in order", "used before"])
def test_terms_are_bounded_in_whatever_order_they_stand(order: Callable[[list[str]], list[str]]) -> None:
    deep = [
        "term t0 means own.armed\n",
        *(f"term t{i} means not own.t{i - 1} and far > {i} m\n" for i in range(1, 150)),
    ]
    for count, problems in ((60, []), (150, [TOO_LARGE.format("t67")])):
        clause = f"draft code\nuses small\nclause 1 every unit when own.t{count - 1} must call\n"
        assert told("".join(order(deep[:count])) + clause) == problems


def test_terms_that_speak_of_one_doing_are_bounded() -> None:
    terms = [f"term t{i} means own.t{i - 1} and own.t{i - 1}\n" for i in range(1, 40)]
    first = "term t0 means range at own.turn < 3 nmi\n"
    clause = "draft code\nuses small\nclause 1 every unit when own.t39 and own.t3 must call\n"
    assert told(first + "".join(terms) + clause) == [TOO_LARGE.format("t11")]


def test_quantities_by_cases_are_bounded() -> None:
    rows = "".join(f"term w{i} is {i} m when far > {i} nmi, 0 m otherwise\n" for i in range(40))
    total = "term total means " + " + ".join(f"w{i}" for i in range(40)) + "\n"
    text = rows + total + "draft code\nuses small\nclause 1 every unit when total = 7 m must call\n"
    assert told(text) == ["this is too large when the cases of its quantities are written out"]


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("every unit must call in place of {}", "whether clause 1 binds"),
        ("every unit when own is bound by ({}) must call", "whether clause 14 binds"),
        ("exception to {} when own.armed", "exception 37"),
    ],
)
def test_clauses_that_depend_on_all_others_are_bounded(link: str, said: str) -> None:
    clauses = [f"clause {i} {link.format(', '.join(map(str, range(1, i))))}\n" for i in range(2, 51)]
    first = "draft code\nuses small\nclause 1 every unit must call\n"
    assert told(first + "".join(clauses[:9])) == []
    (message,) = told(first + "".join(clauses))
    assert message.startswith(f"{said} comes to more than 5,000 conditions when ")


def test_many_ties_that_leave_packages_are_understood() -> None:
    clauses = "".join(f"clause {i} every unit [A: must | B: must not] call\n" for i in range(1, 50))
    ties = "".join(f"tie {i} is A only if {i + 1} is B or {i * 7 % 49 + 1} is A\n" for i in range(1, 49))
    together = "".join(f"tie both {i} is A and {i + 1} is B or neither\n" for i in range(1, 48, 5))
    text = SMALL.replace("kind craft", "party A\nparty B\nkind craft").replace("each\n", "each\n  party : party\n")
    head = "draft code\nuses small\nbetween A, B\nproposed 2026-01-01\n"
    _, problems = load_text(text + head + clauses + ties + together, name="code.cbm")
    assert [problem.message for problem in problems] == []


def test_a_time_beyond_all_weeks_is_refused_beside_hours(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(LINE.format("9" * 30), encoding="utf-8")
    (problem,) = (f for f in run([path]).findings if f.severity is Severity.ERROR)
    assert problem.message == "`line` has hours, and a time of more than 20 weeks is not counted beside them"


@pytest.mark.parametrize(
    ("time", "told"),
    [("3 working days in Asia/Tokyo", ["beside the hours of a channel a time must be a fixed length"]), ("3 days", [])],
)
def test_days_of_the_calendar_are_refused_beside_hours_with_what_can_be_written(
    tmp_path: Path, time: str, told: list[str]
) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(LINE.replace("{} days", time), encoding="utf-8")
    problems = [f for f in run([path], select=["conflict"]).findings if f.severity is Severity.ERROR]
    assert [problem.message for problem in problems] == told
    assert [any("within 3 days after" in remedy for remedy in problem.remedies) for problem in problems] == [
        True
    ] * len(told)


LINE = """\
vocabulary lines
party CN
party JP
kind level = command < ministry
topic calls
channel line between CN, JP
  level command for calls
  operational from 2000-01-01
  open 08:00 to 12:00 UTC Mon to Fri at CN
situation passage
roles own, other
each
  party : party
moments seen
act call topic calls
draft code
  uses lines
  between CN, JP
  proposed 2024-01-01
clause 1 every unit must call within {} days after seen through line
"""


def test_too_many_types_of_encounter_are_undecided(tmp_path: Path) -> None:
    kinds = "".join(f"kind k{i} = {' | '.join(f'v{i}_{j}' for j in range(12))}\n" for i in range(6))
    attributes = "".join(f"  a{i} : k{i}\n" for i in range(6))
    axes = ", ".join(f"{role}.a{i}" for i in range(6) for role in ("own", "other"))
    alike = " and ".join(f"own.a{i} is other.a{i}" for i in range(6))
    path = tmp_path / "code.cbm"
    path.write_text(
        f"vocabulary big\n{kinds}situation passage\nroles own, other\neach\n{attributes}types by {axes}\n"
        f"act jump topic jumping\ndraft code\n  uses big\nclause 1 every unit when {alike} must jump\n"
        "covers jumping in every type of passage\n",
        encoding="utf-8",
    )
    report = run([path])
    assert report.exit is Exit.UNDECIDED
    assert any("8,916,100,448,256 types" in note for f in report.findings for note in f.notes)


def test_a_quantity_that_only_a_case_mentions_keeps_its_range(tmp_path: Path) -> None:
    text = HEAD + CLAUSE + 'cases "Far"\ncase "far"\n  given own.party is JP and other.party is CN\n'
    path = tmp_path / "code.cbm"
    path.write_text(text + "  expect never range > 250 nmi\n", encoding="utf-8")
    assert ["axioms alone exclude it" in f.message for f in run([path]).findings] == [True]
    assert only(tmp_path, text + "  expect possible range > 250 nmi\n").rule == "never-reached"


def test_cases_about_a_text_that_is_not_there(tmp_path: Path) -> None:
    finding = only(tmp_path, f'{HEAD}{CLAUSE}cases "Lost" for cod\nexpect no conflict\n')
    assert finding.message == "no instrument or draft is called `cod`"


def test_cases_are_told_where_a_text_in_another_file_is_looked_for(tmp_path: Path) -> None:
    draft, cases = tmp_path / "named_otherwise.cbm", tmp_path / "cases.cbm"
    draft.write_text(HEAD.replace("draft code", "draft talks") + CLAUSE, encoding="utf-8")
    cases.write_text('cases "Of the talks" for talks\nexpect no conflict\n', encoding="utf-8")
    [finding] = run([cases]).findings
    advice = "check these cases together with the file of that text, or call it `talks.cbm`, beside theirs"
    assert finding.remedies == (advice,)
    assert "undefined" not in {one.rule for one in run([cases, draft]).findings}
    draft.rename(tmp_path / "talks.cbm")
    assert "undefined" not in {one.rule for one in run([cases]).findings}


def test_an_expectation_says_nothing_that_is_passed_over(tmp_path: Path) -> None:
    finding = only(tmp_path, f'{HEAD}{CLAUSE}cases "Cases"\nexpect no redundancy when in_sight\n')
    assert finding.rule == "type-mismatch"


def test_leaving_rules_out_makes_no_unread_text_fine(tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(HEAD + "clause 1 a warship must not aim_weapon\n", encoding="utf-8")
    assert run([path], select=frozenset({"vacuity"})).exit is Exit.FINDINGS
    with pytest.raises(Misuse, match=r"^`undefined` is always told"):
        run([path], ignore=frozenset({"undefined"}))


def test_a_vocabulary_has_no_clauses_whatever_is_wrong_with_it(tmp_path: Path) -> None:
    path = tmp_path / "small.cbm"
    path.write_text(f"{WORLD}kind sea = high low\naxiom own.craft is warship\n", encoding="utf-8")
    report = run([path])
    assert report.exit is Exit.FINDINGS
    assert report.clauses == 0


@pytest.mark.parametrize(
    "named", ["uses NAME", 'uses near from "NAME.cbm"', 'uses near from "../NAME/a.cbm"', "beside NAME"]
)
def test_a_name_in_a_text_may_be_longer_than_that_of_a_file(named: str, tmp_path: Path) -> None:
    path = tmp_path / "a.cbm"
    header = f"draft code\n  {named.replace('NAME', 'a' * 300)}\n  between CN, JP\n"
    path.write_text(f"{header}clause 1 every unit must call\n", encoding="utf-8")
    (tmp_path / "cbm.toml").write_text("", encoding="utf-8")
    assert [finding.rule for finding in run([path]).findings] == ["undefined"]
    load_text(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "call", ["check NAME", "test NAME", "ask NAME", "diff NAME NAME", "fmt NAME", "words --uses NAME"]
)
def test_a_path_may_be_longer_than_any_that_there_is(call: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(call.replace("NAME", "a" * 5_000).split()) == Exit.MISUSE
    told = capsys.readouterr().err
    assert told.startswith("Error: ")
    assert ("a" * 5_000 in told, told.count("\n")) == (True, 1), "of several it is said which"

"""The library refuses what it cannot have been meant to be given, in a sentence, and says what may have been meant."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import cbm
from cbm.finding import Exit, Misuse
from cbm.repair.mended_texts import mend, repairs

CODE = 'draft code "A code"\n  uses encounters\n  between CN, JP\nclause 1 a warship must not aim_weapons\n'
run: Callable[..., cbm.Report] = cbm.run  # what is wrong on purpose is not for mypy
load: Callable[..., tuple[tuple[cbm.NormSystem, ...], tuple[cbm.Finding, ...]]] = cbm.load
check: Callable[..., cbm.Report] = cbm.check
library: Any = cbm


def changed(**given: Any) -> cbm.Budget:
    """A budget that was in order when it was made."""
    budget = cbm.Budget()
    for name, value in given.items():
        setattr(budget, name, value)
    return budget


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "near.cbm").write_text(CODE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return "near.cbm"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"select": {"conflcit"}}, "unknown rule `conflcit`; did you mean `conflict`?"),
        ({"ignore": ["gap", "no-such"]}, "unknown rule `no-such`; `cbm rules` lists them"),
        ({"select": "conflict"}, "`select` is a list: write ['conflict']"),
        ({"ignore": 3}, "`ignore` is a list, such as ['gap', 'seam'], and not 3"),
        ({"select": [3]}, "unknown rule `3`; `cbm rules` lists them"),
        ({"as_of": "2019-10-01"}, "`as_of` is a `date`: write as_of=date(2019, 10, 1)"),
        ({"as_of": "1 Oct"}, "`as_of` is a `date`, such as date(2019, 10, 1), and not '1 Oct'"),
        ({"as_of": [date(2019, 10, 1), None]}, "`as_of` is a `date`, such as date(2019, 10, 1), and not None"),
        ({"as_of": 2019}, "`as_of` is a `date`, such as date(2019, 10, 1), and not 2019"),
        (
            {"as_of": datetime(2019, 10, 1, 12)},
            "`as_of` is a day without a time of day: write as_of=date(2019, 10, 1)",
        ),
        ({"fail_level": "warnings"}, "`fail_level` cannot be 'warnings'; did you mean `warning`?"),
        ({"fail_level": 1}, "`fail_level` cannot be 1; it is one of `error`, `warning`, `note`"),
        ({"select": "a" * 50}, "`select` is a list, such as ['gap', 'seam'], and not something of type str"),
        ({"select": b"gap"}, "`select` is a list, such as ['gap', 'seam'], and not b'gap'"),
        ({"jobs": 0}, "`jobs` is a whole number from 1 on, and not 0"),
        ({"jobs": "2"}, "`jobs` is a whole number from 1 on, and not '2'"),
        ({"jobs": True}, "`jobs` is a whole number from 1 on, and not True"),
        ({"budget": 60}, "`budget` is a `Budget`: write budget=Budget(seconds=60)"),
        ({"budget": 0}, "`budget` is a `Budget`, such as Budget(seconds=60), and not 0"),
        ({"budget": float("nan")}, "`budget` is a `Budget`, such as Budget(seconds=60), and not nan"),
        ({"budget": "60"}, "`budget` is a `Budget`, such as Budget(seconds=60), and not '60'"),
        ({"budget": changed(seconds=0)}, "`seconds` of a budget is a number over 0, and not 0"),
        ({"budget": changed(steps=0)}, "`steps` is a whole number from 1 on, and not 0"),
        ({"cache": "/dev/null"}, "`cache` is a folder, and not '/dev/null'"),
        ({"cache": Path(__file__)}, f"`cache` is a folder, and not {__file__!r}"),
        ({"jobs": Path("two")}, "`jobs` is a whole number from 1 on, and not Path('two')"),
        (
            {"configurations": "cbm.toml"},
            "`configurations` is what `nearest()` of `cbm.project.configuration` gives, and not 'cbm.toml'",
        ),
        (
            {"progress": lambda: None},
            "`progress` is a function of three arguments: it is called like progress('questions', 1, 2)",
        ),
        (
            {"progress": dict},
            "`progress` is a function of three arguments: it is called like progress('questions', 1, 2)",
        ),
        ({"progress": "loudly"}, "`progress` is a function of three arguments, and not 'loudly'"),
        ({"unsaved": "near.cbm"}, "`unsaved` gives texts for paths, such as {'near.cbm': '…'}, and not 'near.cbm'"),
        ({"unsaved": {3: CODE}}, "a path is a text or a `Path`, and not 3"),
        ({"unsaved": {"near.cbm": b"draft"}}, "`unsaved` is a text, and not b'draft'"),
        ({"unsaved": {"near.cbm": "\ud800"}}, "`unsaved` is no Unicode text: character 0 is half of one"),
        ({"take": "3.2=JP"}, "`take` is a list: write ['3.2=JP']"),
        ({"take": [3]}, "`take` is a list of texts, such as ['3.2=JP'], and 3 is none"),
        ({"take": {"1": "JP"}}, "`take` is a list, such as ['3.2=JP'], and not {'1': 'JP'}"),
        ({"text_of": ["JP"]}, "`text_of` is a text, and not ['JP']"),
        ({"take": ["1=JP"]}, "nothing is open in these texts, so nothing can be taken"),
        ({"any_package": "yes"}, "`any_package` is True or False, and not 'yes'"),
    ],
)
def test_what_is_no_such_thing_is_refused(code: str, given: dict[str, Any], words: str) -> None:
    with pytest.raises(Misuse) as refused:
        run([code], **given)
    assert str(refused.value) == words


@pytest.mark.usefixtures("code")
@pytest.mark.parametrize("reading", [run, load, repairs, lambda paths: mend(paths, lambda *_: True)])
@pytest.mark.parametrize(
    ("paths", "words"),
    [
        ("near.cbm", "`paths` is a list: write ['near.cbm']"),
        (Path("near.cbm"), "`paths` is a list: write ['near.cbm']"),
        (None, "`paths` is a list, such as ['drafts', 'near.cbm'], and not None"),
        ([3], "a path is a text or a `Path`, and not 3"),
        ([b"near.cbm"], "a path is a text or a `Path`, and not b'near.cbm'"),
        ([""], "'' is no path"),
        (["near\0.cbm"], "'near\\x00.cbm' is no path"),
        (["near\ud800.cbm"], "'near\\ud800.cbm' is no path"),
        ([], "no spec found: name at least one file or folder"),
    ],
)
def test_paths_are_a_list_of_paths(reading: Callable[[Any], object], paths: Any, words: str) -> None:
    with pytest.raises(Misuse) as refused:
        reading(paths)
    assert str(refused.value) == words


@pytest.mark.parametrize("behind", ["", ".cbm", "/near.cbm"])
@pytest.mark.parametrize(
    "reading",
    [
        lambda name: cbm.load([name]),
        cbm.coverage,
        cbm.options,
        cbm.cards,
        lambda name: cbm.ask([name]),
        lambda name: cbm.example(name, "1"),
        lambda name: cbm.compare(name, ["cues"]),
        lambda name: cbm.compare("cues", [name]),
        lambda name: cbm.diff(name, name),
        lambda name: cbm.diff(name, against="git:HEAD"),
        lambda name: cbm.judge(name, ["cues"]),
    ],
)
def test_a_name_that_no_system_can_have_is_one_that_is_not_there(
    reading: Callable[[str], object], behind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system refuses to look for it, and that was told as an error of the system."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Misuse, match="a" * 5_000):
        reading("a" * 5_000 + behind)


def test_what_is_advised_is_taken(code: str) -> None:
    assert run([code], select=["conflict"], as_of=date(2019, 10, 1), fail_level="warning").exit is Exit.FINE
    assert run(Path(path) for path in [code]).fail_level is cbm.Severity.ERROR
    assert run((code,), fail_level="note").fail_level is cbm.Severity.NOTE


def test_a_text_that_is_not_saved_stands_for_its_file(code: str) -> None:
    for path in code, Path(code):
        assert (
            "no act is called `lasee`"
            in run([code], unsaved={path: CODE.replace("aim_weapons", "lasee")}).findings[0].message
        )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"seconds": "1"}, "`seconds` of a budget is a number over 0, and not '1'"),
        ({"seconds": 0}, "`seconds` of a budget is a number over 0, and not 0"),
        ({"seconds": float("nan")}, "`seconds` of a budget is a number over 0, and not nan"),
        ({"seconds": True}, "`seconds` of a budget is a number over 0, and not True"),
        ({"seconds": "1" * 100}, "`seconds` of a budget is a number over 0, and not something of type str"),
        ({"seconds": object()}, "`seconds` of a budget is a number over 0, and not something of type object"),
        ({"seconds": [len, Path]}, "`seconds` of a budget is a number over 0, and not something of type list"),
        ({"seconds": " at 0x1"}, "`seconds` of a budget is a number over 0, and not ' at 0x1'"),
        ({"seconds": 1, "steps": 1.5}, "`steps` is a whole number from 1 on, and not 1.5"),
        ({"steps": 0}, "`steps` is a whole number from 1 on, and not 0"),
        ({"steps": True}, "`steps` is a whole number from 1 on, and not True"),
    ],
)
def test_a_budget_that_no_run_can_keep_to_is_refused_where_it_is_made(given: dict[str, Any], words: str) -> None:
    with pytest.raises(Misuse) as refusal:
        cbm.Budget(**given)
    assert str(refusal.value) == words


def test_a_budget_shows_what_it_allows() -> None:
    assert repr(cbm.Budget()) == "Budget()"
    assert repr(cbm.Budget(seconds=1.5, steps=7)) == "Budget(seconds=1.5, steps=7)"


def test_a_check_is_of_one_system(code: str) -> None:
    systems, findings = load([code])
    for given in systems, (systems, findings), "near.cbm", None:
        with pytest.raises(Misuse, match=r"^`check` takes one norm system, of those that `load` gives"):
            check(given)
    # The class is none yet; and what has a `submit` of its own, as the client of a cluster, gives no futures of ours.
    for wrong in 4, ThreadPoolExecutor, SimpleNamespace(submit=lambda *_: None):
        with pytest.raises(Misuse, match=r"^`executor` is an executor"):
            check(systems[0], executor=wrong)
    with pytest.raises(Misuse, match="did you mean `warning`"):
        check(systems[0], fail_level="warnings")
    assert check(systems[0], fail_level="warning").exit is Exit.FINE
    with pytest.raises(Misuse, match=r"^`as_of` is a `date`"):
        load([code], as_of="2019-10-01")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda code: library.example([code], "1"), "`document` is one path, such as 'near.cbm', and not ['near.cbm']"),
        (lambda code: library.example(code, 1), "`clause` is a text: write clause='1'"),
        (lambda code: library.example(code, "1", near_miss="no"), "`near_miss` is True or False, and not 'no'"),
        (lambda code: library.diff([code], code), "`old` is one path, such as 'near.cbm', and not ['near.cbm']"),
        (
            lambda code: library.diff(code, code, names="x"),
            "`names` gives texts for texts, such as {'US': 'JP'}, and not 'x'",
        ),
        (lambda code: library.compare([code], [code]), "`draft` is one path, such as 'near.cbm', and not ['near.cbm']"),
        (lambda code: library.compare(code, [3]), "`models` is one path, such as 'near.cbm', and not 3"),
        (lambda code: library.compare(code, code), "`models` is a list: write ['near.cbm']"),
        (lambda code: library.options([code]), "`path` is one path, such as 'near.cbm', and not ['near.cbm']"),
        (lambda code: library.options(code, take="1=CN"), "`take` is a list: write ['1=CN']"),
        (lambda code: library.ask([code], given=3), "`given` is a text: write given='3'"),
        (lambda code: library.coverage(code, by=["craft"]), "`by` is a text, and not ['craft']"),
        (library.ask, "`documents` is a list: write ['near.cbm']"),
        (lambda code: library.judge(3, [code]), "`tracks` is a list, such as ['drafts', 'near.cbm'], and not 3"),
        (lambda code: library.judge("t.csv", code), "`texts` is a list: write ['near.cbm']"),
        (
            lambda code: library.judge("t.csv", [code], mapping=3),
            "`mapping` is one path, such as 'near.cbm', and not 3",
        ),
        (lambda code: library.judge("t.csv", [code], events=3), "`events` is one path, such as 'near.cbm', and not 3"),
        (lambda code: library.judge("t.csv", [code], text=3), "`text` is a text: write text='3'"),
        (lambda code: library.words("call", uses=code), "`uses` is a list: write ['near.cbm']"),
        (
            lambda code: library.diff(code, code, against="git:HEAD"),
            "`against` stands for the older text: name one file beside it",
        ),
        (
            lambda code: library.repairs([code], unsaved=3),
            "`unsaved` gives texts for paths, such as {'near.cbm': '…'}, and not 3",
        ),
        (lambda code: library.ask([code], given=object), "`given` is a text, and not <class 'object'>"),
        (lambda code: library.ask([code], given="\ud800"), "`given` is no Unicode text: character 0 is half of one"),
        (lambda _: library.load_text(CODE, name="\ud800.cbm"), "`name` is no Unicode text: character 0 is half of one"),
        (lambda _: library.load_text(CODE, name=Path("a.cbm")), "`name` is a text: write name='a.cbm'"),
        (lambda _: library.layout(None), "`text` is a text, and not None"),
        (library.test, "`paths` is a list: write ['near.cbm']"),
        (
            lambda code: library.test([code], among="near"),
            "`among` has keys of expectations, and not 'near'",
        ),
        (lambda code: library.test([code], among=[3]), "`among` has keys of expectations, and not 3"),
        (lambda code: library.test([code], keywords=3), "`keywords` is a text: write keywords='3'"),
        (lambda code: library.test([code], clauses=1), "`clauses` is True or False, and not 1"),
        (
            lambda code: library.test([code], fail_under=101),
            "`fail_under` is a whole number from 0 to 100, and not 101",
        ),
        (
            lambda code: library.test([code], fail_under=0.9),
            "`fail_under` is a whole number from 0 to 100, and not 0.9",
        ),
        (
            lambda code: library.test([code], as_of="2019"),
            "`as_of` is a `date`, such as date(2019, 10, 1), and not '2019'",
        ),
        (
            lambda code: library.test([code], fail_level="bad"),
            "`fail_level` cannot be 'bad'; it is one of `error`, `warning`, `note`",
        ),
        (lambda code: library.test([code], take="1=JP"), "`take` is a list: write ['1=JP']"),
        (lambda code: library.test([code], text_of=3), "`text_of` is a text: write text_of='3'"),
        (lambda code: library.test([code], jobs=0), "`jobs` is a whole number from 1 on, and not 0"),
        (lambda _: library.from_word(None), "`document` is one path, such as 'near.cbm', and not None"),
        (lambda _: library.from_word("a.docx", into=3), "`into` is one path, such as 'near.cbm', and not 3"),
        (
            lambda _: library.from_word("a.docx", delegations=3),
            "`delegations` gives texts for texts, such as {'US': 'JP'}, and not 3",
        ),
        (
            lambda code: library.to_word(code, "a.docx"),
            "`report` is a report, such as `check` gives, and not 'near.cbm'",
        ),
        (
            lambda code: library.to_word(library.run([code], jobs=1), 3),
            "`document` is one path, such as 'near.cbm', and not 3",
        ),
    ],
)
def test_other_questions_refuse_it_too(code: str, call: Callable[[str], object], words: str) -> None:
    with pytest.raises(Misuse) as refused:
        call(code)
    assert str(refused.value) == words


def test_a_language_that_cbm_does_not_speak_is_refused() -> None:
    with pytest.raises(Misuse) as refused, library.speaking("fr"):
        pass
    assert str(refused.value) == "`language` cannot be 'fr'; it is one of `en`, `zh`, `ja`"


def test_what_cannot_even_be_shown_is_told_by_its_type() -> None:
    class Odd:
        def __repr__(self) -> str:
            raise ValueError

    with pytest.raises(Misuse, match=r"^`progress` is a function of three arguments, and not something of type Odd$"):
        cbm.run(["near.cbm"], progress=Odd())  # type: ignore[arg-type]


@pytest.mark.skipif(sys.platform == "win32", reason="a folder that is in use cannot be taken away there")
@pytest.mark.parametrize("call", [lambda path: cbm.run([path], jobs=1), lambda path: cbm.load([path]), cbm.coverage])
def test_in_a_working_folder_that_is_gone_no_path_is_read(
    call: Callable[[str], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "code.cbm"
    file.write_text("vocabulary strait", encoding="utf-8")
    (gone := tmp_path / "gone").mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(Misuse, match=r"^the working folder does not exist any more: change into another one$"):
        call(str(file))

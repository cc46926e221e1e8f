"""What keys can be set to; anything else is refused at its line, with what can be written there."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.cli import main
from cbm.finding import Exit, Misuse
from tests.project.configuration.project import SUITES, found, settle


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("£ garbage", "cbm.toml:1:1: this is no TOML: its lines are such as "),
        ('\nexlude = ["a"]', "cbm.toml:2: unknown key `exlude`; did you mean `exclude`?"),
        ("as_of = 2019-10-01", "cbm.toml:1: unknown key `as_of`; did you mean `as-of`?"),
        (
            '[tool.cbm]\nselect = ["gap"]',
            "cbm.toml:1: [tool.cbm] is a table of pyproject.toml: leave the line out here",
        ),
        ("[owners]", "cbm.toml:1: unknown key `owners`; known are `include`, `exclude`, `as-of`, "),
        ('exclude = "old"', 'cbm.toml:1: `exclude` is a list: write ["old"]'),
        ("include = [1]", "cbm.toml:1: `include` is a list of texts, such as "),
        ("include = true", 'cbm.toml:1: `include` is a list, such as ["drafts", "*.cbm.md"], and not `true`'),
        ('ignore = [\n  "seam",\n  "gpa",\n]', "cbm.toml:3: unknown rule `gpa`; did you mean `gap`?"),
        ('ignore = ["syntax"]', "cbm.toml:1: `syntax` is always told: without it a text would look fine that was not"),
        ('as-of = "soon"', "cbm.toml:1: `as-of` is a date, such as 2019-10-01, and not `soon`"),
        ("as-of = 2019-10-01T10:00:00", "cbm.toml:1: `as-of` is a day without a time of day: write 2019-10-01"),
        ('fail-level = "warn"', "cbm.toml:1: `fail-level` cannot be `warn`; did you mean `warning`?"),
        ('lang = "fr"', "cbm.toml:1: `lang` cannot be `fr`; it is one of `en`, `zh`, `ja`"),
        ("fail-level = 3", "cbm.toml:1: `fail-level` cannot be `3`; it is one of `error`, `warning`, `note`"),
        ('severity = "note"', "cbm.toml:1: `severity` is a table: write [severity], and below it lines such as"),
        ('[severity]\n\ngap = "grave"', "cbm.toml:3: `gap` cannot be `grave`; it is one of `error`, `warning`, `note`"),
        ('[severity]\nundecided = "note"', "cbm.toml:2: `undecided` keeps its severity: "),
        ('[per-file-ignores]\n"a/*" = "gap"', 'cbm.toml:2: `a/*` is a list: write ["gap"]'),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_line(
    project: Path, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    settle(text)
    assert main(["check", str(project)]) == Exit.MISUSE
    assert f"Error: {message}" in capsys.readouterr().err


@pytest.mark.parametrize("value", ["3", '""', '["known.json"]'])
def test_a_baseline_is_the_name_of_a_file(value: str) -> None:
    settle(f"baseline = {value}")
    with pytest.raises(Misuse, match=r'`baseline` is the name of a file, such as "known.json"'):
        found("drafts")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (SUITES, "cbm.toml names no suite `weapon`; did you mean `weapons`?"),
        ("", "cbm.toml names no suites: write [suites.weapon] with `paths = [...]` in cbm.toml"),
        ("[suites.weapon]\n", "cbm.toml:1: the suite `weapon` has no `paths`"),
        (
            '[suites.weapon]\npath = ["a"]\n',
            "cbm.toml:2: unknown key `path` of the suite `weapon`; did you mean `paths`?",
        ),
        ('[suites.weapon]\npaths = "a"\n', 'cbm.toml:2: `paths` is a list: write ["a"]'),
        ("suites = 7\n", "cbm.toml:1: `suites` is a table"),
        (
            '[suites.weapon]\npaths = ["drafts", "gone"]\n',
            "gone does not exist: the suite `weapon` of cbm.toml names it",
        ),
    ],
)
def test_a_suite_that_cannot_be_meant_is_refused(text: str, problem: str, capsys: pytest.CaptureFixture[str]) -> None:
    settle(text)
    assert main(["check", "--suite", "weapon"]) == Exit.MISUSE
    assert problem in capsys.readouterr().err

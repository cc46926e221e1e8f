"""What is no TOML is told at its line, with what to write there, and never in the words of Python."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from cbm.project.toml_mistakes import line_of, told


def _told(text: str, refused: Any = lambda _: "") -> str:
    try:
        tomllib.loads(text)
    except (ValueError, RecursionError) as problem:
        return told("x.toml", text, problem, refused)
    return ""


@pytest.mark.parametrize(
    ("text", "line", "written"),
    [
        ("lang = ja", 1, 'lang = "ja"'),
        ("lang = 'ja\"", 1, 'lang = "ja"'),
        ('lang = "ja\n\nselect = []', 1, 'lang = "ja"'),
        ("lang = “ja”", 1, 'lang = "ja"'),
        ('lang　＝　"ja"', 1, 'lang = "ja"'),
        ("a = 1\nlang: ja  # as in YAML", 2, 'lang = "ja"  # as in YAML'),
        ('lang == "ja"', 1, 'lang = "ja"'),
        ('lang "ja"', 1, 'lang = "ja"'),
        ("a = [1, 2", 1, "a = [1, 2]"),
        ("known = True", 1, "known = true"),
        ("on = 2019-1-5", 1, "on = 2019-01-05"),
        ("on = 2019/10/01", 1, "on = 2019-10-01"),
        ("on = 5.1.2019", 1, "on = 2019-01-05"),
        ("select = [conflict, gap]", 1, 'select = ["conflict", "gap"]'),
        ('select = ["conflict" "gap"]', 1, 'select = ["conflict", "gap"]'),
        ('select = ["conflict"', 1, 'select = ["conflict"]'),
        ('select = ["conflict"\r\nlang = "ja"\r\n', 1, 'select = ["conflict"]'),
        ('select = ["conflict"]]', 1, 'select = ["conflict"]'),
        ('select = ("conflict", "gap")', 1, 'select = ["conflict", "gap"]'),
        ('select = ["conflict",, "gap"]', 1, 'select = ["conflict", "gap"]'),
        ('select = [\n  "conflict"\n  "gap"\n]', 2, '"conflict",'),
        ('select = [\n  "conflict",\n  gap,\n]\nlang = ja', 3, '"gap",'),
        ('exclude = ["drafts\\old"]', 1, 'exclude = ["drafts/old"]'),
        ('[per-file-ignores]\nx/** = ["gap"]', 2, '"x/**" = ["gap"]'),
        ("[severity\ngap = 1", 1, "[severity]"),
        ("[severity]]", 1, "[severity]"),
        ("[suites.my treaty]\nlang = 1", 1, '[suites."my treaty"]'),
        ("// a remark", 1, "# a remark"),
        ('lang = "ja" ; a remark', 1, 'lang = "ja" # a remark'),
    ],
)
def test_a_slip_is_told_with_what_to_write(text: str, line: int, written: str) -> None:
    assert _told(text) == f"x.toml:{line}: this is no TOML: write `{written}`"


def test_two_statements_on_a_line_are_told_apart() -> None:
    expected = "x.toml:1: this is no TOML: write `a = 1` and `b = 2`, each on a line"
    assert [_told(text) for text in ("a = 1, b = 2", "a = 1; b = 2", "a = 1 b = 2")] == [expected] * 3
    assert "write `[a]` and `b = 2`, each" in _told("[a] b = 2")


@pytest.mark.parametrize(
    "text", ["£ garbage", "a", "a =", '= "a"', '{"a": 1}', "<a/>", "a = None", "a = null", "- a\n- b"]
)
def test_what_was_meant_by_nobody_is_told_with_how_lines_look(text: str) -> None:
    words = _told(text).partition("this is no TOML: ")[2]
    assert words == 'its lines are such as `key = "text"`, `key = ["one", "two"]` and `[table]`'


def test_what_would_be_refused_is_not_advised() -> None:
    def refused(content: dict[str, object]) -> str:
        return "" if isinstance(content["a"], list) else f"`a` is no list, but {content['a']}"

    assert _told("z = 1\na = b", refused) == 'x.toml:2: this is no TOML: write `a = ["b"]`'
    assert (
        _told("a = True", lambda content: "" if content["a"] == 1 else "no")
        == "x.toml:1: this is no TOML: write `a = true`"
    )
    assert _told("a = today", lambda content: f"not {content['a']}") == "x.toml:1: not today"


def test_the_file_that_is_advised_can_be_read_that_far() -> None:
    text = "[a]\nb = c\nd = e\n"
    lines = text.split("\n")
    for number in (2, 3):
        place, _, written = _told("\n".join(lines)).partition(": this is no TOML: write ")
        assert place == f"x.toml:{number}"
        lines[number - 1] = written.strip("`")
    assert tomllib.loads("\n".join(lines)) == {"a": {"b": "c", "d": "e"}}


@pytest.mark.parametrize(
    "text", ["a = " + "[" * 50_000, "a = " + "9" * 5_000, "a = " + "b " * 50_000, "a = [\n" + '"b",\n' * 200_000]
)
def test_what_is_endless_is_told_in_few_words(text: str) -> None:
    assert len(_told(text)) < 150


def test_a_key_is_found_where_it_is_set() -> None:
    text = 'a = [\n"x",\n"y"]\n[t]\nb = 1'
    assert line_of(text, ("a",)) == 1
    assert line_of(text, ("a",), "y") == 3
    assert line_of(text, ("t", "b")) == 5


def test_a_line_is_found_within_lists_and_texts_that_go_on() -> None:
    text = 'a = """\nb = 1\n"""\n[t] # [u]\nc = [\n  "]", # ]\n  [\'[\']\n]\nb = "#[" # "\n\n[[v]]\nb = 2'
    assert line_of(text, ("a",)) == 1
    assert line_of(text, ("t", "c")) == 5
    assert line_of(text, ("t", "c"), "'['") == 7
    assert line_of(text, ("t", "b")) == 9
    assert line_of(text, ("v",)) == 11


def test_what_is_read_to_find_a_line_grows_with_the_file_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    text, read = "\n".join(f"key{n} = {n}" for n in range(2000)), 0

    def counted(part: str) -> Any:
        nonlocal read
        read += len(part)
        return loads(part)

    loads = tomllib.loads
    monkeypatch.setattr(tomllib, "loads", counted)
    assert line_of(f"{text}\n[t]\na = 1", ("t", "a")) == 2002
    assert read < 2 * len(text)

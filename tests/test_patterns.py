"""Regular expressions that are compiled when first used."""

from __future__ import annotations

import gc
import re
import tomllib
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cbm
from cbm.patterns import LatePattern, Words, pattern, words_of


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The expressions that are compiled while a test runs."""
    noted: list[str] = []
    compiling = re.compile

    def note(expression: str, flags: int = 0) -> re.Pattern[str]:
        noted.append(expression)
        return compiling(expression, flags)

    monkeypatch.setattr(re, "compile", note)
    return noted


def test_an_expression_is_compiled_when_first_used(compiled: list[str]) -> None:
    word = pattern("[a-z]+", re.IGNORECASE)
    assert compiled == []
    assert [found[0] for text in ("One two", "THREE") for found in word.finditer(text)] == ["One", "two", "THREE"]
    assert compiled == ["[a-z]+"]


def test_where_a_word_is_not_there_that_it_needs_it_is_not_compiled(compiled: list[str]) -> None:
    wait = pattern(r"must\s+wait")
    assert wait.match("a unit must call") is None
    assert list(wait.finditer("must call, wait", 0, 9)) == []
    assert compiled == []
    found = wait.search("a unit must  wait")
    assert found
    assert found.span() == (7, 17)
    assert compiled == [r"must\s+wait"]


def test_what_is_asked_for_often_or_of_a_long_text_is_compiled(compiled: list[str]) -> None:
    often, long = pattern("must wait"), pattern("must not wait")
    assert not any(often.search("a unit") for _ in range(5))
    assert compiled == []
    assert not any(often.search("a unit") for _ in range(30))
    assert compiled == ["must wait"]
    assert long.search("a unit " * 1_000) is None
    assert compiled == ["must wait", "must not wait"]


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (r"must\s+wait", (("must",), ("wait",))),
        (r"(?:before|prior\s+to)\s+own", (("before", "prior"), ("own",))),
        (r"(?P<who>every\s+unit)?\s+shall", (("shall",),)),
        (r"units? calls*", (("unit",), ("call",))),
        (r"ab{2}c|d+e", (("a", "d"),)),
        (r"(a)?(?(1)b|c)d", (("d",),)),
        (r"(?<!not )may(?!\w)", (("may",),)),
        (r"(?i)MUST(?P<x>\d)(?P=x)", (("must",),)),
        (r"must|\d", ()),
        (r"[a-z]+", ()),
    ],
)
def test_words_that_all_matches_hold(expression: str, words: Words) -> None:
    assert words_of(expression) == words


def test_of_an_expression_with_comments_no_words_are_told() -> None:
    assert words_of("must  # not `may`", re.VERBOSE) == ()


def _expressions() -> st.SearchStrategy[str]:
    atoms = st.sampled_from(["ab", "Cd", "e", r"\s", r"\w", "[fg]", "[^)(]", ".", r"\|", "", "é"])

    def within(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        groups = st.builds("({}{})".format, st.sampled_from(["", "?:"]), inner)
        often = st.builds("{}{}".format, groups | atoms.filter(bool), st.sampled_from("?*+") | st.just("{0,2}"))
        several = st.lists(inner, min_size=1, max_size=3)
        return groups | often | several.map("".join) | several.map("|".join)

    return st.recursive(atoms, within, max_leaves=8)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(expression=_expressions(), flags=st.sampled_from([0, re.IGNORECASE]), data=st.data())
def test_what_matches_is_never_ruled_out(expression: str, flags: int, data: st.DataObject) -> None:
    compiled = re.compile(expression, flags)
    said = data.draw(st.text("abé ", max_size=3)) + data.draw(st.from_regex(compiled))
    late = pattern(expression, flags)
    for way in ("match", "fullmatch", "search"):
        expected, found = getattr(compiled, way)(said, 1), getattr(late, way)(said, 1)
        assert (found and found.span()) == (expected and expected.span())
    assert [one.span() for one in late.finditer(said)] == [one.span() for one in compiled.finditer(said)]


def test_of_no_form_of_words_that_is_known_what_is_written_is_ruled_out() -> None:
    """Each expression of the package, and each text that a newcomer wrote."""
    for module in walk_packages(cbm.__path__, "cbm."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    tables = [
        tomllib.loads((Path(__file__).parent / "syntax" / f"{name}.toml").read_text(encoding="utf-8"))["slip"]
        for name in ("slips", "wholes")
    ]
    written = [one["written"] for table in tables for one in table]
    late = [one for one in gc.get_objects() if type(one) is LatePattern]
    assert len(late) > 300
    found = 0
    for one in late:
        compiled, words = re.compile(*one.given), words_of(*one.given)
        for said in written:
            for match in compiled.finditer(said) if words else ():
                found += 1
                assert all(any(word in match[0].lower() for word in several) for several in words), one.given
    assert found > 1_000


def test_letters_that_stand_for_others_where_case_is_ignored_rule_nothing_out() -> None:
    for said in ("MUſT", "ſİK", "K"):
        for expression in ("must", "sik", "k"):
            found = pattern(expression, re.IGNORECASE).search(said)
            assert bool(found) == bool(re.search(expression, said, re.IGNORECASE))

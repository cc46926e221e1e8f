"""What is said in which language."""

from __future__ import annotations

import pickle
from collections.abc import Mapping

import pytest

from cbm.translation import saying
from cbm.translation.saying import in_english, mark, say, say_as, say_count, told
from cbm.translation.speech import speaking, spoken

_ZH = {
    "{clause} cannot be kept": "无法遵守{clause}",
    "{count} clause": "{count}个条款",
    "list\x04{first} and {last}": "{first}和{last}",
}


@pytest.fixture(autouse=True)
def few_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    def catalogue(language: str) -> Mapping[str, str]:
        return _ZH if language == "zh" else {}

    monkeypatch.setattr(saying, "catalogue", catalogue)


def test_english_is_said_where_no_other_language_is_asked_for() -> None:
    assert spoken() == "en"
    assert say("{clause} cannot be kept", clause="clause 3") == "clause 3 cannot be kept"


def test_values_stand_where_the_translation_has_them() -> None:
    with speaking("zh"):
        assert say("{clause} cannot be kept", clause="第3条") == "无法遵守第3条"
    assert spoken() == "en"


def test_what_no_catalogue_has_is_said_in_english() -> None:
    with speaking("ja"):
        assert say("{clause} cannot be kept", clause="3") == "3 cannot be kept"


def test_a_number_chooses_the_english_word_and_no_chinese_one() -> None:
    assert [say_count("{count} clause", "{count} clauses", n) for n in (0, 1, 2)] == [
        "0 clauses",
        "1 clause",
        "2 clauses",
    ]
    with speaking("zh"):
        assert say_count("{count} clause", "{count} clauses", 1) == "1个条款"


def test_a_context_tells_messages_of_the_same_words_apart() -> None:
    with speaking("zh"):
        assert say_as("list", "{first} and {last}", first="a", last="b") == "a和b"
        assert say("{first} and {last}", first="a", last="b") == "a and b"


def test_a_message_without_values_may_hold_braces() -> None:
    assert say("write {like this}") == "write {like this}"
    assert mark("{clause} cannot be kept") == "{clause} cannot be kept"


def test_words_can_be_told_to_a_reader_and_to_a_program() -> None:
    with speaking("zh"):
        assert told(lambda: say("{clause} cannot be kept", clause="3")) == "无法遵守3"
        assert in_english(lambda: say("{clause} cannot be kept", clause="3")) == "3 cannot be kept"
        assert told(mark("one thing")) == in_english(mark("one thing")) == "one thing"
        assert spoken() == "zh"


def test_a_message_with_values_is_english_until_it_is_told() -> None:
    marked = mark("{clause} cannot be kept", clause="clause 3")
    assert {marked: 1}["clause 3 cannot be kept"] == 1
    for words in (marked, pickle.loads(pickle.dumps(marked)), mark("{told}", told=marked), str(ValueError(marked))):
        assert say(words) == "clause 3 cannot be kept"
        with speaking("zh"):
            assert say(words) == "无法遵守clause 3"

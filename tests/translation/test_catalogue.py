"""Catalogues of messages: all there, nothing too much, with the places of their messages, and read as they are now."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest

from cbm.translation import catalogue as catalogues
from cbm.translation.catalogue import BrokenCatalogue, catalogue, key_of, make, places, ship
from cbm.translation.speech import LANGUAGES
from tests.catalogues import CATALOGUES, TRANSLATED, catalogue_file, messages, told_in

_ROW = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "one thing"
msgstr "{}"
"""


def test_each_language_but_english_has_catalogues() -> None:
    assert set(TRANSLATED) == set(LANGUAGES) - {"en"}


@pytest.mark.parametrize("language", TRANSLATED)
def test_each_message_has_a_translation_and_nothing_else_has_one(language: str) -> None:
    assert {path.stem for path in (CATALOGUES / language).glob("*.po")} == set(messages())
    for folder, wanted in messages().items():
        entries = polib.pofile(catalogue_file(language, folder).read_text("utf-8"))
        known = {key_of(entry.msgid, entry.msgctxt or ""): entry for entry in entries}
        lacking = [entry.msgid for entry in entries if not entry.translated()]
        assert known.keys() == wanted.keys(), f"{folder}: run `python -m tests.catalogues`"
        assert not lacking, folder


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_have_the_places_of_their_messages(language: str) -> None:
    said: dict[str, str] = {}
    for folder in messages():
        for entry in polib.pofile(catalogue_file(language, folder).read_text("utf-8")):
            words = entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr
            if not words:
                continue
            assert places(words) == places(entry.msgid_plural or entry.msgid), (folder, entry.msgid, words)
            assert words.count("`") == (entry.msgid_plural or entry.msgid).count("`"), (folder, entry.msgid, words)
            assert said.setdefault(key_of(entry.msgid, entry.msgctxt or ""), words) == words, (folder, entry.msgid)


# What a program calls says nothing of these: commands alone have baselines, pages are those of commands.
_OF_COMMANDS = ("cli/", "render/", "baseline.py")
# An option that is said to be one, or stands with its command.
_SAID_TO_BE_ONE = re.compile(r"on the command line[^)]*|`cbm [^`]*`")


def test_a_program_is_not_told_options_for_arguments() -> None:
    told = [one for several in messages().values() for one in several.values() if "\n" not in one.text]
    called = [one.text for one in told if not all(file.startswith(_OF_COMMANDS) for file in one.files)]
    assert [text for text in called if re.search(r"(?<![\w-])--[a-z]", _SAID_TO_BE_ONE.sub("", text))] == []


def test_a_changed_catalogue_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "zh").mkdir()
    file = tmp_path / "zh" / "room.po"
    file.write_text(_ROW.format("一件事"), "utf-8")
    monkeypatch.setattr(catalogues, "_ROOM", tmp_path)
    ship(tmp_path / "zh.messages", "zh")
    catalogue.cache_clear()
    try:
        assert catalogue("zh") == make("zh") == {"one thing": "一件事"}
        file.write_text(_ROW.format("一物"), "utf-8")
        catalogue.cache_clear()
        monkeypatch.setattr("sys.dont_write_bytecode", True)
        assert catalogue("zh") == {"one thing": "一物"}
    finally:
        catalogue.cache_clear()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('msgid "one thing"\n<<<<<<< HEAD\n', "Syntax error in po file (line 2)"),
        (b'msgid "one thing"\nmsgstr "\xff"\n', "it is not in UTF-8"),
        ("", "it has no message"),
        ('msgid "{clause} binds"\nmsgstr "{claus}"\n', "“{clause} binds” has other places in its translation"),
        (None, "it is not there"),
    ],
)
def test_what_is_wrong_with_a_catalogue_is_said(
    content: str | bytes | None, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for language in TRANSLATED:
        (tmp_path / language).mkdir()
        (tmp_path / language / "room.po").write_text(_ROW.format("…"), "utf-8")
    file = tmp_path / "zh" / "room.po"
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    monkeypatch.setattr(catalogues, "_ROOM", tmp_path)
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    catalogue.cache_clear()
    try:
        with pytest.raises(BrokenCatalogue) as broken:
            catalogue("zh")
        assert str(broken.value) == (
            f"the catalogue zh/room.po cannot be used: {why}; install cbm anew, or ask for English: `--lang en`"
        )
    finally:
        catalogue.cache_clear()


def test_messages_are_found_wherever_they_are_told(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        'NAME = mark("a name")\n'
        'say("{all} of them", all=listed([say("the {number}th", number=i) for i in (4, 5)]))\n'
        'say("more" if NAME else "less")\n'
        'say(NAME), say_count("{count} case", "{count} cases", 2), say_as("place", "in {place}", place=say(NAME))\n'
    )
    found = [(message.text, message.plural, message.context) for message in told_in(module)]
    assert found == [
        ("a name", "", ""),
        ("{all} of them", "", ""),
        ("the {number}th", "", ""),
        ("more", "", ""),
        ("less", "", ""),
        ("{count} case", "{count} cases", ""),
        ("in {place}", "", "place"),
    ]
    module.write_text('say("one " + "thing")\n')
    with pytest.raises(ValueError, match="one literal"):
        list(told_in(module))

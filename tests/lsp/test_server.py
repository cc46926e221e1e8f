"""`cbm lsp` as an editor meets it: a process that speaks the protocol, asked by a client that others wrote."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from cbm.cli import main
from cbm.finding import Exit
from cbm.lsp.text_changes import REPAIRS
from tests.lsp.session import ROOT, Session, edited, place

CODE = """\
draft code "A code 🚢" zh "守则" ja "規範"
  uses encounters
  between CN, JP

clause 1 "Far" zh "远离"
  a patrol_aircraft meeting a warship
  must keep separation >= 1,000 m
  text zh "保持距离。" source "Made up 🚢 for a test" from memory
clause 2 "Near" a patrol_aircraft meeting a warship when calls_unanswered
  must keep separation <= 500 m  # 🚢🚢
  restates 1
"""
FAR = CODE.replace("<= 500 m", ">= 500 m").replace("  restates 1\n", "")


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    session = Session()
    yield session
    session.end()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path.resolve() / "code.cbm"


def rules(told: list[lsp.Diagnostic]) -> set[str]:
    return {str(one.code) for one in told}


def sent(*messages: dict[str, object], shut_down: bool = True) -> subprocess.CompletedProcess[bytes]:
    """What comes of a session with these messages between its beginning and its end."""
    ending: list[dict[str, object]] = [{"id": 2, "method": "shutdown"}] if shut_down else []
    asked: list[dict[str, object]] = [
        {"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}},
        *messages,
        *ending,
        {"method": "exit"},
    ]
    bodies = [json.dumps({"jsonrpc": "2.0", **message}).encode() for message in asked]
    stream = b"".join(b"Content-Length: %d\r\n\r\n%b" % (len(body), body) for body in bodies)
    command = [sys.executable, "-m", "cbm", "lsp"]
    return subprocess.run(
        command, input=stream, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )


def test_a_session_that_is_shut_down_ends_without_an_error() -> None:
    ended = sent()
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_a_session_that_ends_without_being_shut_down_ends_with_one_as_the_protocol_wants() -> None:
    ended = sent(shut_down=False)
    assert (ended.returncode, ended.stderr) == (1, b"")


@pytest.mark.parametrize("given", [{}, {"arguments": []}, {"arguments": [1, 2]}, {"arguments": ["a", "b", "c", "d"]}])
def test_a_command_with_other_arguments_is_refused_in_words(given: dict[str, object]) -> None:
    ended = sent({"id": 3, "method": "workspace/executeCommand", "params": {"command": "cbm.findWaysOut", **given}})
    answers = [json.loads(part) for part in re.findall(rb"\{.*?\}(?=Content-Length|\Z)", ended.stdout, re.DOTALL)]
    (error,) = [answer["error"] for answer in answers if answer.get("id") == 3]
    assert error["message"].startswith("`cbm.findWaysOut` takes three texts: the URI of a document")
    assert (error["code"], ended.stderr) == (-32602, b"")


def test_a_request_that_is_not_of_its_form_is_answered() -> None:
    hover = "textDocument/hover"
    requests: list[dict[str, object]] = [
        {"id": 3, "method": hover, "params": {"textDocument": {"uri": "file:///a.cbm"}}},
        {"id": "four", "method": hover, "params": [1, 2]},
        {"id": 5, "method": hover},
    ]
    ended = sent(*requests, {"id": [6], "method": hover}, {"method": "initialized", "params": 7})
    answers = [json.loads(part) for part in re.findall(rb"\{.*?\}(?=Content-Length|\Z)", ended.stdout, re.DOTALL)]
    assert ended.returncode == 0
    assert {answer["id"] for answer in answers if "error" in answer} == {3, "four", 5}
    assert {answer["id"] for answer in answers if "result" in answer} == {1, 2}


def test_what_nobody_answers_is_refused_as_such_and_a_notice_of_it_is_passed_over() -> None:
    ended = sent({"id": 3, "method": "code/none"}, {"method": "$/none"})
    answers = [json.loads(part) for part in re.findall(rb"\{.*?\}(?=Content-Length|\Z)", ended.stdout, re.DOTALL)]
    assert ended.returncode == 0
    assert {answer["id"]: answer["error"]["code"] for answer in answers if "error" in answer} == {3: -32601}
    assert not [answer for answer in answers if answer.get("method") == "window/showMessage"]


def test_what_is_refused_in_words_is_no_error_in_the_log_of_the_editor() -> None:
    """Each wish for another name on a blank left a trace of the program there."""
    text: dict[str, object] = {
        "uri": "file:///a.cbm",
        "languageId": "cbm",
        "version": 1,
        "text": "draft near\nclause (\n",
    }
    named = {"textDocument": {"uri": "file:///a.cbm"}}
    ended = sent(
        {"method": "textDocument/didOpen", "params": {"textDocument": text}},
        {"id": 3, "method": "textDocument/prepareRename", "params": {**named, "position": {"line": 2, "character": 0}}},
        {
            "id": 4,
            "method": "textDocument/formatting",
            "params": {**named, "options": {"tabSize": 2, "insertSpaces": True}},
        },
    )
    answers = [json.loads(part) for part in re.findall(rb"\{.*?\}(?=Content-Length|\Z)", ended.stdout, re.DOTALL)]
    told = {answer["id"]: answer["error"]["message"] for answer in answers if "error" in answer}
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert told.keys() == {3, 4}
    assert "a text is laid out once it can be read" in told[4]


def test_only_what_there_is_is_offered(session: Session) -> None:
    told = session.capabilities
    assert told.position_encoding == "utf-16"
    for offered in (told.hover_provider, told.completion_provider, told.rename_provider, told.code_action_provider):
        assert offered
    for missing in (told.document_range_formatting_provider, told.semantic_tokens_provider, told.inlay_hint_provider):
        assert missing is None


def test_findings_of_what_is_not_saved_come_and_go_with_what_is_typed(session: Session, path: Path) -> None:
    path.write_text(FAR, encoding="utf-8")
    uri = session.open(path, CODE)
    told = session.until(uri, lambda told: "conflict" in rules(told))
    conflict = next(one for one in told if one.code == "conflict")
    assert "settle it: " in conflict.message
    assert conflict.range.start.line == 6
    assert [one.location.uri for one in conflict.related_information or ()][:1] == [uri]
    session.type(uri, CODE.replace("must keep separation <=", "mustnt keep separation <="))
    told = session.until(uri, lambda told: "syntax" in rules(told))
    slip = next(one for one in told if one.code == "syntax")
    assert (slip.range.start, slip.range.end) == (lsp.Position(9, 2), lsp.Position(9, 8))
    session.type(uri, FAR)
    session.until(uri, lambda told: not rules(told) & {"syntax", "conflict"})
    session.close(uri)


def test_a_column_behind_signs_that_take_two_units(session: Session, path: Path) -> None:
    text = CODE + 'clause 3 "🚢 避让" every unit mustnt lase'
    uri = session.open(path, text)
    told = session.until(uri, lambda told: "syntax" in rules(told))
    assert place(text, "every unit ") in [one.range.start for one in told]
    assert place(text, "every unit mustnt") in [one.range.end for one in told]
    session.close(uri)


def test_what_a_word_and_a_clause_mean(session: Session, path: Path) -> None:
    uri = session.open(path, CODE)

    def hover(marker: str) -> str:
        asked = lsp.HoverParams(lsp.TextDocumentIdentifier(uri), place(CODE, marker))
        found = session.wait(session.client.text_document_hover_async(asked))
        assert found is not None
        assert isinstance(found.contents, lsp.MarkupContent)
        return found.contents.value

    word = hover("a patrol_aircraft meeting a warsh")
    assert "warship" in word
    assert "军舰" in word
    clause = hover("restates 1")
    assert "**1 Far**" in clause
    assert "must keep closest distance between the units \\>= 1,000 m" in clause
    assert "Made up 🚢 for a test \\(from memory, not verified\\)" in clause
    session.close(uri)


def test_words_are_found_by_their_phrase(session: Session, path: Path) -> None:
    text = CODE + 'clause 3 "🚢" every unit must slows do'
    uri = session.open(path, text)
    asked = lsp.CompletionParams(lsp.TextDocumentIdentifier(uri), place(text, "slows do"))
    found = session.wait(session.client.text_document_completion_async(asked))
    assert isinstance(found, lsp.CompletionList)
    first = found.items[0]
    assert isinstance(first.text_edit, lsp.TextEdit)
    assert edited(text, [first.text_edit]).endswith('"🚢" every unit must reduce_speed')
    session.close(uri)


def test_where_a_name_is_declared_and_used(session: Session, path: Path) -> None:
    uri = session.open(path, CODE)
    where = lsp.TextDocumentIdentifier(uri)
    defined = lsp.DefinitionParams(where, place(CODE, "restates 1"))
    found = session.wait(session.client.text_document_definition_async(defined))
    assert isinstance(found, list | tuple)
    assert [(one.uri, one.range.start) for one in found if isinstance(one, lsp.Location)] == [
        (uri, place(CODE, "clause "))
    ]
    used = lsp.ReferenceParams(lsp.ReferenceContext(True), where, place(CODE, "meeting a warsh"))
    places = session.wait(session.client.text_document_references_async(used))
    assert {one.range.start.line for one in places or () if one.uri == uri} == {5, 8}
    outlined = lsp.DocumentSymbolParams(where)
    outline = session.wait(session.client.text_document_document_symbol_async(outlined))
    assert [one.name for one in outline or ()] == ["code", "1", "2"]
    session.close(uri)


def test_a_name_is_changed_in_all_texts_or_in_none(session: Session, path: Path) -> None:
    vocabulary = path.with_name("waters.cbm")
    path.with_name("cbm.toml").write_text("")
    declared = 'vocabulary waters "🚢"\n  uses encounters\nterm close_by "🚢" means range < 1 nmi\n'
    vocabulary.write_text(declared, encoding="utf-8")
    text = CODE.replace("uses encounters", "uses waters").replace("when calls_unanswered", "when close_by")
    uri = session.open(path, text)
    session.until(uri, lambda told: "conflict" in rules(told))
    where, at = lsp.TextDocumentIdentifier(uri), place(text, "when close")
    asked = lsp.RenameParams(where, at, "附近")
    done = session.wait(session.client.text_document_rename_async(asked))
    assert done is not None
    assert done.changes is not None
    assert "when 附近" in edited(text, done.changes[uri])
    assert 'term 附近 "🚢"' in edited(declared, done.changes[vocabulary.as_uri()])
    for name, why in (("warship", "used already"), ("must", "a word of the language")):
        taken = lsp.RenameParams(where, at, name)
        with pytest.raises(JsonRpcException, match=why):
            session.wait(session.client.text_document_rename_async(taken))
    session.close(uri)


def test_a_slip_is_mended_where_it_stands(session: Session, path: Path) -> None:
    text = CODE.replace('"Near" a patrol_aircraft', '"🚢" a patrol_aircraf')
    uri = session.open(path, text)
    told = session.until(uri, lambda told: "undefined" in rules(told))
    here = next(one for one in told if one.code == "undefined")
    asked = lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), here.range, lsp.CodeActionContext([here]))
    actions = session.wait(session.client.text_document_code_action_async(asked))
    first = next(iter(actions or ()))
    assert isinstance(first, lsp.CodeAction)
    assert first.title == "Write `patrol_aircraft` for `patrol_aircraf`"
    assert first.edit is not None
    assert first.edit.changes is not None
    assert '🚢" a patrol_aircraft meeting' in edited(text, first.edit.changes[uri])
    session.close(uri)


def test_all_slips_of_a_text_are_mended_at_once(session: Session, path: Path) -> None:
    text = CODE.replace('"Near" a patrol_aircraft', "“Near” a patrol_aircraf")
    uri = session.open(path, text)
    session.until(uri, lambda told: "syntax" in rules(told))
    only = lsp.CodeActionContext([], only=[lsp.CodeActionKind.SourceFixAll])
    asked = lsp.CodeActionParams(
        lsp.TextDocumentIdentifier(uri), lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0)), only
    )
    (action,) = session.wait(session.client.text_document_code_action_async(asked)) or ()
    assert isinstance(action, lsp.CodeAction)
    assert action.title == "Mend the 2 slips of spelling in this text"
    assert action.edit is not None
    assert action.edit.changes is not None
    assert edited(text, action.edit.changes[uri]) == CODE
    session.close(uri)


def test_a_way_out_is_looked_for_when_it_is_asked_for(session: Session, path: Path) -> None:
    text = CODE.replace("  restates 1\n", "")
    uri = session.open(path, text)
    told = session.until(uri, lambda told: "conflict" in rules(told))
    here = next(one for one in told if one.code == "conflict")
    asked = lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), here.range, lsp.CodeActionContext([here]))
    (action,) = session.wait(session.client.text_document_code_action_async(asked)) or ()
    assert action.title == "Look for changes that settle this (takes a while)"
    command = lsp.ExecuteCommandParams(command=REPAIRS, arguments=[uri, here.message, "conflict"])
    session.wait(session.client.workspace_execute_command_async(command))
    (change,) = session.applied
    assert change.changes is not None
    session.type(uri, edited(text, change.changes[uri]))
    session.until(uri, lambda told: "conflict" not in rules(told))
    session.close(uri)


def test_ways_out_of_a_name_that_is_none_are_not_looked_for(session: Session, path: Path) -> None:
    uri = session.open(path, FAR.replace("calls_unanswered", "xyzzy"))
    (here,) = session.until(uri, lambda told: rules(told) == {"undefined"})
    asked = lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), here.range, lsp.CodeActionContext([here]))
    assert not session.wait(session.client.text_document_code_action_async(asked))
    session.close(uri)


def test_what_was_typed_before_ways_out_were_looked_for_is_checked_after_that(session: Session, path: Path) -> None:
    text = CODE.replace("  restates 1\n", "")
    uri = session.open(path, text)
    here = next(one for one in session.until(uri, lambda told: "conflict" in rules(told)) if one.code == "conflict")
    command = lsp.ExecuteCommandParams(command=REPAIRS, arguments=[uri, here.message, "conflict"])
    session.type(uri, FAR)
    session.wait(session.client.workspace_execute_command_async(command))
    session.heard(1)
    session.until(uri, lambda told: "conflict" not in rules(told))
    session.close(uri)


def test_ways_out_of_a_text_that_is_another_one_meanwhile_are_not_looked_for(session: Session, path: Path) -> None:
    text = CODE.replace("  restates 1\n", "")
    uri = session.open(path, text)
    here = next(one for one in session.until(uri, lambda told: "conflict" in rules(told)) if one.code == "conflict")
    applied = list(session.applied)
    command = lsp.ExecuteCommandParams(command=REPAIRS, arguments=[uri, here.message, "conflict"])

    async def asked_twice() -> None:
        first, second = (
            asyncio.ensure_future(session.client.workspace_execute_command_async(command)) for _ in range(2)
        )
        await asyncio.sleep(0)
        session.change(uri, text + "\n")
        await asyncio.gather(first, second)

    session.wait(asked_twice())
    given_up = "Changes are not looked for any more, since a text is another one now: ask for them again."
    assert session.heard(2) == [given_up, given_up]
    session.choosing = lambda: session.change(uri, text)
    session.wait(session.client.workspace_execute_command_async(command))
    session.choosing = bool
    assert session.heard(1) == ["Nothing was changed, since the text is another one now: ask for changes again."]
    assert session.applied == applied
    session.close(uri)


def test_a_text_is_laid_out_if_it_can_be_read(session: Session, path: Path) -> None:
    crooked = CODE.replace(">= 1,000 m", ">=1000 m")
    uri = session.open(path, crooked)
    asked = lsp.DocumentFormattingParams(lsp.TextDocumentIdentifier(uri), lsp.FormattingOptions(2, True))
    done = session.wait(session.client.text_document_formatting_async(asked))
    assert edited(crooked, done) == CODE
    for text in (crooked, CODE):  # line ends of another system stay
        session.type(uri, text.replace("\n", "\r\n"))
        done = session.wait(session.client.text_document_formatting_async(asked))
        assert edited(text.replace("\n", "\r\n"), done) == CODE.replace("\n", "\r\n")
    session.type(uri, CODE.replace("must keep", "mustnt keep"))
    with pytest.raises(JsonRpcException, match="write `must not`; a text is laid out once it can be read"):
        session.wait(session.client.text_document_formatting_async(asked))
    session.close(uri)


def test_whatever_is_typed_the_server_goes_on(session: Session, path: Path) -> None:
    uri = session.open(path, "")
    for text in ("draft", 'draft x "', "\0", "🚢" * 100, "draft d uses d", CODE[:200], "clause 1\n" * 50):
        session.type(uri, text)
        asked = lsp.CompletionParams(lsp.TextDocumentIdentifier(uri), lsp.Position(0, 3))
        assert session.wait(session.client.text_document_completion_async(asked)) is not None
        hovered = lsp.HoverParams(lsp.TextDocumentIdentifier(uri), lsp.Position(0, 8))
        session.wait(session.client.text_document_hover_async(hovered))
    session.type(uri, CODE)
    session.until(uri, lambda told: "conflict" in rules(told))
    session.close(uri)


def test_that_nothing_can_be_asked_is_told_once_and_not_in_a_log_alone(session: Session, path: Path) -> None:
    """Findings go then, and nothing is fine for that: it stands in the text as long as it is so."""
    uri = session.open(path, CODE)
    session.until(uri, bool)
    settings = path.parent / "cbm.toml"
    settings.write_text("severty = 3\n")
    session.heard(0)
    session.type(uri, f"{CODE}# more\n")
    (told,) = session.heard(1)
    assert told.endswith("cbm.toml:1: unknown key `severty`; did you mean `severity`?")
    (stands,) = session.until(uri, lambda told: rules(told) == {"None"})
    assert stands.message.startswith("this text is not checked: ")
    assert stands.message.endswith("cbm.toml:1: unknown key `severty`; did you mean `severity`?")
    session.type(uri, f"{CODE}clause 7 every unit mustnt lase\n")
    session.until(uri, lambda told: rules(told) == {"syntax", "None"})
    settings.unlink()
    session.type(uri, CODE)
    session.until(uri, lambda told: bool(told) and "syntax" not in rules(told))
    assert session.heard(0) == []
    session.close(uri)


def test_an_editor_is_spoken_to_in_its_language(path: Path) -> None:
    session = Session("zh-CN")
    try:
        uri = session.open(path, CODE.replace('"Near" a patrol_aircraft', '"Near" a patrol_aircraf'))
        told = session.until(uri, lambda told: "undefined" in rules(told))
        here = next(one for one in told if one.code == "undefined")
        assert "\u4e00" <= here.message[0] <= "\u9fff"
        asked = lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), here.range, lsp.CodeActionContext([here]))
        actions = session.wait(session.client.text_document_code_action_async(asked))
        assert next(action.title for action in actions or ()) == "写`patrol_aircraft`，代替`patrol_aircraf`"
        question = lsp.HoverParams(lsp.TextDocumentIdentifier(uri), place(CODE, "must keep separ"))
        card = session.wait(session.client.text_document_hover_async(question))
        assert card is not None
        assert "的结果 separation*" in str(card.contents) or "*encounters的" in str(card.contents), card
    finally:
        session.end()


def test_without_the_protocol_it_is_said_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "cbm.lsp.server", raising=False)
    monkeypatch.setitem(sys.modules, "lsprotocol", None)
    assert main(["lsp"]) == Exit.MISUSE
    assert "install `cbm-checker[lsp]`" in capsys.readouterr().err

"""`cbm serve`: who is served what, and a drafter's session on the page, in a browser where there is one."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest

from cbm.cli import main
from cbm.finding import Exit
from cbm.serve.desk_server import DeskServer
from cbm.serve.workroom import Workroom
from cbm.translation.speech import speaking
from tests.serve.browser import CHROMIUM, Browser

HOSTILE = "</textarea><script>document.title=1</script><img src=x onerror=document.title=2>"
CODE = f"""\
draft code "A code 🚢 {HOSTILE}" zh "守则"
  uses encounters
  between CN, JP

clause 1 "Far {HOSTILE}"
  a patrol_aircraft meeting a warship
  must keep separation >= 1,000 m
clause 2 "Near" a patrol_aircraft meeting a warship when calls_unanswered
  must keep separation <= 500 m
"""
SECRET = "draft secret\n  uses encounters\nclause 1 every unit must lase\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "outside.cbm").write_text(SECRET, encoding="utf-8")
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "cbm.toml").write_text("")
    (folder / "code.cbm").write_text(CODE, encoding="utf-8")
    (folder / "notes.txt").write_text("not a text", encoding="utf-8")
    (folder / "link.cbm").symlink_to(tmp_path / "outside.cbm")
    return folder


@pytest.fixture
def server(folder: Path) -> Iterator[DeskServer]:
    workroom = Workroom(folder)
    server = DeskServer(workroom)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()
    workroom.close()


def ask(
    server: DeskServer, path: str, content: object = None, method: str | None = None, **headers: str
) -> tuple[int, str, dict[str, str]]:
    """Status, content and headers of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)
    body = content if content is None or isinstance(content, bytes) else json.dumps(content)
    sent = {"X-Token": server.token, **({"Content-Type": "application/json"} if body else {})}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method or ("POST" if body else "GET"), path, body, {k: v for k, v in sent.items() if v})
    answer = connection.getresponse()
    told = answer.status, answer.read().decode(), {name.lower(): value for name, value in answer.getheaders()}
    connection.close()
    return told


def test_it_listens_to_this_machine_alone(server: DeskServer) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert urlsplit(server.url).fragment == server.token
    assert len(server.token) > 40


@pytest.mark.parametrize("path", ["/", "/desk.js", "/desk.css"])
def test_what_is_served_to_anybody_holds_no_text_and_reaches_nothing(server: DeskServer, path: str) -> None:
    status, content, headers = ask(server, path, X_Token="")
    assert status == 200
    assert server.token not in content
    assert not re.search(r"https?://|@import|url\(", content)
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'")
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X_Token": ""}, 403),
        ({"X_Token": "guessed"}, 403),
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_nobody_else_is_told_anything(server: DeskServer, headers: dict[str, str], status: int) -> None:
    for path, content in (("/api/texts", None), ("/api/save", {"name": "code.cbm", "text": "", "before": CODE})):
        told = ask(server, path, content, **headers)
        assert told[0] == status
        assert "draft" not in told[1]


@pytest.mark.parametrize(
    "name", ["../outside.cbm", "link.cbm", "notes.txt", "/etc/passwd", "", "code.cbm/", "..%2foutside.cbm", "cbm.toml"]
)
def test_nothing_but_the_texts_of_the_folder_is_read_or_written(server: DeskServer, folder: Path, name: str) -> None:
    assert json.loads(ask(server, "/api/texts")[1])["texts"] == ["code.cbm"]
    status, content, _ = ask(server, f"/api/text?name={name}")
    assert status in (400, 409)
    assert "secret" not in content
    assert ask(server, "/api/save", {"name": name, "text": "taken", "before": SECRET})[0] == 409
    assert (folder.parent / "outside.cbm").read_text(encoding="utf-8") == SECRET


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("/api/type", {"name": "code.cbm"}),
        ("/api/type", {"name": "code.cbm", "text": 7}),
        ("/api/type", ["code.cbm"]),
        ("/api/around", {"name": "code.cbm", "text": "", "offset": "x"}),
    ],
)
def test_what_is_no_question_of_the_page_is_refused(server: DeskServer, path: str, content: object) -> None:
    assert ask(server, path, content)[0] == 400
    assert ask(server, "/api/nothing", {})[0] == 404
    assert ask(server, "/map/guessed")[0] == 404
    assert ask(server, "/../code.cbm")[0] == 404


def test_brackets_without_end_are_no_question_and_no_fault_of_the_page(
    server: DeskServer, capfd: pytest.CaptureFixture[str]
) -> None:
    assert ask(server, "/api/type", b'{"name": ' + b"[" * 100_000)[0] == 400
    assert capfd.readouterr().err == ""


def test_a_form_of_another_page_is_no_question(server: DeskServer) -> None:
    told = ask(server, "/api/save", {"name": "code.cbm", "text": "", "before": CODE}, Content_Type="text/plain")
    assert told[0] == 400


def test_a_text_that_is_too_large_is_refused_in_words(server: DeskServer) -> None:
    status, content, _ = ask(server, "/api/type", {"name": "code.cbm", "text": "# " * 15_000_000})
    assert (status, json.loads(content)) == (413, {"problem": "the text is too large for this page"})
    assert ask(server, "/api/texts")[0] == 200


@pytest.mark.parametrize("length", ["9" * 5000, "-1", "many"])
def test_a_length_that_is_none_is_refused_in_words(server: DeskServer, length: str) -> None:
    assert ask(server, "/api/type", method="POST", Content_Length=length)[0] == 413


def test_a_file_that_somebody_else_changed_is_not_overwritten(server: DeskServer, folder: Path) -> None:
    saved = json.loads(ask(server, "/api/text?name=code.cbm")[1])["text"]
    (folder / "code.cbm").write_text(CODE + "# by somebody else\n", encoding="utf-8")
    told = ask(server, "/api/save", {"name": "code.cbm", "text": "mine", "before": saved})
    assert told[0] == 409
    assert "was changed meanwhile" in told[1]


def test_half_a_character_is_not_written(server: DeskServer, folder: Path) -> None:
    content = {"name": "code.cbm", "text": "# \ud800", "before": CODE}
    status, told, _ = ask(server, "/api/save", content)
    assert (status, json.loads(told)["problem"]) == (409, "`text` is no Unicode text: character 2 is half of one")
    assert (folder / "code.cbm").read_text(encoding="utf-8") == CODE


def test_a_file_keeps_its_line_ends(server: DeskServer, folder: Path) -> None:
    (folder / "code.cbm").write_bytes(CODE.replace("\n", "\r\n").encode())
    told = json.loads(ask(server, "/api/text?name=code.cbm")[1])
    assert "\r" not in told["text"]
    change = {"name": "code.cbm", "text": told["text"] + "# more\n", "before": told["text"]}
    assert ask(server, "/api/save", change)[0] == 200
    assert (folder / "code.cbm").read_bytes() == (CODE + "# more\n").replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("notes.txt", "notes.txt does not end in .cbm or .cbm.md: the page shows no other files"),
        ("none.cbm", "none.cbm does not exist: name a text that does, or its folder"),
        ("none", "none does not exist; `cbm init none` writes a text to begin with"),
        ("link.cbm", "link.cbm cannot be shown: it is excluded, or leads out of its folder"),
        ("old.cbm", "old.cbm cannot be shown: it is excluded, or leads out of its folder"),
    ],
)
def test_what_the_page_cannot_show_is_refused(
    named: str, told: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    Path("cbm.toml").write_text('exclude = ["old.cbm"]\n')
    Path("old.cbm").write_text(CODE, encoding="utf-8")
    assert main(["serve", named, "--no-browser"]) == Exit.MISUSE
    assert capsys.readouterr().err == f"Error: {told}\n"


def test_a_configuration_that_cannot_be_read_is_no_empty_folder(
    server: DeskServer, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "cbm.toml").write_text("exclud = 3\n")
    status, content, _ = ask(server, "/api/texts")
    assert (status, "`exclud`" in content) == (409, True)
    assert main(["serve", str(folder), "--no-browser"]) == Exit.MISUSE
    assert "`exclud`" in capsys.readouterr().err


def test_a_folder_without_texts_is_served_for_one_to_be_written(folder: Path) -> None:
    (folder / "code.cbm").unlink()
    (folder / "link.cbm").unlink()
    with closing(Workroom(folder)) as workroom:
        assert workroom.texts() == []
        (folder / "code.cbm").write_text(CODE, encoding="utf-8")
        assert workroom.texts() == ["code.cbm"]


def test_the_command_prints_the_address_and_ends_when_it_is_told(folder: Path) -> None:
    command = [sys.executable, "-m", "cbm", "serve", str(folder / "code.cbm"), "--no-browser"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=environment) as served:
        assert served.stdout is not None
        assert served.stderr is not None
        address = urlsplit(served.stdout.readline().strip())
        connection = http.client.HTTPConnection("127.0.0.1", address.port or 0, timeout=60)
        connection.request("GET", "/api/texts", headers={"X-Token": address.fragment})
        assert json.loads(connection.getresponse().read()) == {"texts": ["code.cbm"], "first": "code.cbm"}
        connection.close()
        served.send_signal(signal.SIGINT)
        assert served.wait(60) == Exit.FINE
        assert served.stderr.read().endswith("link.cbm leads out of the project\n")


def test_the_page_speaks_the_language_that_was_chosen(folder: Path) -> None:
    with speaking("ja"):
        workroom = Workroom(folder)
        server = DeskServer(workroom)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        page = ask(server, "/")[1]
        assert '<html lang="ja">' in page
        assert not re.search(r"[a-z]{2,} [a-z]{2,}", re.sub(r"<[^>]*>", "", page.partition("<header")[2]))
        assert ask(server, "/api/save", {"name": "", "text": "", "before": ""})[0] == 409
        told = json.loads(
            ask(server, "/api/type", {"name": "code.cbm", "text": "draft d\nclause 1 every unit mustnt lase"})[1]
        )
        assert told["state"].startswith("検査中")
        assert told["findings"][0]["kind"] == "エラー[syntax]"
        assert "`must not`と書く" in told["findings"][0]["ways"][0]["title"]
        told = json.loads(ask(server, "/api/found?since=1")[1])
        assert told["state"].startswith("検査")
    finally:
        server.shutdown()
        server.server_close()
        workroom.close()


def found(server: DeskServer) -> list[dict[str, Any]]:
    """All that is told of a text, until it is all that there is, or why there is nothing."""
    told: list[dict[str, Any]] = [{"number": -1}]
    while not told[-1].get("final") and not told[-1].get("problems"):
        status, content, _ = ask(server, f"/api/found?since={told[-1]['number']}")
        assert status == 200
        told.append(json.loads(content))
        assert told[-1]["number"] != told[-2]["number"], "nothing came"
    return told[1:]


@pytest.mark.parametrize("typed", [True, False])
def test_a_text_whose_map_is_drawn_before_it_is_checked_is_checked_after_that(server: DeskServer, typed: bool) -> None:
    content = {"name": "code.cbm", "text": CODE}
    assert not typed or ask(server, "/api/type", content)[0] == 200
    assert ask(server, "/api/map", content)[0] == 200
    told = found(server)
    assert any(one["map"] for one in told)
    assert [(one["rule"], one["sought"]) for one in told[-1]["findings"]] == [("conflict", True)]
    assert "nothing found." not in "".join(one["state"] for one in told)
    assert json.loads(ask(server, "/api/type", content)[1])["state"] == "Checked: 1 error."


def test_a_map_is_there_for_each_page_that_listens(server: DeskServer) -> None:
    assert ask(server, "/api/map", {"name": "code.cbm", "text": CODE})[0] == 200
    keys = {one["map"] for one in found(server)} - {""}
    (key,) = keys
    assert json.loads(ask(server, "/api/found?since=-1")[1])["map"] == key


def test_ways_out_of_a_name_that_is_none_are_not_looked_for(server: DeskServer) -> None:
    assert ask(server, "/api/type", {"name": "code.cbm", "text": CODE.replace("calls_unanswered", "xyzzy")})[0] == 200
    (*_, told) = found(server)
    assert [(one["rule"], one["ways"], one["sought"]) for one in told["findings"]] == [("undefined", [], False)]


def test_a_text_that_holds_nothing_is_not_said_to_be_checked(server: DeskServer) -> None:
    content = {"name": "code.cbm", "text": "# later\n"}
    assert ask(server, "/api/type", content)[0] == 200
    (*_, told) = found(server)
    again = json.loads(ask(server, "/api/type", content)[1])
    for one in (told, again):
        assert (one["final"], one["findings"]) == (False, [])
        assert one["state"].startswith("no vocabulary, instrument, draft or cases in ")


def test_all_slips_of_a_text_are_mended_with_one_button(server: DeskServer) -> None:
    text = CODE.replace("must keep separation", "must keep seperation", 1) + "clause 9 every unit must lase。\n"
    told = json.loads(ask(server, "/api/type", {"name": "code.cbm", "text": text})[1])
    while not told["final"]:
        told = json.loads(ask(server, f"/api/found?since={told.get('number', 0)}")[1])
    (way,) = (way for one in told["findings"] for way in one["ways"] if way["title"].startswith("Mend"))
    assert way == {
        "title": "Mend the 2 slips of spelling in this text",
        "text": CODE + "clause 9 every unit must lase\n",
    }


FINDINGS = "[...document.querySelectorAll('#findings > li')].map((one) => one.innerText).join()"
STATE = "document.getElementById('state').innerText"
END = "text.focus(); text.setSelectionRange(text.value.length, text.value.length)"


def press(browser: Browser, within: str, words: str) -> None:
    """Presses the first button there that bears such words, once there is one."""
    found = f"[...document.querySelectorAll({within!r})].find((one) => one.innerText.includes({words!r}))"
    browser.until(f"Boolean({found})")
    browser.run(f"{found}.click()")


def test_a_page_that_is_closed_is_no_error(server: DeskServer, capfd: pytest.CaptureFixture[str]) -> None:
    for problem, told in ((BrokenPipeError(), False), (ConnectionResetError(), False), (ValueError("wrong"), True)):
        try:
            raise problem
        except type(problem):
            server.handle_error(None, ("127.0.0.1", 1))
        assert ("Traceback" in capfd.readouterr().err) is told


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
def test_a_session_of_a_drafter(server: DeskServer, folder: Path, tmp_path: Path) -> None:
    browser = Browser(tmp_path / "profile")
    try:
        # 1. The text is there, and what is wrong with it comes by itself.
        browser.open(server.url)
        browser.until(FINDINGS, lambda told: "error[conflict]" in told)
        browser.until(STATE, lambda told: "Checked" in told)
        assert browser.run("text.value") == CODE
        # 2. What texts say is shown, and never run.
        assert browser.run("document.querySelectorAll('script').length") == 1
        assert browser.run("document.querySelectorAll('img').length") == 0
        assert browser.run("document.title") == "code.cbm · cbm"
        # 3. A finding leads to its place, which is marked.
        press(browser, "#findings .place", "cannot both be complied with")
        selected = browser.run("text.value.slice(text.selectionStart, text.selectionEnd)")
        assert selected.startswith("must keep separation")
        assert browser.run("document.querySelectorAll('mark.error').length") >= 1
        browser.picture(tmp_path / "findings.png")
        # 4. Ways out are looked for, and the first is taken.
        press(browser, "#findings .error .ways button", "Look for ways out")
        browser.until("document.querySelectorAll('#findings .error .ways button').length", lambda count: count > 1)
        browser.run("document.querySelector('#findings .error .ways button').click()")
        # 5. The finding goes.
        browser.until(f"{STATE} + {FINDINGS}", lambda told: "Checked" in told and "error[conflict]" not in told)
        assert browser.run("text.value") != CODE
        # 6. A new clause is begun, with a slip that is told as one types.
        browser.run(END)
        browser.write("clause 3 every unit mustnt slows do")
        browser.until(FINDINGS, lambda told: "write `must not`" in told)
        # 7. The slip is mended with a button, and a word is taken by how a drafter says it.
        press(browser, "#findings .ways button", "must not")
        assert browser.run("text.value").endswith("every unit must not slows do")
        browser.run(END)
        press(browser, "#words button", "reduce_speed")
        assert browser.run("text.value").endswith("must not reduce_speed ")
        # 8. At the cursor it is said what the word means.
        browser.run("text.setSelectionRange(text.value.length - 3, text.value.length - 3)")
        browser.until("document.getElementById('meaning').innerText", lambda told: "act reduce_speed of" in told)
        # 9. A map is drawn, in a frame that runs nothing.
        browser.run("document.getElementById('draw').click()")
        browser.until("document.querySelectorAll('#map iframe[sandbox=\"\"]').length")
        browser.until(STATE, lambda told: "Checked" in told)  # what else is found by then would be told over it
        # 10. It is saved.
        browser.run("document.getElementById('save').click()")
        browser.until(STATE, lambda told: "Saved" in told)
        assert (folder / "code.cbm").read_text(encoding="utf-8").endswith("must not reduce_speed ")
        browser.picture(tmp_path / "desk.png")
        own = f"http://127.0.0.1:{server.server_port}/"
        assert [url for url in browser.requests if not url.startswith((own, "data:", "about:"))] == []
        assert browser.complaints == []
    finally:
        browser.end()


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
def test_what_is_not_saved_is_not_left_for_a_finding_in_another_text(
    server: DeskServer, folder: Path, tmp_path: Path
) -> None:
    paper = "draft paper\n  uses encounters\n  between CN, JP\n  beside code\nclause 1 every unit must not lase\n"
    (folder / "paper.cbm").write_text(paper, encoding="utf-8")
    browser = Browser(tmp_path / "profile")
    try:
        browser.open(server.url)
        browser.until(FINDINGS, lambda told: "error[conflict]" in told)
        browser.run("open('paper.cbm')")
        browser.until("text.value", lambda told: told == paper)
        browser.run(END)
        browser.write("# my work")
        browser.until(FINDINGS, lambda told: "code.cbm" in told)
        browser.run("window.confirm = (words) => { window.asked = words; return false; }")
        press(browser, "#findings .place", "cannot both be complied with")
        browser.until("window.asked", lambda told: told and "not saved" in told)
        assert browser.run("[name, at('name').value]") == ["paper.cbm", "paper.cbm"]
        assert browser.run("text.value") == f"{paper}# my work"
        browser.run("window.confirm = () => true")
        press(browser, "#findings .place", "cannot both be complied with")
        browser.until("name", lambda told: told == "code.cbm")
        assert browser.run("text.value.slice(text.selectionStart, text.selectionEnd)").startswith("must keep")
        browser.run("turn('nothing.cbm')")  # what cannot be opened is told, and the text stays
        browser.until(STATE, lambda told: "no such text" in told)
        assert browser.run("[text.value, at('name').value]") == [CODE, "code.cbm"]
        assert all("409" in told for told in browser.complaints)
    finally:
        browser.end()


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
def test_that_a_text_was_not_saved_is_said_until_it_is(server: DeskServer, folder: Path, tmp_path: Path) -> None:
    browser = Browser(tmp_path / "profile")
    try:
        browser.open(server.url)
        browser.until(FINDINGS, lambda told: "error[conflict]" in told)
        browser.until(STATE, lambda told: "Checked" in told)
        (folder / "code.cbm").write_text(f"{CODE}# theirs\n", encoding="utf-8")
        browser.run("text.value += '# mine'; typed(); save()")
        browser.until(STATE, lambda told: "changed meanwhile by another program" in told and "Checked" in told)
        (folder / "code.cbm").write_text(CODE, encoding="utf-8")
        browser.run("save()")
        assert browser.until(STATE, lambda told: "Saved" in told).startswith("Saved")
    finally:
        browser.end()


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
def test_a_map_is_not_shown_on_a_page_of_another_text(server: DeskServer, folder: Path, tmp_path: Path) -> None:
    paper = "draft paper\n  uses encounters\n  between CN, JP\nclause 1 every unit must not lase\n"
    (folder / "paper.cbm").write_text(paper, encoding="utf-8")
    browser = Browser(tmp_path / "profile")
    try:
        browser.open(server.url)
        browser.until(FINDINGS, lambda told: "error[conflict]" in told)
        browser.until(STATE, lambda told: "Checked" in told)
        heard = browser.run("heard")
        assert ask(server, "/api/map", {"name": "paper.cbm", "text": paper})[0] == 200  # by another page
        assert any(one["map"] for one in found(server))
        browser.until("heard", lambda number: number > heard)
        assert browser.run("at('map').childElementCount") == 0
    finally:
        browser.end()


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
def test_a_map_is_of_the_text_that_is_shown(server: DeskServer, folder: Path, tmp_path: Path) -> None:
    paper = "draft paper\n  uses encounters\n  between CN, JP\nclause 1 every unit must not lase\n"
    (folder / "paper.cbm").write_text(paper, encoding="utf-8")
    drawing = "at('draw').click(); at('map').innerText"
    browser = Browser(tmp_path / "profile")
    try:
        browser.open(server.url)
        browser.until(FINDINGS, lambda told: "error[conflict]" in told)
        browser.run("at('draw').click()")
        browser.until("document.querySelectorAll('#map iframe').length")
        browser.run("open('paper.cbm')")
        browser.until("text.value", lambda told: told == paper)
        assert browser.run("at('map').childElementCount") == 0
        browser.run(END)
        assert "Drawing" in browser.run(drawing)
        browser.write("clause 2 a warship must lasee")
        browser.until("at('map').childElementCount", lambda count: count == 0)
        browser.until(STATE, lambda told: "Checked: 1 error." in told)
        assert "Drawing" in browser.run(drawing)
        browser.until(STATE, lambda told: "there is no map of a text with mistakes" in told)
        assert browser.run("at('map').childElementCount") == 0
    finally:
        browser.end()

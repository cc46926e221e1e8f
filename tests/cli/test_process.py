"""`cbm` as a process of its own: what it imports, and streams that are closed, full, or of another encoding."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cbm.finding import Exit
from cbm.render import RENDERERS
from cbm.version import VERSION
from tests.render.sample import REPORT

ROOT = Path(__file__).parents[2]
STUBBED = "import sys; from tests.cli.stub import install; install(); from cbm.cli import main; sys.exit(main())"


def environment(**settings: str) -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), **settings}


def call(*arguments: str, **settings: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", STUBBED, *arguments]
    return subprocess.run(command, capture_output=True, env=environment(**settings), cwd=ROOT, check=False)


def test_the_version_costs_no_heavy_import() -> None:
    script = "import sys; from cbm.cli import main; code = main(['--version']); print(*sys.modules); sys.exit(code)"
    command = [sys.executable, "-c", script]
    result = subprocess.run(command, capture_output=True, env=environment(), cwd=ROOT, check=True)
    modules = set(result.stdout.decode().split())
    assert "cbm.finding" in modules
    assert not modules & {"z3", "lark", "cbm.pipeline", "cbm.render", "cbm.syntax.parse"}


def test_the_version_alone_needs_no_command_line() -> None:
    script = "import sys; from cbm.__main__ import main; code = main(); print(*sys.modules); sys.exit(code)"
    command = [sys.executable, "-c", script, "--version"]
    result = subprocess.run(command, capture_output=True, env=environment(), cwd=ROOT, check=True)
    told, modules = result.stdout.decode().splitlines()
    assert told == f"cbm {VERSION}"
    own = {name for name in modules.split() if name.startswith("cbm")}
    assert own == {"cbm", "cbm.__main__", "cbm.public_api", "cbm.version"}


@pytest.mark.parametrize(
    ("arguments", "code"), [(("rule", "conflict"), Exit.FINE), (("check", "nowhere.cbm"), Exit.MISUSE)]
)
def test_the_process_ends_at_once_and_loses_no_word_of_it(arguments: tuple[str, ...], code: Exit) -> None:
    """It does not wait for Python to take everything apart."""
    slow = "import sys; from cbm.__main__ import main; sys.exit(main())"
    quick, other = (
        subprocess.run([*command, *arguments], capture_output=True, env=environment(), cwd=ROOT, check=False)
        for command in ([sys.executable, "-m", "cbm"], [sys.executable, "-c", slow])
    )
    assert (quick.returncode, quick.stdout, quick.stderr) == (code, other.stdout, other.stderr)
    assert other.returncode == code


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("asked", [("--version",), ("--help",), ("check", "-h"), ("rules",), ("rule", "gap")])
def test_what_cannot_be_written_is_told(asked: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "cbm", *asked]
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment(), cwd=ROOT, check=False)
    assert result.returncode == Exit.MISUSE
    assert result.stderr.decode().startswith("Error: cannot write")
    assert result.stderr.decode().endswith(": no space left on device\n")


@pytest.mark.skipif(sys.platform == "win32", reason="closes a stream by the means of a Unix shell")
@pytest.mark.parametrize("asked", ["--version", "--help", "check --help", "rules", "rule gap"])
def test_what_has_nowhere_to_go_is_told(asked: str) -> None:
    command = ["sh", "-c", f'"$0" -m cbm {asked} >&-', sys.executable]
    result = subprocess.run(command, stderr=subprocess.PIPE, env=environment(), cwd=ROOT, check=False)
    assert result.returncode == Exit.MISUSE
    assert result.stderr == b"Error: there is nowhere to print to: the output is closed\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a folder that is in use cannot be deleted there")
@pytest.mark.parametrize("asked", [("check", str(ROOT / "specs" / "drafts")), ("check", "."), ("coverage", "cues")])
def test_a_working_folder_that_is_gone_is_told(tmp_path: Path, asked: tuple[str, ...]) -> None:
    script = "import os, sys; os.rmdir(os.getcwd()); from cbm.__main__ import main; sys.exit(main())"
    command = [sys.executable, "-c", script, *asked]
    (tmp_path / "here").mkdir()
    result = subprocess.run(command, capture_output=True, env=environment(), cwd=tmp_path / "here", check=False)
    assert (result.returncode, result.stdout) == (Exit.MISUSE, b"")
    assert result.stderr == b"Error: the working folder does not exist any more: change into another one\n"


def test_a_text_in_which_nothing_can_be_asked_needs_no_solver_and_no_check(tmp_path: Path) -> None:
    text = tmp_path / "text.cbm"
    text.write_text('draft code "Code"\n  uses encounters\nclause 1 every unit must must answer\n', encoding="utf-8")
    script = "import sys; from cbm.__main__ import main; code = main(); print(*sys.modules); sys.exit(code)"
    command = [sys.executable, "-c", script, "check", str(text)]
    result = subprocess.run(command, capture_output=True, env=environment(), cwd=ROOT, check=False)
    modules = set(result.stdout.decode().splitlines()[-1].split())
    assert "cbm.syntax.parse" in modules
    unneeded = (
        "z3",
        "cbm.checks",
        "cbm.checking.passes",
        "cbm.ground",
        "cbm.search",
        "cbm.smt",
        "cbm.wording",
        "cbm.repair",
        "cbm.cli.commands.text_commands",
        "cbm.render.cards",
        "cbm.render.differences",
        "cbm.render.suites",
    )
    assert not [name for name in modules if name.startswith(unneeded)]


def test_tables_of_the_grammar_are_kept_and_made_anew_where_they_are_damaged(tmp_path: Path) -> None:
    kept, text = tmp_path / "kept", tmp_path / "text.cbm"
    text.write_text('draft code "Code"\n  uses encounters\nclause 1 every unit must must answer\n', encoding="utf-8")
    script = "import sys; from cbm.__main__ import main; code = main(); print('lark' in sys.modules); sys.exit(code)"

    def page(**settings: str) -> tuple[str, str]:
        """What is printed, and whether tables were made."""
        command = [sys.executable, "-c", script, "check", str(text)]
        settings = environment(PYTHONPYCACHEPREFIX=str(kept), **settings)
        result = subprocess.run(command, capture_output=True, env=settings, cwd=ROOT, check=False)
        assert (result.returncode, result.stderr) == (Exit.FINDINGS, b"")
        page, _, made = result.stdout.decode().rstrip().rpartition("\n")
        return page, made

    told, made = page(PYTHONDONTWRITEBYTECODE="1")
    assert made == "True"
    assert not list(kept.rglob("*.tables"))
    assert page() == (told, "True")
    (tables,) = kept.rglob("*.tables")
    assert page() == (told, "False")
    assert page(PYTHONDONTWRITEBYTECODE="1") == (told, "False")
    tables.write_bytes(tables.read_bytes()[:1_000])
    assert page() == (told, "True")
    assert page() == (told, "False")


@pytest.mark.parametrize("settings", [{}, {"PYTHONIOENCODING": "cp932"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}])
@pytest.mark.parametrize("name", RENDERERS)
def test_pipes_get_utf8_with_lf_whatever_the_locale(name: str, settings: dict[str, str]) -> None:
    result = call("check", "x", "--output-format", name, **settings)
    assert (result.returncode, result.stderr) == (Exit.FINDINGS, b"")
    assert result.stdout == RENDERERS[name](REPORT).encode()


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are of Unix")
@pytest.mark.parametrize(("encoding", "shown"), [("gbk", "第1条".encode("gbk")), ("ascii", rb"\u7b2c1\u6761")])
def test_a_terminal_keeps_its_encoding_and_is_spared_what_it_cannot_show(encoding: str, shown: bytes) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", STUBBED, "check", "x", "--color", "never"]
    settings = environment(PYTHONIOENCODING=encoding)
    result = subprocess.Popen(command, stdout=theirs, stderr=subprocess.PIPE, env=settings, cwd=ROOT)
    os.close(theirs)
    page = _read(ours)
    assert result.communicate()[1] == b""
    assert result.returncode == Exit.FINDINGS
    assert shown in page
    assert page.endswith(b"`seam`, `reserve`.\r\n")


@pytest.mark.parametrize("arguments", [("check", "x"), ("rules",), ("--version",), ("--help",)])
def test_a_reader_who_leaves_early_is_no_failure(arguments: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-c", STUBBED, *arguments]
    result = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, env=environment(), cwd=ROOT, check=False)
    os.close(writer)
    assert result.stderr == b""
    if arguments != ("--help",):  # click prints that page, and ends with 1
        assert result.returncode == (Exit.FINDINGS if arguments[0] == "check" else Exit.FINE)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-c", STUBBED, "check", "x"]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment(), cwd=ROOT, check=False)
    assert result.returncode == Exit.MISUSE
    assert result.stderr.decode() == "Error: cannot write the report: no space left on device\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_what_is_refused_is_refused_though_nobody_can_be_told() -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "cbm", "check", "no_such.cbm"]
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=full, env=environment(), cwd=ROOT, check=False)
    assert (result.returncode, result.stdout) == (Exit.MISUSE, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="closes a stream by the means of a Unix shell")
def test_a_closed_stdout_changes_no_verdict() -> None:
    command = ["sh", "-c", '"$0" -c "$1" check x >&-', sys.executable, STUBBED]
    result = subprocess.run(command, stderr=subprocess.PIPE, env=environment(), cwd=ROOT, check=False)
    assert (result.returncode, result.stderr) == (Exit.FINDINGS, b"")


def _read(terminal: int) -> bytes:
    page = b""
    while True:
        try:
            page += os.read(terminal, 65_536)
        except OSError:  # how a terminal says that its other end is closed
            os.close(terminal)
            return page

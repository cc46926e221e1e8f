"""What is shown for pre-commit, GitHub Actions and GitLab CI: the commands run, and write what the files collect."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from cbm.cli import main
from cbm.finding import Exit
from tests.questions.test_testing import CASES, CODE, STRAIT

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / ".github" / "examples").glob("*-*.yml"))
HOOKS = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
PRE_COMMIT = (ROOT / ".github" / "examples" / "pre-commit-config.yaml").read_text(encoding="utf-8")
# Files that a step takes up which is no command of cbm.
COLLECTED = re.compile(r"^ +(?:codequality|junit|path|sarif_file): (\S+)$|\bcat (\S+) >>", re.MULTILINE)


def commands(text: str) -> Iterator[list[str]]:
    """The commands of cbm in a file, each as its words."""
    for line in text.splitlines():
        if found := re.match(r" +(?:run:|-) (cbm .*)$", line):
            yield shlex.split(found[1])[1:]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a folder of specifications, in which all is well and half of the clauses are exercised."""
    fine = CASES.split('case "by day"')[0].replace("  expect own must whistle\n", "")
    (tmp_path / "specs").mkdir()
    for name, text in (("strait", STRAIT), ("code", CODE), ("suite", fine)):
        (tmp_path / "specs" / f"{name}.cbm").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_commands_run_and_write_what_is_collected(path: Path, project: Path) -> None:
    text = path.read_text(encoding="utf-8")
    ran = [main(words) for words in commands(text)]
    assert ran == [Exit.FINE, Exit.FINE]
    collected = {one or other for one, other in COLLECTED.findall(text)}
    assert collected == {file.name for file in project.iterdir() if file.name != "specs"}


@pytest.mark.usefixtures("project")
def test_the_hooks_run() -> None:
    entries = dict(re.findall(r"- id: (\S+)\n(?:  .*\n)*?  entry: cbm (.*)\n", HOOKS))
    used = dict(re.findall(r"- id: (\S+)\n(?: +args: \[(.*)\]\n)?", PRE_COMMIT))
    assert entries.keys() == used.keys() == {"cbm-check", "cbm-test"}
    for hook, entry in entries.items():
        options = [option.strip() for option in used[hook].split(",") if option]
        assert main([*entry.split(), *options]) == Exit.FINE


def test_the_hooks_look_at_all_of_the_project_in_every_commit(project: Path) -> None:
    """Given the files of the commit, they passed a vocabulary, a `cbm.toml` or a removal that broke other texts."""
    hooks = HOOKS.split("- id: ")[1:]
    for hook in hooks:
        assert {"  always_run: true", "  pass_filenames: false"} <= set(hook.splitlines())
        assert not re.search(r"^  (?:files|types|exclude)", hook, re.MULTILINE)
    (project / "specs" / "strait.cbm").unlink()
    for hook in hooks:
        entry = re.search(r"  entry: cbm (.*)", hook)
        assert entry
        assert main(entry[1].split()) != Exit.FINE

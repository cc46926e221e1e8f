"""The extension for VS Code: what it names is there; where npm is at hand, it is built and packaged."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest

EXTENSION = Path(__file__).parents[2] / ".editors" / "vscode"
MANIFEST = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
NPM = shutil.which("npm")
OFFLINE = re.compile(r"ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENOTCACHED|E40[37]|network")


def test_what_it_names_is_there() -> None:
    contributed = MANIFEST["contributes"]
    files = [one["path"] for one in contributed["grammars"]]
    files += [one["configuration"] for one in contributed["languages"]]
    for file in files:
        json.loads((EXTENSION / file).read_text(encoding="utf-8"))
    assert contributed["languages"][0]["extensions"] == [".cbm"]
    scopes = {
        json.loads((EXTENSION / one["path"]).read_text(encoding="utf-8"))["scopeName"]
        for one in contributed["grammars"]
    }
    assert scopes == {one["scopeName"] for one in contributed["grammars"]}


def test_a_folder_nobody_trusts_does_not_say_what_is_started() -> None:
    assert MANIFEST["contributes"]["configuration"]["properties"]["cbm.command"]["scope"] == "machine"
    assert MANIFEST["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"] == ["cbm.command"]


def test_each_sentence_is_there_in_each_language() -> None:
    asked = set(re.findall(r'"%(\w+)%"', (EXTENSION / "package.json").read_text(encoding="utf-8")))
    said = set(re.findall(r'l10n\.t\(\s*"([^"]*)"', (EXTENSION / "extension.js").read_text(encoding="utf-8")))
    assert asked
    assert said
    for file, keys in (("package.nls", asked), (f"{MANIFEST['l10n']}/bundle.l10n", said)):
        for language in ("zh-cn", "ja"):
            told = json.loads((EXTENSION / f"{file}.{language}.json").read_text(encoding="utf-8"))
            assert set(told) == keys
            for key, words in told.items():
                assert re.search("[\u3040-\u30ff\u4e00-\u9fff]", words)
                assert re.findall(r"{\d}", words) == re.findall(r"{\d}", key)
    assert set(json.loads((EXTENSION / "package.nls.json").read_text(encoding="utf-8"))) == asked


@pytest.mark.skipif(NPM is None, reason="needs npm")
def test_it_is_built_and_packaged(tmp_path: Path) -> None:
    folder = shutil.copytree(EXTENSION, tmp_path / "vscode", ignore=shutil.ignore_patterns("node_modules", "dist"))

    def npm(*arguments: str) -> subprocess.CompletedProcess[str]:
        assert NPM is not None
        command = [NPM, *arguments]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)

    installed = npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
    if installed.returncode and OFFLINE.search(installed.stderr):
        pytest.skip("the packages that it is built with cannot be had here")
    for done in (installed, npm("run", "build"), npm("run", "package")):
        assert done.returncode == 0, done.stderr + done.stdout
    with ZipFile(folder / "dist" / "cbm.vsix") as package:
        names = set(package.namelist())
        bundle = package.read("extension/dist/extension.js").decode()
    assert {"extension/syntaxes/cbm.tmLanguage.json", "extension/language-configuration.json"} <= names
    assert {"extension/package.nls.ja.json", "extension/l10n/bundle.l10n.zh-cn.json"} <= names
    assert not [name for name in names if "node_modules" in name]
    assert "cbm.restart" in bundle

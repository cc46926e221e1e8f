"""Each name stands for one thing; and tests/ mirrors cbm/, or where_tested.toml says where a module is tested."""

from __future__ import annotations

import ast
import tomllib
from collections import Counter
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "cbm"
MODULES = sorted(p.relative_to(PACKAGE).with_suffix("") for p in PACKAGE.rglob("*.py") if p.stem != "__init__")
ELSEWHERE: dict[Path, list[str]] = {
    Path(folder, module): files.split()
    for folder, modules in tomllib.loads((HERE / "where_tested.toml").read_text(encoding="utf-8")).items()
    for module, files in modules.items()
}
# Folders beside the mirror: benchmarks, drawings, and what the enumeration is held against by hand.
BESIDE = {"benchmarks", "laws/enumeration", "pages"}


def of_its_name(module: Path) -> bool:
    """Whether the module has a test, a law or, if it is a rule, an example of its own."""
    laws = (HERE / "laws" / folder / f"test_{module.name}.py" for folder in (module.parent, module.parts[0]))
    example = HERE / "checks" / "examples" / f"{module.name}.cbm"
    own = (HERE / module.parent / f"test_{module.name}.py", *laws, *([example] if module.parts[0] == "checks" else []))
    return any(path.is_file() for path in own)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_has_a_test_of_its_name_or_it_is_said_which_one_it_has(module: Path) -> None:
    assert of_its_name(module) or module in ELSEWHERE, "say in tests/where_tested.toml where it is tested"


def test_what_is_said_is_needed_and_true() -> None:
    assert [str(module) for module in ELSEWHERE if module not in MODULES or of_its_name(module)] == []
    named = {file for files in ELSEWHERE.values() for file in files}
    assert [str(module) for module, files in ELSEWHERE.items() if not files] == []
    assert [file for file in sorted(named) if not (HERE / file).is_file()] == []
    assert all(Path(file).name.startswith("test_") or file.endswith(".cbm") for file in named)


def test_tests_stand_in_the_folders_of_the_package() -> None:
    folders = {str(path.parent.relative_to(HERE)) for path in HERE.rglob("test_*.py")} - BESIDE
    rooms = {Path(folder.removeprefix("laws/")) for folder in folders}
    assert [str(room) for room in sorted(rooms) if not (PACKAGE / room).is_dir() and room not in MODULES] == []


def test_no_two_modules_and_no_two_classes_share_a_name() -> None:
    modules = Counter(module.name for module in MODULES)
    trees = (ast.parse((PACKAGE / module).with_suffix(".py").read_text(encoding="utf-8")) for module in MODULES)
    classes = Counter(node.name for tree in trees for node in tree.body if isinstance(node, ast.ClassDef))
    assert [name for name, count in (modules + classes).items() if count > 1] == []

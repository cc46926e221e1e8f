"""A rule exists once: what is called after it, documents it, shows it or asks for its sake goes by `RuleId`."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

import cbm
from cbm.checks import CHECKS, RULES
from cbm.finding import Misuse, RuleId
from tests.examples import expectations, load

PACKAGE = Path(cbm.__file__).parent
NAMES = set(RuleId)


def test_every_rule_is_documented_in_its_order_by_its_file() -> None:
    assert list(RULES) == list(RuleId)
    assert all(RULES[rule].id is rule for rule in RuleId)


def test_a_name_is_that_of_one_rule() -> None:
    assert [RuleId.named(rule) for rule in RuleId] == list(RuleId)
    with pytest.raises(Misuse, match=r"^unknown rule `subsumption`; `cbm rules` lists them$"):
        RuleId.named("subsumption")


def test_what_is_asked_is_asked_for_the_sake_of_a_rule() -> None:
    assert {check.rule.id for check in CHECKS} <= set(RULES)


@pytest.mark.parametrize("rule", RuleId)
def test_every_rule_has_a_file_and_an_example_of_its_name(rule: RuleId) -> None:
    name = rule.replace("-", "_")
    assert RULES[rule] is importlib.import_module(f"cbm.checks.{name}").RULE
    example = load(
        Path(__file__).parent / "examples" / f"{name}.cbm"
    )  # `test_examples.py` holds it to what it announces
    assert example.text.startswith(f"# `{rule}`: ")
    assert rule in {expected.rule for expected in expectations(example)}


def test_nothing_but_rules_stands_beside_the_tuple() -> None:
    files = {path.stem for path in (PACKAGE / "checks").glob("*.py")}
    assert files == {"__init__", *(rule.replace("-", "_") for rule in RuleId)}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_rule_is_known_by_a_string(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [f"{path.name}:{node.lineno} {node.value!r}" for node in compared(tree) if node.value in NAMES] == []


def compared(tree: ast.AST) -> Iterator[ast.Constant]:
    """The constants that something is compared with: by an operator, in a collection, or as a pattern."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare | ast.match_case):
            sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else [node.pattern]
            yield from (part for side in sides for part in ast.walk(side) if isinstance(part, ast.Constant))


def test_what_is_compared_is_seen() -> None:
    text = 'a.rule == "x"\nif r in ("y", "z"): f("no")\nmatch r:\n  case T(rule="v") | "w": g("no")\n'
    assert {node.value for node in compared(ast.parse(text))} == set("xyzvw")

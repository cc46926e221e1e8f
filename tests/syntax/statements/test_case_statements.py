"""Cases: what is given and what is expected."""

from __future__ import annotations

from datetime import date

import pytest

from cbm.syntax.ast import (
    ActItem,
    BoundBy,
    CaseHeading,
    CasesHeader,
    CaseStatement,
    Comparison,
    Connective,
    DemandNode,
    ExpectCondition,
    ExpectConduct,
    ExpectDuty,
    ExpectFinding,
    ExpectUnbound,
    Given,
    Is,
    KeepItem,
    Modality,
    Relation,
    Strength,
)
from tests.syntax.reading import NOWHERE, documents, expected, name, names, path, quantity, reference, title

LASE = ActItem(name("lase"), span=NOWHERE)
FAR = Comparison(Relation.AT_LEAST, path("gap"), quantity(1, "km"), span=NOWHERE)


def demand(modality: Modality, *items: ActItem | KeepItem, stating: str = "") -> DemandNode:
    return DemandNode(modality, Strength.MUST, items, Connective.EACH, names(stating), span=NOWHERE)


STATEMENTS: list[tuple[str, CaseStatement]] = [
    ('case "radar" " incident"', CaseHeading(title("radar incident"), None, span=NOWHERE)),
    ('case "radar" as of 2018-12-20', CaseHeading(title("radar"), date(2018, 12, 20), span=NOWHERE)),
    (
        "expect own must not lase by 5.1, 3 of colregs",
        ExpectDuty(
            name("own"),
            demand(Modality.PROHIBITION, LASE),
            (reference("5.1"), reference("3", "colregs")),
            span=NOWHERE,
        ),
    ),
    (
        "expect JP must lase stating area",
        ExpectDuty(name("JP"), demand(Modality.OBLIGATION, LASE, stating="area"), (), span=NOWHERE),
    ),
    (
        "expect own may keep gap >= 1 km",
        ExpectDuty(name("own"), demand(Modality.PERMISSION, KeepItem(FAR, span=NOWHERE)), (), span=NOWHERE),
    ),
    (
        "expect own is bound by (3.2)",
        ExpectCondition(BoundBy(name("own"), (reference("3.2"),), negated=False, span=NOWHERE), span=NOWHERE),
    ),
    ("expect own is bound by nothing", ExpectUnbound(name("own"), (), (), span=NOWHERE)),
    (
        "expect own is bound by nothing but (3.2, colregs) for weapons, talk",
        ExpectUnbound(name("own"), (reference("3.2"), reference(None, "colregs")), names("weapons talk"), span=NOWHERE),
    ),
    ("expect own.ship", ExpectCondition(path("own.ship"), span=NOWHERE)),
    ("expect conflict", ExpectFinding(name("conflict"), False, (), (), None, span=NOWHERE)),
    (
        "expect agreement-conflict 3.2, colregs for weapons, talk when p",
        ExpectFinding(
            name("agreement-conflict"),
            False,
            (reference("3.2"), reference(None, "colregs")),
            names("weapons talk"),
            path("p"),
            span=NOWHERE,
        ),
    ),
    ("expect no gap for weapons", ExpectFinding(name("gap"), True, (), names("weapons"), None, span=NOWHERE)),
    ("expect no impossible-duty", ExpectFinding(name("impossible-duty"), True, (), (), None, span=NOWHERE)),
    ("expect never gap >= 1 km", ExpectConduct(True, FAR, span=NOWHERE)),
    (
        "expect possible zone is eez",
        ExpectConduct(False, Is(path("zone"), path("eez"), negated=False, span=NOWHERE), span=NOWHERE),
    ),
]


@pytest.mark.parametrize(("text", "tree"), STATEMENTS, ids=[text for text, _ in STATEMENTS])
def test_statement(text: str, tree: CaseStatement) -> None:
    assert expected(text) == tree


def test_header() -> None:
    (document,) = documents('cases "Replay" ja "再現" for coc, macm\ncase "a"\ngiven p')
    assert document.header == CasesHeader((title("Replay"), title("再現", "ja")), names("coc macm"), span=NOWHERE)
    assert document.statements == (
        CaseHeading(title("a"), None, span=NOWHERE),
        Given(path("p"), span=NOWHERE),
    )
    (document,) = documents("cases")
    assert document.header == CasesHeader((), (), span=NOWHERE)


def test_expectations_before_the_first_case_speak_of_the_whole_text() -> None:
    (document,) = documents('cases\nexpect no gap\ncase "a"\ngiven p\ngiven q\nexpect conflict')
    assert [type(statement) for statement in document.statements] == [
        ExpectFinding,
        CaseHeading,
        Given,
        Given,
        ExpectFinding,
    ]

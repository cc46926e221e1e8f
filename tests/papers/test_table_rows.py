"""Tables with provisions: numbers beside them, proposals beside each other, and tables that have none."""

from __future__ import annotations

import pytest

from cbm.papers.delegations import DelegationNames, party_titles
from cbm.papers.paper import PaperParagraph, PaperTable, WordPiece
from cbm.papers.table_rows import read_table

PROPOSER = DelegationNames({"Li Wei": "CN"}, party_titles()).proposer


def table(*rows: str) -> PaperTable:
    """Of rows with `|` between cells, `/` between the paragraphs of one."""
    return PaperTable(
        tuple(
            tuple(
                tuple(PaperParagraph(0, (WordPiece(words),)) for words in inside.split("/"))
                for inside in row.split("|")
            )
            for row in rows
        )
    )


def told(*rows: str) -> list[str]:
    """What may be a provision in each row, with its number and whose it is."""
    return [
        ", ".join(
            f"{f'<{one.head.who}> ' if one.head else ''}{one.read.number}:{one.read.words}{'.' * one.ends}"
            for one in row.passages
        )
        for row in read_table(table(*rows), PROPOSER).rows
    ]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (("No.|Text|Remarks", "1|a|x", "2|b/(a) c|y"), ["1:a", "2:b, :(a) c"]),
        (("3.1|a", "3.2|b"), ["3.1:a", "3.2:b"]),
        (("条|案文", "第一条|目的", "一、|甲"), ["第一条:目的", "一、:甲"]),
        (("A table", "No.|Text", "1|a"), [":A table", "1:a"]),
        (("Channel|Hours", "Hotline|24 h"), [":Hotline"]),
        (("Speed (kn)|Distance", "10|500 m", "20|1 km"), [":10", ":20"]),
        (("1. a|x", "2. b|y"), [":1. a", ":2. b"]),
        (
            ("No.|China|日方案文|Remarks by Japan", "1|a|b|x", "2||c|"),
            ["<China> 1:a, <日方案文> 1:b.", "<日方案文> 2:c."],
        ),
        (("No.|Text|Li Wei's proposal", "1|a|b", "2|c|"), ["<> 1:a, <Li Wei's proposal> 1:b.", "2:c"]),
        (("Option 1|Option 2 (Japan)", "1. a|1. b"), ["<> :1. a, <Japan> :1. b."]),
    ],
)
def test_what_may_be_a_provision(rows: tuple[str, ...], found: list[str]) -> None:
    assert told(*rows) == found


@pytest.mark.parametrize(
    ("head", "party"),
    [
        ("Japan", "JP"),
        ("JP", "JP"),
        ("Proposal of Japan", "JP"),
        ("China’s text:", "CN"),
        ("中方案文", "CN"),
        ("日本側提案", "JP"),
        ("Remarks by Japan", ""),
        ("Text", ""),
        ("日本海", ""),
    ],
)
def test_heads_that_name_a_party(head: str, party: str) -> None:
    assert PROPOSER(head) == party

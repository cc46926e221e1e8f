"""What is open in a text becomes variables; who proposes, and what ties speak of, must be there."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem
from cbm.finding import Finding
from cbm.pipeline import load, run

HEAD = "draft code\n  uses encounters\n  between CN, JP\n\n"


def system(path: Path, text: str) -> NormSystem:
    path.write_text(HEAD + text)
    (known,), findings = load([path])
    assert findings == ()
    return known


def told(path: Path, text: str) -> list[str]:
    path.write_text(HEAD + text)
    return [_line(finding) for finding in run([path]).findings if finding.severity == "error"]


def _line(finding: Finding) -> str:
    return " → ".join((f"{finding.rule} {finding.message}", *finding.remedies))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "code.cbm"


def test_wordings_share_a_label_and_stand_with_their_options(path: Path) -> None:
    known = system(path, "clause 1 every unit [CN: should | JP: must] listen [JP: unless own.distress]\n")
    assert [(norm.label, norm.wording) for norm in known.norms] == [("1", 1), ("1", 2), ("1", 3), ("1", 4)]
    negotiation = Negotiation(known)
    assert [term.name for term in negotiation.terms] == ["bracket 1 of 1", "bracket 2 of 1"]
    assert [negotiation.boxes_of([norm]) for norm in known.norms.values()] == [
        ({0: 1, 1: 1},),
        ({0: 1, 1: 2},),
        ({0: 2, 1: 1},),
        ({0: 2, 1: 2},),
    ]


def test_a_bracket_around_what_is_left_out_is_called_by_its_label(path: Path) -> None:
    later = 'article 2 "x"\n[JP: left out 3 because "y"]\n[left out because "z" | CN: delete]\n'
    known = system(path, later)
    assert [term.name for term in Negotiation(known).terms] == ["2.3", "a provision that is not rendered"]


def test_what_stands_below_the_heading_of_an_option_is_called_by_its_clauses(path: Path) -> None:
    """Both options were called “the clauses below”."""
    several = "option CN:\nclause 1 every unit must listen\noption JP:\n"
    several += "clause 1 every unit should listen\nclause 2 every unit may call\nend of options\n"
    (term,) = Negotiation(system(path, several)).terms
    assert term.choice is not None
    assert [option.words for option in term.choice.options] == ["clause 1", "clauses 1 and 2"]


def test_a_reference_means_whichever_wording_the_package_has(path: Path) -> None:
    known = system(path, "clause 1 every unit [should | must] listen\nclause 2 every unit may call in place of 1\n")
    assert [(edge.by.label, edge.of.label, edge.of.wording) for edge in known.displacements] == [
        ("2", "1", 1),
        ("2", "1", 2),
    ]


def test_ties_that_leave_no_package_are_told_where_the_last_one_is_lost(path: Path) -> None:
    text = """options d one of CN, JP
clause 1 every unit must keep separation >= [d CN: 500 m | JP: 600 m]
tie d is CN only if d is JP
tie d is JP only if d is CN
"""
    path.write_text(HEAD + text)
    (found,) = run([path]).findings
    assert _line(found) == (
        "syntax no package is left: whatever is taken, this tie or one above it excludes it"
        " → take out a tie, or let it allow more"
    )
    assert found.primary.span.text.startswith("tie d is JP")


def test_a_tie_excludes_packages(path: Path) -> None:
    text = "clause 1 every unit [CN: should | JP: must] listen\nclause 2 every unit [CN: should | JP: must] call\n"
    space = Negotiation(system(path, f"{text}tie 1 is JP only if 2 is JP\n")).space
    assert space.excluded == ({0: 2, 1: 1},)
    assert Fraction(space.count(space.maximal_outside(space.excluded), (0, 1))) == 3


def test_both_or_neither_excludes_what_takes_one_alone(path: Path) -> None:
    text = "".join(f"clause {n} every unit [CN: should | JP: must] {act}\n" for n, act in ((1, "listen"), (2, "call")))
    space = Negotiation(system(path, f"{text}tie both 1 is JP and 2 is CN or neither\n")).space
    assert sorted(sorted(one.items()) for one in space.excluded) == [[(0, 1), (1, 1)], [(0, 2), (1, 2)]]


def test_who_proposes_is_a_party_or_the_chair(path: Path) -> None:
    assert told(path, "clause 1 every unit [EU: should | chair: must] listen\n") == [
        "undefined no party is called `EU` → write one of `CN`, `JP`, `chair`"
    ]
    for who, advice in ("Japan", "write `JP`"), ("char", "did you mean `chair`?"):
        found = told(path, f"clause 1 every unit [{who}: should | CN: must] listen\n")
        assert found == [f"undefined no party is called `{who}` → {advice}"]


def test_a_tie_speaks_of_choices_that_are_there(path: Path) -> None:
    clause = "clause 1 every unit [CN: should | JP: must] listen [JP: unless own.distress]\n"
    assert told(path, f"{clause}tie 1 is JP only if 1 is CN\n") == [
        (
            "undefined clause 1 has several brackets, and it is not said which is meant"
            " → give the one that is meant a name: `options NAME one of …`, and `[NAME …]` in the clause"
        )
    ]
    other = "clause 2 every unit [CN: should | JP: must] call\n"
    assert told(path, f"{other}tie 2 is KR only if 2 is CN\n") == ["undefined 2 has no option `KR`: it has CN, JP"]
    assert told(path, f"{other}tie 3 is CN only if 2 is CN\n")[0].startswith("undefined there is no choice `3`")
    named = f"options span one of CN, JP\nclause 3 every unit [span CN: should | JP: must] answer\n{other}"
    # and not `did you mean 2?`, a choice about something else
    assert told(path, f"{named}tie 3 is JP only if 2 is JP\n") == [
        "undefined there is no choice `3` → the bracket of clause 3 is called `span`: write `span`"
    ]


def test_a_label_may_stand_twice_only_where_the_two_never_stand_together(path: Path) -> None:
    both = "option CN:\nclause 1 every unit must listen\noption JP:\nclause 1 every unit may listen\nend of options\n"
    assert len(system(path, both).norms) == 2
    twice = (
        "option CN:\nclause 1 every unit must listen\noption JP: delete\nend of options\nclause 1 every unit may call\n"
    )
    assert told(path, twice) == ["duplicate clause `1` stands twice"]


def test_clauses_that_ties_keep_apart_may_share_a_label(path: Path) -> None:
    """What no package has is no label that is given twice; with one package that has both it is."""
    both = (
        "options one one of CN, JP\noptions two one of CN, JP\n"
        "[one CN: clause 1 every unit must listen | JP: delete]\n"
        "[two JP: clause 1 every unit must call | CN: delete]\n"
        "clause 2 every unit should [CN: answer | JP: listen] in place of 1\n"
    )
    twice = ["duplicate clause `1` stands twice"]
    undefined = "undefined clause 2 refers to `1`, which is not there, if “one” is left out and “two” is left out"
    for tie in ("one is CN only if two is CN", "two is JP only if one is JP"):
        assert [line.split(" → ")[0] for line in told(path, f"{both}tie {tie}\n")] == [undefined], tie
    together = told(path, f"{both}tie both one is CN and two is CN or neither\n")
    assert together == []  # either the first clause or the second
    for tie in ("one is CN only if two is JP", "one is CN only if two is CN or 2 is CN", "2 is CN only if two is CN"):
        assert told(path, f"{both}tie {tie}\n") == twice, tie
    in_steps = "tie one is CN only if 2 is CN\ntie 2 is CN only if two is CN\n"
    assert [line.split(" → ")[0] for line in told(path, both + in_steps)] == [undefined]


def test_articles_that_ties_keep_apart_may_share_a_label(path: Path) -> None:
    text = "options one one of CN, JP\noptions two one of CN, JP\n"
    for name, who, other in (("one", "CN", "JP"), ("two", "JP", "CN")):
        text += f"option {who} of {name}:\narticle 1\nclause 1 every unit must listen\n"
        text += f"option {other} of {name}: delete\nend of options\n"
    assert told(path, f"{text}tie one is CN only if two is CN\n") == []
    assert told(path, f"{text}tie one is CN only if two is JP\n") == [
        "duplicate article `1` stands twice",
        "duplicate clause `1.1` stands twice",
    ]


def test_a_tie_that_cannot_be_read_leaves_the_label_given_twice(path: Path) -> None:
    text = "options one one of CN, JP\n[one CN: clause 1 every unit must listen | JP: delete]\n"
    found = told(path, f"{text}clause 1 every unit must call\ntie one is CN only if three is CN\n")
    assert found[0] == "duplicate clause `1` stands twice"
    assert found[1].startswith("undefined there is no choice `three`")

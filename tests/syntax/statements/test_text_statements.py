"""Agreements and drafts: headers, articles, and clauses with all that may stand in them."""

from __future__ import annotations

from datetime import date

import pytest

from cbm.syntax.ast import (
    ActItem,
    ArticleHeading,
    Bearer,
    Both,
    CitationNode,
    Comparison,
    Connective,
    DateKind,
    DeemedCompliance,
    DeemingClause,
    DemandNode,
    DisplacementNode,
    DocumentKind,
    EveryUnit,
    ExceptionClause,
    HeaderDate,
    Inclusion,
    Item,
    KeepItem,
    LeftOut,
    Mark,
    Modality,
    NamedBearer,
    NormClause,
    NounBearer,
    PartyTo,
    PromiseNode,
    Range,
    Rank,
    Relation,
    ScopeClause,
    Status,
    Strength,
    TermDeclaration,
    TextHeader,
    WithoutPrejudice,
)
from tests.fields import field_names
from tests.syntax.reading import NOWHERE, clause, documents, name, names, path, quantity, reference, said, title

REPORT = ActItem(name("report"), span=NOWHERE)
AIM = ActItem(name("aim"), span=NOWHERE)


def demand(
    *items: Item,
    modality: Modality = Modality.OBLIGATION,
    strength: Strength = Strength.MUST,
    connective: Connective = Connective.EACH,
    stating: str = "",
) -> DemandNode:
    return DemandNode(modality, strength, items, connective, names(stating), span=NOWHERE)


def norm(text: str) -> NormClause:
    statement = clause(text)
    assert isinstance(statement, NormClause)
    return statement


def untouched(statement: NormClause, *but: str) -> bool:
    """Whether everything but the label, the bearer, the demand and these is empty, and it is no sentence of several."""
    said = {"label", "bearer", "demand", "span", "sentence", *but}
    alone = statement.sentence is None
    return alone and all(getattr(statement, name) == () for name in field_names(statement) if name not in said)


# ---- headers


def test_a_header_may_say_nothing_but_a_name() -> None:
    (document,) = documents("draft d")
    assert document.header == TextHeader(DocumentKind.DRAFT, name("d"), (), span=NOWHERE)


def test_a_date_belongs_to_the_party_before_it() -> None:
    (document,) = documents(
        "instrument pact\n  between US until 2020-11-22, SU, UA succeeds SU from 1994-12-05 until 2014-03-17\n"
        "  uses sea until 2030-01-01"
    )
    assert isinstance(document.header, TextHeader)
    assert document.header.between == (
        PartyTo(name("US"), until=date(2020, 11, 22), span=NOWHERE),
        PartyTo(name("SU"), span=NOWHERE),
        PartyTo(name("UA"), name("SU"), date(1994, 12, 5), date(2014, 3, 17), span=NOWHERE),
    )
    assert [dated.value for dated in document.header.dates] == [date(2030, 1, 1)]
    left = "`US` is said to leave on 1999-12-31, before it joins on 2000-01-01"
    assert left in said("instrument pact\n  between US from 2000-01-01 until 1999-12-31\n")[0]


def test_what_a_text_is_so_far_and_whether_it_binds() -> None:
    (document,) = documents(
        "draft code\n  uses sea  rank memorandum not binding\n  binding US\n"
        "  status track2 from 2019-06-01, political from 2021-01-01"
    )
    assert isinstance(document.header, TextHeader)
    assert (document.header.rank, document.header.binds) == (Rank.MEMORANDUM, False)
    assert document.header.binding == names("US")
    assert [(entry.status, entry.since) for entry in document.header.status] == [
        (Status.TRACK_2, date(2019, 6, 1)),
        (Status.POLITICAL, date(2021, 1, 1)),
    ]
    order = "what a text has become stands in order, the first one first"
    assert order in said("draft code\n  status treaty from 2021-01-01, political from 2020-01-01\n")[0]


def test_a_header_says_everything_in_any_order() -> None:
    (document,) = documents(
        """\
instrument macm "Mechanism" ja "メカニズム"
  subject to 3.2, colregs   rank memorandum
  in force 2018-06-08  adopted 2018-05-09
  beside cues from "cues.cbm", incsea
  source "Press release" seen secondary  source "Text"
  uses encounters, channels from "../c.cbm"
  between CN, JP  restates old
  proposed 2007-04-01  until 2030-01-01  suspended 2012-09-11
  notwithstanding 17 of colregs
"""
    )
    assert document.header == TextHeader(
        DocumentKind.INSTRUMENT,
        name("macm"),
        (title("Mechanism"), title("メカニズム", "ja")),
        uses=(Inclusion(name("encounters"), None, span=NOWHERE), Inclusion(name("channels"), "../c.cbm", span=NOWHERE)),
        between=(PartyTo(name("CN"), span=NOWHERE), PartyTo(name("JP"), span=NOWHERE)),
        rank=Rank.MEMORANDUM,
        dates=(
            HeaderDate(DateKind.IN_FORCE, date(2018, 6, 8), span=NOWHERE),
            HeaderDate(DateKind.ADOPTED, date(2018, 5, 9), span=NOWHERE),
            HeaderDate(DateKind.PROPOSED, date(2007, 4, 1), span=NOWHERE),
            HeaderDate(DateKind.UNTIL, date(2030, 1, 1), span=NOWHERE),
            HeaderDate(DateKind.SUSPENDED, date(2012, 9, 11), span=NOWHERE),
        ),
        subject_to=(reference("3.2"), reference(None, "colregs")),
        notwithstanding=(reference("17", "colregs"),),
        beside=(Inclusion(name("cues"), "cues.cbm", span=NOWHERE), Inclusion(name("incsea"), None, span=NOWHERE)),
        restates=name("old"),
        citations=(
            CitationNode("Press release", Mark.SECONDARY, span=NOWHERE),
            CitationNode("Text", None, span=NOWHERE),
        ),
        span=NOWHERE,
    )


@pytest.mark.parametrize("rank", list(Rank))
def test_every_rank(rank: Rank) -> None:
    (document,) = documents(f"draft d rank {rank.value}")
    assert isinstance(document.header, TextHeader)
    assert document.header.rank is rank


# ---- labels


def test_a_heading_without_a_label() -> None:
    assert clause('article "Conduct" zh "行为"') == ArticleHeading(
        "", (title("Conduct"), title("行为", "zh")), span=NOWHERE
    )


@pytest.mark.parametrize(
    "label",
    ["3", "3.2", "17(a)(i)", "III.6", "IV", "A", "B.1", "3 bis", "2.8.1(a)", "12 ter", "8A", "XIV(2)", "C.2(b)"],
)
def test_every_form_of_label(label: str) -> None:
    assert clause(f'article {label} "x"') == ArticleHeading(label, (title("x"),), span=NOWHERE)
    assert norm(f"clause {label} JP must report").label == label
    assert norm(f"clause 1 JP must report in place of {label}, colregs").displacements[0].references == (
        reference(label),
        reference(None, "colregs"),
    )


def test_blanks_within_a_label_are_single() -> None:
    assert norm("clause 3  bis every unit must report").label == "3 bis"


# ---- bearers

BEARERS: list[tuple[str, Bearer]] = [
    ("every unit", EveryUnit(span=NOWHERE)),
    ("every\n  unit", EveryUnit(span=NOWHERE)),
    ("each party", EveryUnit(span=NOWHERE)),
    ("JP", NamedBearer(name("JP"), span=NOWHERE)),
    ("a warship", NounBearer(names("warship"), (), span=NOWHERE)),
    ("an auxiliary", NounBearer(names("auxiliary"), (), span=NOWHERE)),
    ("any warship or auxiliary or drone", NounBearer(names("warship auxiliary drone"), (), span=NOWHERE)),
    ("every warship", NounBearer(names("warship"), (), span=NOWHERE)),
    ("a warship meeting an aircraft", NounBearer(names("warship"), names("aircraft"), span=NOWHERE)),
    ("a ship or drone meeting any ship or drone", NounBearer(names("ship drone"), names("ship drone"), span=NOWHERE)),
]


@pytest.mark.parametrize(("text", "bearer"), BEARERS, ids=[text for text, _ in BEARERS])
def test_bearer(text: str, bearer: Bearer) -> None:
    statement = norm(f"clause 1 {text} must report")
    assert statement.bearer == bearer
    assert untouched(statement)


def test_conditions_stand_before_and_after_the_bearer() -> None:
    statement = norm("clause 1 when p and q JP when own.r when s must report")
    assert statement.bearer == NamedBearer(name("JP"), span=NOWHERE)
    assert statement.conditions == (Both((path("p"), path("q")), span=NOWHERE), path("own.r"), path("s"))
    assert untouched(statement, "conditions")


# ---- several sentences

SENTENCES = (
    'clause 2 "T" JP when p must report; must not call unless q; a drone should call; when r may call text en "x"'
)


def test_a_sentence_binds_whom_the_one_before_it_binds_and_when_that_does() -> None:
    (document,) = documents(f"draft d\n{SENTENCES}")
    said = [one for one in document.statements if isinstance(one, NormClause)]
    drone = NounBearer(names("drone"), (), span=NOWHERE)
    jp = NamedBearer(name("JP"), span=NOWHERE)
    assert [one.label for one in said] == [f"2 sentence {number}" for number in (1, 2, 3, 4)]
    assert [one.bearer for one in said] == [jp, jp, drone, drone]
    assert [one.conditions for one in said] == [(path("p"),), (path("p"),), (), (path("r"),)]
    assert [one.exceptions for one in said] == [(), (path("q"),), (), ()]
    assert {tuple(text.text for text in one.texts) for one in said} == {("x",)}
    assert [one.span.text for one in said[1:3]] == ["must not call unless q", "a drone should call"]


# ---- demands

MODALS = [
    ("must", Modality.OBLIGATION, Strength.MUST),
    ("shall", Modality.OBLIGATION, Strength.MUST),
    ("must not", Modality.PROHIBITION, Strength.MUST),
    ("shall  not", Modality.PROHIBITION, Strength.MUST),
    ("should", Modality.OBLIGATION, Strength.SHOULD),
    ("should not", Modality.PROHIBITION, Strength.SHOULD),
    ("may", Modality.PERMISSION, Strength.MUST),
    ("need not", Modality.EXEMPTION, Strength.MUST),
]


@pytest.mark.parametrize(("modal", "modality", "strength"), MODALS)
def test_modal(modal: str, modality: Modality, strength: Strength) -> None:
    statement = norm(f"clause 1 every unit {modal} report, aim")
    assert statement.demand == demand(REPORT, AIM, modality=modality, strength=strength)


@pytest.mark.parametrize("modal", ["must", "should", "may", "need not"])
def test_or_asks_for_at_least_one(modal: str) -> None:
    statement = norm(f"clause 1 every unit {modal} report or aim")
    assert statement.demand.items == (REPORT, AIM)
    assert statement.demand.connective is Connective.ANY


def test_results_are_kept() -> None:
    at_least = Comparison(Relation.AT_LEAST, path("separation"), quantity(1000, "m"), span=NOWHERE)
    within = Range(path("speed"), quantity(5, "kt"), False, quantity(9, "kt"), True, span=NOWHERE)
    statement = norm("clause 1 JP must keep separation >= 1,000 m, keep speed from 5 kt to under 9 kt, report")
    assert statement.demand == demand(KeepItem(at_least, span=NOWHERE), KeepItem(within, span=NOWHERE), REPORT)


def test_stating_belongs_to_the_demand_before_it() -> None:
    statement = norm(
        "clause 1 JP must report stating nature, position unless p stating time"
        " otherwise must aim stating area otherwise should report unless q stating forces"
    )
    assert statement.demand == demand(REPORT, stating="nature position time")
    assert statement.otherwise == (
        demand(AIM, stating="area"),
        demand(REPORT, strength=Strength.SHOULD, stating="forces"),
    )
    assert statement.exceptions == (path("p"), path("q"))


@pytest.mark.parametrize("exception", ["unless own.report", "except when p"])
@pytest.mark.parametrize("time", ["within 2 h after incident", "until incident", "at least 1 h before other.aim"])
def test_a_time_behind_an_exception_can_be_read_two_ways(exception: str, time: str) -> None:
    """It belongs to what is asked, and who reads the sentence takes it for a part of the exception."""
    (line,) = said(f"draft d\nclause 1 JP must not aim {exception} {time}")
    assert f"`{time}` can be read two ways behind an exception" in line
    norm(f"clause 1 JP must not aim {time} {exception}")
    norm(f"clause 1 JP must aim {exception} otherwise must report {time.replace('before', 'after')}")


# ---- additions


def test_additions_stand_in_any_order() -> None:
    additions = [
        "stating nature",
        "unless p",
        "except when q",
        "in place of 2, 3 of colregs",
        "in place of 4 for both",
        "notwithstanding 5",
        "subject to 6, colregs",
        "restates 7",
        'text en "a" "b" ja "c"',
        'source "here" from memory',
        'source "there"',
    ]
    forwards = norm("clause 1 JP must report " + "\n ".join(additions))
    assert forwards.demand == demand(REPORT, stating="nature")
    assert forwards.exceptions == (path("p"), path("q"))
    assert forwards.displacements == (
        DisplacementNode((reference("2"), reference("3", "colregs")), both=False, span=NOWHERE),
        DisplacementNode((reference("4"),), both=True, span=NOWHERE),
    )
    assert forwards.notwithstanding == (reference("5"),)
    assert forwards.subject_to == (reference("6"), reference(None, "colregs"))
    assert forwards.restates == (reference("7"),)
    assert forwards.texts == (title("ab", "en"), title("c", "ja"))
    assert forwards.citations == (
        CitationNode("here", Mark.MEMORY, span=NOWHERE),
        CitationNode("there", None, span=NOWHERE),
    )
    backwards = norm("clause 1 JP must report " + "\n ".join(reversed(additions)))
    assert backwards.demand == forwards.demand
    for one, other in [
        (forwards.exceptions, backwards.exceptions),
        (forwards.displacements, backwards.displacements),
        (forwards.citations, backwards.citations),
    ]:
        assert one == tuple(reversed(other))


def test_each_label_names_its_own_document() -> None:
    statement = norm("clause 1 JP must report subject to 1 of x, 2, 3 of y, 4")
    assert statement.subject_to == (reference("1", "x"), reference("2"), reference("3", "y"), reference("4"))


def test_in_brackets_the_document_named_last_is_meant_by_the_labels_before_it() -> None:
    statement = norm("clause 1 JP must report subject to 1, (2, 3 of y), (4), (5 of x, 6)")
    assert statement.subject_to == (
        reference("1"),
        reference("2", "y"),
        reference("3", "y"),
        reference("4"),
        reference("5", "x"),
        reference("6"),
    )


def test_a_clause_has_texts_of_its_own() -> None:
    statement = norm('clause 1 "Keep" zh "保持" JP must report')
    assert statement.titles == (title("Keep"), title("保持", "zh"))


# ---- other statements


def test_scope() -> None:
    statement = clause('clause 1 "Scope" applies when p text en "x" source "y" seen text')
    assert statement == ScopeClause(
        "1",
        (title("Scope"),),
        path("p"),
        (title("x", "en"),),
        (CitationNode("y", Mark.TEXT, span=NOWHERE),),
        span=NOWHERE,
    )


def test_exception() -> None:
    statement = clause('clause 3 exception to 2, 3 of colregs when p source "y"')
    assert statement == ExceptionClause(
        "3",
        (),
        (reference("2"), reference("3", "colregs")),
        path("p"),
        citations=(CitationNode("y", None, span=NOWHERE),),
        span=NOWHERE,
    )


def test_deeming() -> None:
    assert clause("clause 8 deems own.overtaking when doubt") == DeemingClause(
        "8", (), path("own.overtaking"), path("doubt"), span=NOWHERE
    )
    assert clause('clause 8 deems own.overtaking text ja "x"') == DeemingClause(
        "8", (), path("own.overtaking"), None, texts=(title("x", "ja"),), span=NOWHERE
    )


def test_deemed_compliance() -> None:
    said = (
        'clause 4 when p every unit when q is deemed to comply with 3, 5 of coc if it does report stating x source "y"'
    )
    assert clause(said) == DeemedCompliance(
        "4",
        (),
        EveryUnit(span=NOWHERE),
        (path("p"), path("q")),
        (reference("3"), reference("5", "coc")),
        demand(REPORT, stating="x"),
        citations=(CitationNode("y", None, span=NOWHERE),),
        span=NOWHERE,
    )


def test_without_prejudice() -> None:
    assert clause('without prejudice 10 "claims" text en "x"') == WithoutPrejudice(
        "10", (title("claims"),), (title("x", "en"),), span=NOWHERE
    )


def test_what_is_left_out_has_a_reason_and_may_have_a_label() -> None:
    cited = (CitationNode("t", Mark.MEMORY, span=NOWHERE),)
    assert clause('left out 2.9 "radio" because "its heading " "alone was seen" source "t" from memory') == LeftOut(
        "2.9", (title("radio"),), "its heading alone was seen", cited, span=NOWHERE
    )
    assert clause('left out because "unseen"') == LeftOut(None, (), "unseen", span=NOWHERE)


@pytest.mark.parametrize(
    "text",
    [
        "covers weapons, talk in every type of encounter when p",
        "covers every type of encounter when p for weapons, talk",
        "covers every type of encounter for weapons, talk when p",
    ],
)
def test_promise(text: str) -> None:
    assert clause(text) == PromiseNode(name("encounter"), path("p"), names("weapons talk"), span=NOWHERE)


def test_a_promise_may_be_without_condition() -> None:
    assert clause("covers talk in every type of encounter") == PromiseNode(
        name("encounter"), None, names("talk"), span=NOWHERE
    )


@pytest.mark.parametrize(
    "text",
    [
        "covers acts lase, jam in every type of encounter when p between CN, JP",
        "covers acts lase, jam in every type of encounter between CN, JP when p",
    ],
)
def test_a_promise_of_acts(text: str) -> None:
    assert clause(text) == PromiseNode(
        name("encounter"), path("p"), (), acts=names("lase jam"), between=names("CN JP"), span=NOWHERE
    )


def test_a_promise_between_parties() -> None:
    assert clause("covers talk in every type of encounter between CN, JP") == PromiseNode(
        name("encounter"), None, names("talk"), between=names("CN JP"), span=NOWHERE
    )


def test_a_declared_asymmetry() -> None:
    read = clause('clause 1 JP must report asymmetric because "it is nearer" restates 3')
    assert isinstance(read, NormClause)
    assert read.asymmetric == ("it is nearer",)
    assert [r.label for r in read.restates] == ["3"]


def test_terms_of_a_text() -> None:
    assert clause("term close means p") == TermDeclaration(name("close"), (), path("p"), span=NOWHERE)


HEADER = (
    "uses strait, other",
    "between CN, JP",
    "rank political",
    "adopted 2019-10-01",
    "in force 2019-10-01",
    "until 2030-01-01",
    "suspended 2029-01-01",
    "subject to colregs, 3 of pact",
    "notwithstanding colregs",
    "beside cues, macm",
    "restates colregs",
    'source "treaty series"',
)


@pytest.mark.parametrize("second", HEADER)
def test_the_parts_of_a_header_stand_in_any_order(second: str) -> None:
    for first in HEADER:
        if first != second:
            assert said(f"draft d {first} {second}") == [], first


@pytest.mark.parametrize("topics", ["", "for crisis, notices "])
@pytest.mark.parametrize("condition", ["when night", "when own.craft in (tanker, frigate)", "when zone is eez"])
@pytest.mark.parametrize("later", [False, True])
def test_a_reserve_ends_behind_its_topics_and_behind_its_condition(topics: str, condition: str, later: bool) -> None:
    parts = f"{condition} {topics}" if later else f"{topics}{condition} "
    assert said(f'draft d\nreserve 9 "x" {parts}until 2030-01-01') == []

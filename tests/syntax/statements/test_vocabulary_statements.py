"""The statements of a vocabulary, each as it is written and as it is understood."""

from __future__ import annotations

from datetime import date

import pytest

from cbm.syntax.ast import (
    ActDeclaration,
    AtThresholds,
    AttributeBlock,
    AttributeDeclaration,
    AxiomDeclaration,
    ChannelDeclaration,
    CitationNode,
    Comparison,
    ContinuationNode,
    CounterDeclaration,
    Inclusion,
    Is,
    KindDeclaration,
    LanguageDeclaration,
    Mark,
    MemberDeclaration,
    NeverTogether,
    PartyDeclaration,
    Relation,
    Requirement,
    ResultDeclaration,
    RoleDeclaration,
    RolesDeclaration,
    Row,
    SituationDeclaration,
    SortSyntax,
    Statement,
    TermDeclaration,
    TopicDeclaration,
    TypesDeclaration,
    ViewsDiffer,
    VocabularyHeader,
)
from tests.syntax.reading import NOWHERE, declared, documents, name, names, path, quantity, said, title


def sort(text: str, low: object = None, high: object = None) -> SortSyntax:
    return SortSyntax(name(text), low, high, span=NOWHERE)  # type: ignore[arg-type]


def member(text: str, *titles: object) -> MemberDeclaration:
    return MemberDeclaration(name(text), titles, span=NOWHERE)  # type: ignore[arg-type]


def role(text: str, *titles: object) -> RoleDeclaration:
    return RoleDeclaration(name(text), titles, span=NOWHERE)  # type: ignore[arg-type]


def flag(text: str, *otherwise: object) -> AttributeDeclaration:
    return AttributeDeclaration(name(text), (), sort("flag"), otherwise, span=NOWHERE)  # type: ignore[arg-type]


def attribute(text: str, of: SortSyntax, *titles: object) -> AttributeDeclaration:
    return AttributeDeclaration(name(text), titles, of, span=NOWHERE)  # type: ignore[arg-type]


LENGTH = sort("length", quantity(0, "m"), quantity(100, "nmi"))
MORE = Comparison(Relation.MORE, path("troops"), quantity(40_000), span=NOWHERE)
SHORT_LENGTH = "length from 0 m to 100 nmi"

STATEMENTS: list[tuple[str, Statement]] = [
    ("party CN", PartyDeclaration(name("CN"), (), span=NOWHERE)),
    (
        'party CN "Chi" "na" zh "中国" ja "中国"',
        PartyDeclaration(name("CN"), (title("China"), title("中国", "zh"), title("中国", "ja")), span=NOWHERE),
    ),
    ('party CN zh-Hant "中國"', PartyDeclaration(name("CN"), (title("中國", "zh-Hant"),), span=NOWHERE)),
    (
        'party RU continues SU from 1991-12-26 source "A letter" from memory',
        ContinuationNode(
            name("RU"),
            name("SU"),
            date(1991, 12, 26),
            (CitationNode("A letter", Mark.MEMORY, span=NOWHERE),),
            span=NOWHERE,
        ),
    ),
    (
        'kind craft "Craft" = warship "Warship" | submarine',
        KindDeclaration(
            name("craft"),
            (title("Craft"),),
            (member("warship", title("Warship")), member("submarine")),
            ordered=False,
            adds=False,
            span=NOWHERE,
        ),
    ),
    (
        "kind level = unit < command\n  < ministry",
        KindDeclaration(
            name("level"),
            (),
            (member("unit"), member("command"), member("ministry")),
            ordered=True,
            adds=False,
            span=NOWHERE,
        ),
    ),
    (
        "kind craft also drone",
        KindDeclaration(name("craft"), (), (member("drone"),), ordered=False, adds=True, span=NOWHERE),
    ),
    ('situation meet "A meeting"', SituationDeclaration(name("meet"), (title("A meeting"),), adds=False, span=NOWHERE)),
    ("situation meet also", SituationDeclaration(name("meet"), (), adds=True, span=NOWHERE)),
    ("roles own, other", RolesDeclaration((role("own"), role("other")), fixed=False, span=NOWHERE)),
    ("views differ on zone, depth", ViewsDiffer(names("zone depth"), span=NOWHERE)),
    (
        'fixed roles organiser "the host" ja "主催側", informed',
        RolesDeclaration(
            (role("organiser", title("the host"), title("主催側", "ja")), role("informed")), fixed=True, span=NOWHERE
        ),
    ),
    (
        "each\n  party : party\n  act : flag  # a remark\n  topic : length from 0 m to 100 nmi",
        AttributeBlock(
            False,
            (attribute("party", sort("party")), attribute("act", sort("flag")), attribute("topic", LENGTH)),
            span=NOWHERE,
        ),
    ),
    (
        'shared night otherwise "it is day" ja "昼" : flag\n  fog : flag',
        AttributeBlock(True, (flag("night", title("it is day"), title("昼", "ja")), flag("fog")), span=NOWHERE),
    ),
    ("each party : party", AttributeBlock(False, (attribute("party", sort("party")),), span=NOWHERE)),
    (
        'shared  # of both\n  case "Case" ja "件": zone\n  bearing:angle',
        AttributeBlock(
            True,
            (attribute("case", sort("zone"), title("Case"), title("件", "ja")), attribute("bearing", sort("angle"))),
            span=NOWHERE,
        ),
    ),
    (
        'axiom "two sides" own.party is not other.party',
        AxiomDeclaration(
            (title("two sides"),), Is(path("own.party"), path("other.party"), negated=True, span=NOWHERE), span=NOWHERE
        ),
    ),
    (
        'counter huge "big ones" zh "大" counts troops > 40,000 per 3 calendar years',
        CounterDeclaration(name("huge"), (title("big ones"), title("大", "zh")), MORE, 3, "year", None, span=NOWHERE),
    ),
    (
        "counter huge counts troops > 40,000 per calendar month up to 9",
        CounterDeclaration(name("huge"), (), MORE, 1, "month", quantity(9), span=NOWHERE),
    ),
    (
        "counter huge counts troops > 40,000\n  per 1,000 calendar days",
        CounterDeclaration(name("huge"), (), MORE, 1000, "day", None, span=NOWHERE),
    ),
    ("types by own.craft, zone", TypesDeclaration((path("own.craft"), path("zone")), span=NOWHERE)),
    (
        "types by troops at thresholds, zone",
        TypesDeclaration((AtThresholds(path("troops"), span=NOWHERE), path("zone")), span=NOWHERE),
    ),
    ('language english "English"', LanguageDeclaration(name("english"), (title("English"),), span=NOWHERE)),
    (
        "channel line languages english, french falls back to note prior consent agree acknowledged by confirm",
        ChannelDeclaration(
            name("line"),
            (),
            languages=names("english french"),
            fallback=names("note"),
            consent=name("agree"),
            acknowledged=name("confirm"),
            span=NOWHERE,
        ),
    ),
    ('topic weapons "Weapons"', TopicDeclaration(name("weapons"), (title("Weapons"),), span=NOWHERE)),
    ('term far "far" means distance', TermDeclaration(name("far"), (title("far"),), path("distance"), span=NOWHERE)),
    (
        "term keep_out is 500 m when clear, 1 nmi otherwise",
        TermDeclaration(
            name("keep_out"),
            (),
            (
                Row(quantity(500, "m"), path("clear"), span=NOWHERE),
                Row(quantity(1, "nmi"), None, span=NOWHERE),
            ),
            span=NOWHERE,
        ),
    ),
    (
        "term one is 1 otherwise",
        TermDeclaration(name("one"), (), (Row(quantity(1), None, span=NOWHERE),), span=NOWHERE),
    ),
    (
        'act lase "dazzles" topic weapons',
        ActDeclaration(names("lase"), (title("dazzles"),), (), name("weapons"), span=NOWHERE),
    ),
    (
        "act report stating nature, position topic talk",
        ActDeclaration(names("report"), (), names("nature position"), name("talk"), span=NOWHERE),
    ),
    (
        "act hold_course,\n  alter_course\n  topic manoeuvre",
        ActDeclaration(names("hold_course alter_course"), (), (), name("manoeuvre"), span=NOWHERE),
    ),
    (
        f'result gap "distance" : {SHORT_LENGTH} topic weapons',
        ResultDeclaration(name("gap"), (title("distance"),), False, LENGTH, name("weapons"), span=NOWHERE),
    ),
    (
        f"result each gap : {SHORT_LENGTH}\n  topic weapons",
        ResultDeclaration(name("gap"), (), True, LENGTH, name("weapons"), span=NOWHERE),
    ),
    ("never hold with alter, stop", NeverTogether(names("hold alter stop"), span=NOWHERE)),
    (
        "launch requires distance > 1",
        Requirement(
            name("launch"),
            Comparison(Relation.MORE, path("distance"), quantity(1), span=NOWHERE),
            span=NOWHERE,
        ),
    ),
]


@pytest.mark.parametrize(("text", "tree"), STATEMENTS, ids=[text for text, _ in STATEMENTS])
def test_statement(text: str, tree: Statement) -> None:
    assert declared(text) == tree


def test_header() -> None:
    (document,) = documents(
        'vocabulary v "V" ja "語"\n  uses basics, channels from "../channels.cbm"\nparty CN\nparty JP'
    )
    assert document.header == VocabularyHeader(
        name("v"),
        (title("V"), title("語", "ja")),
        (Inclusion(name("basics"), None, span=NOWHERE), Inclusion(name("channels"), "../channels.cbm", span=NOWHERE)),
        span=NOWHERE,
    )
    assert len(document.statements) == 2


def test_a_topic_on_a_line_of_its_own_is_a_statement_where_the_act_before_has_one() -> None:
    (document,) = documents("vocabulary v\nact report topic talk\ntopic weapons\nact lase\n  topic weapons\ntopic talk")
    assert [type(statement) for statement in document.statements] == [
        ActDeclaration,
        TopicDeclaration,
        ActDeclaration,
        TopicDeclaration,
    ]


def test_names_of_other_scripts() -> None:
    statement = declared("kind 区域 = 公海 | 専属経済水域 | зона | μ_1 | क्षेत्र")
    assert isinstance(statement, KindDeclaration)
    assert [member.name.text for member in statement.members] == ["公海", "専属経済水域", "зона", "μ_1", "क्षेत्र"]


def test_names_are_compared_in_their_composed_form() -> None:
    assert declared("party e\u0301tat") == declared("party \u00e9tat")
    assert declared("party か\u3099") == declared("party が")
    assert declared("each\n  e\u0301tat : flag") == declared("each\n  \u00e9tat : flag")


@pytest.mark.parametrize("word", ["party", "act", "topic", "case", "each", "text", "source", "no", "uses", "rank"])
def test_words_that_begin_statements_or_parts_may_be_names(word: str) -> None:
    assert said(f"vocabulary v\nparty {word}\neach\n  {word} : flag\nterm t means own.{word} and x is {word}") == []


def test_words_are_read_whole() -> None:
    assert said("vocabulary v uses w\nterm t meansx") == ["2:8 `meansx` is unknown here: did you mean `means`?"]


PARTS = (
    "between CN, JP",
    "level ministry",
    "for crisis, notices",
    "until 2030-01-01",
    "operational from 2020-01-01",
    "open 08:00 to 12:00 Asia/Tokyo Mon to Fri at JP",
    "when closed holds messages",
    'delay "consent" 1 h to 2 h',
    "meets once every year",
    "held 2020-01-01, 2021-01-01",
    "suspended from 2022-01-01 to 2023-01-01",
    "languages english, chinese",
    "falls back to radio, telephone",
    'source "the press" seen secondary',
)


@pytest.mark.parametrize("second", PARTS)
def test_the_parts_of_a_channel_stand_in_any_order(second: str) -> None:
    for first in PARTS:
        if first != second:
            assert said(f"vocabulary v\nchannel c {first} {second}") == [], first

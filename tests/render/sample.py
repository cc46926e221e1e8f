"""One report with everything a renderer meets: several places and files, two scripts, all the remarks."""

from __future__ import annotations

from fractions import Fraction

from cbm.finding import Dependence, Event, Fact, Finding, Fix, Label, RuleId, Scenario, Severity, Sketch
from cbm.report import Attestation, Ending, Green, Pairs, Question, Report
from cbm.source import Edit, Source, Span

CODE = Source(
    "drafts/code_of_conduct.cbm",
    """\
draft coc "Code of conduct for encounters at sea and in the air"
  uses encounters

article 3 "Safe separation"
clause 2 "Keep clear of warships"
  a military_aircraft meeting a warship
  must keep separation >= 1,000 m
clause 3 "Watch"
  every unit must not illuminate

clause 5 "Identification"
  a patrol_aircraft meeting a warship
  when calls_unanswered
  must keep separation <= 500 m

covers weapons in every type of encounter
""",
)

CHINESE = Source(
    "drafts/行为准则.cbm",
    """\
draft 准则 "海空相遇行为准则"
\tclause 1 "不得照射"  每个单位\tmust not 照射
""",
)


def label(source: Source, words: str, text: str = "") -> Label:
    """The first place where the words stand."""
    start = source.text.index(words)
    return Label(Span(source, start, start + len(words)), text)


def edit(source: Source, words: str, replacement: str) -> Edit:
    """Other words for the first place where the words stand."""
    return Edit(label(source, words).span, replacement)


CONFLICT = Finding(
    rule=RuleId.CONFLICT,
    severity=Severity.ERROR,
    message="clauses 3.2, 3.5 and 1 cannot all be complied with",
    primary=label(CODE, "must keep separation >= 1,000 m", "3.2 asks for at least 1,000 m"),
    related=(
        label(CODE, "must keep separation <= 500 m", "3.5 asks for at most 500 m"),
        label(CHINESE, "must not 照射", "第1条禁止照射"),
        label(CODE, "a military_aircraft", "of this unit"),
    ),
    clauses=("coc:3.2", "coc:3.5", "准则:1"),
    whenever=(
        "a patrol_aircraft of one side meets a warship of the other outside the territorial sea, its calls stay "
        "unanswered, and neither is in distress"
    ),
    extent=(
        ("own.craft is patrol_aircraft", "other.craft is warship", "zone is not territorial_sea"),
        ("own.craft is patrol_aircraft", "other.craft is warship", "visibility < 1 nmi"),
        ("own.craft is fighter", "other.craft is warship"),
    ),
    witness=Scenario(
        facts=(
            Fact("own", "craft", "patrol_aircraft", "own is a patrol_aircraft"),
            Fact(None, "distance", "1852/3", "the distance is a third of a nautical mile"),
        ),
        words="日本的巡逻机在专属经济区遇到中国的军舰，呼叫没有得到回应，双方都没有遇险，能见度为三分之一海里，"
        "两个单位之间的距离为五百米。",
        events=(
            Event(None, "contact", "0", "contact"),
            Event("own", "report", "3600", "report of own unit 1 h later"),
        ),
        sketch=Sketch(
            ("JP patrol aircraft (own)", "CN warship (other)"),
            (None, Fraction(45)),
            Fraction(500),
            "500 m",
            "eez",
            "zone: EEZ",
        ),
    ),
    remedies=("say which of them is to make way",),
    fixes=(
        Fix(
            "let 3.5, the more special one, stand `in place of 3.2`",
            (edit(CODE, "must keep separation <= 500 m", "must keep separation <= 500 m\n  in place of 3.2"),),
        ),
        Fix(
            "bring the bound of 3.2 to 500 m, that of 3.5",
            (edit(CODE, "1,000 m", "500 m"), edit(CHINESE, "must not 照射", "must not 照射 subject to 3.5 of coc")),
        ),
    ),
    notes=("neither text says which of them prevails",),
    background=("without prejudice (10 of coc): claims and legal views on the law of the sea",),
)

REDUNDANCY = Finding(
    rule=RuleId.REDUNDANCY,
    severity=Severity.WARNING,
    message="clause 3.3 asks for nothing that the others do not ask for",
    primary=label(CODE, 'clause 3 "Watch"\n  every unit must not illuminate'),
    clauses=("coc:3.3",),
    notes=("on every reading of `safe distance`",),
    readings=Dependence(("safe distance",), every=True),
)

UNDECIDED = Finding(
    rule=RuleId.UNDECIDED,
    severity=Severity.WARNING,
    message="whether every type of encounter is covered for `weapons` could not be decided",
    primary=label(CODE, "covers weapons in every type of encounter"),
    notes=("the search was given up after 1,000,000 steps",),
)

SHOWN = Attestation(
    Green.CLAUSE,
    "coc",
    "3.2 can be kept",
    ("coc:3.2",),
    Scenario(
        (
            Fact("own", "craft", "patrol_aircraft", "craft of own unit: patrol aircraft"),
            Fact(None, "zone", "eez", "zone: an exclusive economic zone"),
        ),
        "JP patrol aircraft (own) and CN warship (other); zone: an exclusive economic zone; calls of own unit stay "
        "unanswered",
    ),
)
NOT_SHOWN = Attestation(
    Green.CLAUSE, "coc", "3.5 can be kept", ("coc:3.5",), reason="wherever it binds, clause 3.2 cannot be complied with"
)
PAIR_NOT_SHOWN = Attestation(
    Green.PAIR, "coc", "3.2 and 3.5 can be kept together", ("coc:3.2", "coc:3.5"), reason="undecided: too many steps"
)
CHINESE_SHOWN = Attestation(
    Green.CLAUSE,
    "准则",
    "1 can be kept (on some readings: if 安全距离 is at most 300 m)",
    ("准则:1",),
    Scenario((), "日本的巡逻机和中国的军舰"),
    readings=Dependence(("安全距离",), every=False, words="安全距离 is at most 300 m"),
)

REPORT = Report(
    findings=(CONFLICT, REDUNDANCY, UNDECIDED),
    documents=2,
    clauses=4,
    questions=(
        Question(RuleId.CONFLICT, "clauses 3.2 and 3.3", Ending.CLEAR),
        Question(RuleId.CONFLICT, "clauses 3.2, 3.5 and 1", Ending.FOUND),
        Question(RuleId.REDUNDANCY, "clause 3.3", Ending.FOUND),
        Question(RuleId.GAP, "weapons", Ending.UNDECIDED),
    ),
    as_of="2019-10-01",
    background=("open term of 准则: 安全距离, read as from 200 m to 3 nmi",),
    omissions=("2.9 of cues, Interference: only its heading was seen",),
    left_out=(RuleId.SEAM, RuleId.RESERVE),
    ignored=2,
    sources=(CODE.name, CHINESE.name),
    attestations=(SHOWN, NOT_SHOWN, PAIR_NOT_SHOWN, CHINESE_SHOWN),
    pairs=Pairs(shown=1_234, apart=5, not_shown=1, on_some=2),
)

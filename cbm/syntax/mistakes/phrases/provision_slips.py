"""Slips in what a provision is: numbered lines without `clause`, titles, exceptions, reservations, definitions."""

from __future__ import annotations

from collections.abc import Iterator
from re import IGNORECASE, Match

from cbm.patterns import pattern
from cbm.records import replace
from cbm.syntax.mistake import Mistake
from cbm.syntax.mistakes.failure import Failure
from cbm.syntax.mistakes.phrases.rewritten import NAME, NAMES, Known, Rewritten, instead, rewritten, rewritten_around
from cbm.syntax.mistakes.written_dates import WRITTEN_DATE, days_meant
from cbm.translation.saying import say


def provision_slips(failure: Failure) -> Iterator[Mistake]:
    """What is told of a line that begins where reading ended, and of a clause that is none by its first words.

    Such a line was read as a part of the statement above it, and nothing can be tried in its place.
    """
    if failure.begins_line:
        yield from (replace(one, mend=None) for one in rewritten(failure, _OF_A_LINE, failure.line_start))
    if failure.piece.opening == "clause":
        yield from rewritten(failure, _OF_A_CLAUSE, failure.piece.start)
    if failure.piece.opening == "article":
        yield from rewritten(failure, _OF_A_HEADING, failure.piece.start)
    if failure.piece.opening == "without prejudice":
        yield from rewritten(failure, _OF_PREJUDICE, failure.piece.start)
    yield from _anywhere(failure)
    if not failure.piece.opening or failure.piece.opening == "term":
        yield from rewritten(failure, _OF_A_TERM, failure.piece.start)


def _anywhere(failure: Failure) -> Iterator[Mistake]:
    """How a clause stands to other texts, remarks, reasons, and what a promise or a reserve leaves out."""
    opening = failure.piece.opening
    if opening == "clause":
        yield from rewritten_around(failure, _OF_OTHER_TEXTS, 2)
    yield from rewritten(failure, _INSIDE.get(opening, ()), failure.place.start)


def _label_first(found: Match[str]) -> Rewritten:
    """`notwithstanding colregs rule 15`."""
    words = f"{found['before']} {found['label']} of {found['text']}"
    return instead(say("a clause of another text is named by its label, `of` and the text"), words)


def _stands_to(found: Match[str]) -> Rewritten:
    """`must call in accordance with colregs`."""
    text = found["text"]
    return Rewritten(
        say("how a clause stands to another text is said with `subject to` or `notwithstanding`"),
        say(
            "write `subject to {text}` where that one prevails, and nothing where both go on beside each other",
            text=text,
        ),
    )


def _quoted(found: Match[str]) -> Rewritten:
    """`must call quote "Ships shall call."`."""
    return instead(say("the wording of a clause stands behind `text`"), f"text {found['title']}")


def _remark(found: Match[str]) -> Rewritten:
    """`must call note "to be discussed"`."""
    return instead(say("a remark stands behind `#`"), f"# {found['title'][1:-1]}")


def _reason(_: Match[str]) -> Rewritten:
    """`must call because "it is safer"`."""
    return Rewritten(say("a clause has its reason behind `#`; one that binds one party only says `asymmetric because`"))


def _unless(found: Match[str]) -> Rewritten:
    """`covers separation in every type of encounter unless other.distress`."""
    return instead(say("what a promise leaves out is said by its condition"), f"when not ({found['rest'].strip()})")


def _every_type(found: Match[str]) -> Rewritten:
    """`in all types of encounter`."""
    said, meant = " ".join(found[0].split()), "every type of"
    return Rewritten(say("`{said}` is not how it is written: write `{meant}`", said=said, meant=meant), words=meant)


def _topics(found: Match[str]) -> Rewritten:
    return instead(say("the topics of a reserve stand behind `for`"), f"for {found['names']}")


def _over(found: Match[str]) -> Rewritten:
    """`reserve 3 "drones" for separation when own.distress to 2030-01-01`."""
    days = days_meant(found["date"])
    return (
        instead(say("when a reserve is over is said with `until`"), f"until {days[0]}")
        if len(days) == 1
        else Rewritten("")
    )


def _numbered(found: Match[str]) -> Rewritten:
    """`1. a warship must call`."""
    label = found["label"] if found["label"][0].isdigit() else f"1({found['label']})"
    return instead(say("a clause begins with `clause` and its label"), f"clause {label} ", f"clause {label} …")


def _without_label(found: Match[str]) -> Rewritten:
    """`a warship must call`, on a line of its own."""
    words = " ".join(found[0].split())
    return Rewritten(
        say("a clause begins with `clause` and its label"),
        say("write `clause 1 {words} …`, with its number", words=words),
    )


def _title(found: Match[str]) -> Rewritten:
    """`clause 1 Calls a warship must`, `clause 1 (Calls) a warship must`."""
    title = f'"{" ".join(found["title"].split())}"'
    return instead(say("a title stands in quotes"), f"{found['before']}{title} {found['who']}", title)


def _not_applying(found: Match[str]) -> Rewritten:
    """`clause 2 clause 1 does not apply in distress`."""
    message = say("a clause that takes another one back is an exception to it")
    if found["when"]:
        return instead(
            message, f"{found['before']}exception to {found['of']} when", f"exception to {found['of']} when …"
        )
    return Rewritten(message, say("write `exception to {label} when …`", label=found["of"]))


def _not_bound(found: Match[str]) -> Rewritten:
    """`clause 2 a warship is not bound by 1 in distress`, `clause 2 JP is not bound by 1 in distress`."""
    if found["kind"]:
        return _exempt(found)
    return Rewritten(
        say("a clause that takes another one back is an exception to it"),
        say("write `exception to {label} when …`", label=found["of"]),
    )


def _exempt(found: Match[str]) -> Rewritten:
    """`clause 2 submarines are exempt from 1`."""
    return Rewritten(
        say("a clause that takes another one back is an exception to it"),
        say("write `exception to {label} when own is a …`", label=found["of"]),
    )


def _yields(found: Match[str]) -> Rewritten:
    """`must call without prejudice to 1.3`, `must call without prejudice 1.3`."""
    words = f"subject to {found['label']}"
    return instead(say("a clause that leaves another one as it is yields to it"), f" {words}", words)


def _prevailing(found: Match[str]) -> Rewritten:
    """`clause 2 this code prevails over liaison`."""
    text = found["text"]
    return Rewritten(
        say("each clause says for itself what it prevails over"),
        say("write `notwithstanding {text}` at the end of those that are to prevail", text=text),
    )


def _order_first(found: Match[str]) -> Rewritten:
    """`clause 2 notwithstanding 1 every unit must`, `clause 2 without prejudice to clause 1 every unit must`."""
    order = "notwithstanding" if found["over"] else "in place of" if found["instead"] else "subject to"
    who, asked = (" ".join(found[part].split()) for part in ("who", "asked"))
    words = f"{who}{' …' if found['condition'] else ''} {asked} … {order} {found['of']}"
    return Rewritten(
        say("what a clause prevails over, or yields to, stands at its end"), say("write `{words}`", words=words)
    )


def _nobody_named(found: Match[str]) -> Rewritten:
    """`clause 1 jamming is prohibited`, `clause 1 the use of lasers is not permitted`."""
    said = " ".join(found["said"].lower().split())
    forbidden = "prohibited" in said or "forbidden" in said or "not" in said.split()
    asked = "must not" if forbidden else "may" if "allowed" in said or "permitted" in said else "must"
    return Rewritten(
        say("it is not said who is bound"),
        say("write `every unit {asked} …`, with the act, which `cbm words` finds", asked=asked),
    )


def _not_obliged(found: Match[str]) -> Rewritten:
    """`clause 1 nothing in this code obliges a unit to call`."""
    del found
    return Rewritten(
        say("who is not obliged is told by `need not`"), say("write `{words}`", words="every unit need not …")
    )


def _agreed_that(found: Match[str]) -> Rewritten:
    """`clause 1 the parties agree that every unit must call`."""
    return Rewritten(
        say("a clause says what is agreed, and not that it is: leave `{words}` out", words=found["out"].strip())
    )


def _purposes(found: Match[str]) -> Rewritten:
    """`clause 1 for the purposes of this code, "vessel" means a ship`."""
    name = "_".join(found["name"].lower().split())
    return Rewritten(
        say("a definition begins with `term`, a name and `means`"),
        say("write `{words}` in a vocabulary that the text uses", words=f"term {name} means …"),
    )


def _derogating(found: Match[str]) -> Rewritten:
    """`clause 3 exception from 1 when`, `clause 3 derogation from 1 when`."""
    message = say("a clause that takes another one back is an exception to it")
    words = f"{found['before']}exception to {found['of']}"
    return instead(message, words, f"exception to {found['of']} …")


def _scope(found: Match[str]) -> Rewritten:
    """`clause 3 applies only when`, `clause 3 this code applies when`."""
    return instead(
        say("when what follows binds is said with `applies when`"), f"{found['before']}applies when", "applies when …"
    )


def _no_scope(found: Match[str]) -> Rewritten:
    """`clause 3 does not apply when zone is territorial_sea`."""
    rest = found["rest"].strip()
    words = f"{found['before']}applies when not ({rest})"
    return instead(say("when what follows binds is said with `applies when`"), words, f"applies when not ({rest})")


def _scope_of_heading(found: Match[str]) -> Rewritten:
    """`article 2 "Weapons" applies when zone is high_seas`, `this code applies when zone is high_seas`."""
    rest = " ".join(found["rest"].split())
    return Rewritten(
        say("when clauses bind is said in a clause of its own in front of them"),
        say("write `{words}`, with its label", words=f"clause 1 applies when {rest}"),
    )


def _no_prejudice(found: Match[str]) -> Rewritten:
    """`clause 3 without prejudice "claims"`, `without prejudice to 3 "claims"`."""
    message = say("a reservation of rights is a statement of its own")
    return instead(message, f"without prejudice {found['label']} {found['title']}")


def _no_prejudice_without_label(found: Match[str]) -> Rewritten:
    """`without prejudice to "claims"`."""
    return Rewritten(
        say("`{opening}` has a label, as clauses have", opening="without prejudice"),
        say("write, for example, `{words}`", words=f"without prejudice 9 {found['title']}"),
    )


def _deems(found: Match[str]) -> Rewritten:
    """`clause 3 own.distress is deemed when`, `clause 3 deemed own.distress if`."""
    words = f"{found['before']}deems {found['fact']} when"
    return instead(say("what counts as being so is said with `deems … when …`"), words, f"deems {found['fact']} when …")


def _saving(found: Match[str]) -> Rewritten:
    """`clause 2 without prejudice to UNCLOS`, `clause 2 nothing in this code affects UNCLOS`."""
    title = " ".join(found["what"].split()).rstrip(".")
    return instead(
        say("a reservation of rights is a statement of its own"), f'without prejudice {found["label"]} "{title}"'
    )


def _term(found: Match[str]) -> Rewritten:
    """`definition: close means`, `"close" means`, `term close: `, `term close means when`."""
    name = "_".join(found["name"].split()) + (found.groupdict().get("titles") or "")
    return instead(
        say("a definition begins with `term`, a name and `means`"), f"term {name} means ", f"term {name} means …"
    )


_TITLES = r'(?:\s*(?:[a-z]{2,3}\s+)?"[^"\n]*")*'
_WHO = rf"(?:every\s+unit|each\s+party|(?:an?|any|every)\s+{NAME})"
_MODAL = r"(?:must|shall|should|may)"
_LABEL = r"[0-9]+(?:\.[0-9]+)*(?:\([a-z0-9]+\))?"
_OF_CLAUSE = r"(?:clauses?|paragraphs?|articles?|rules?|provisions?)"
_CLAUSE = rf"(?P<before>clause\s+(?P<label>{_LABEL})\s+)"
_TITLED = rf"(?P<before>clause\s+(?P<label>{_LABEL})\s+(?:(?:[a-z]{{2,3}}\s+)?\"[^\"\n]*\"\s*)*)"
_NO_TITLE = (
    r"(?:Every|Each|An?|Any|All|The|No|Both|Neither|Either|Only|When|Unless|If|At|In|On|Upon|After|Before|Within)\b"
)
_TITLE = rf"\(?(?P<title>(?!{_NO_TITLE})[A-Z]\w*(?:\s+{NAME}){{0,4}}?)\)?"
_SAVES = (
    r"(?:without\s+prejudice\s+to|nothing\s+in\s+this\s+\w+\s+(?:affects|prejudices)"
    r"|this\s+\w+\s+(?:does|shall)\s+not\s+(?:affect|prejudice))"
)
_NO_SUBJECT = r"(?:it|no|when|if|unless)"
_END = r"(?=\s*(?:\Z|\n|[.;#]))"
_PREVAILS = (
    rf"(?:this|the\s+present)\s+{NAME}\s+(?:(?:shall|will)\s+)?(?:prevails?|takes?\s+precedence)\s+over\s+"
    rf"(?:the\s+)?(?P<text>{NAME})"
)
_OF_OTHER_TEXTS: tuple[Known, ...] = tuple(
    (pattern(expression, IGNORECASE), told)
    for expression, told in (
        (
            rf"(?P<before>notwithstanding|restates|to|of|,)\s+(?P<text>(?!{_OF_CLAUSE}\b)[a-z]\w*)\s*,?\s+(?:{_OF_CLAUSE}\s+)?(?P<label>{_LABEL})(?![\w.])",
            _label_first,
        ),
        (
            (
                r"(?:in\s+(?:accordance|conformity|line|compliance)\s+with|consistent\s+with|as\s+required\s+by|without\s+prejudice\s+to)"
                rf"\s+(?:the\s+)?(?!{_OF_CLAUSE}\b)(?P<text>{NAME})(?!\w)"
            ),
            _stands_to,
        ),
        (
            rf"(?P<before>\s*,?\s*)without\s+(?:any\s+)?prejudice\s+(?:to\s+)?(?:{_OF_CLAUSE}\s+)?(?P<label>{_LABEL})(?![\w.])",
            _yields,
        ),
    )
)
_ASIDES: tuple[Known, ...] = (
    (pattern(r"(?:quote|quotation|quoted|wording|reads?)\s*:?\s*(?P<title>\"[^\"\n]*\")"), _quoted),
    (pattern(r"(?:note|comment|remark|explanation)\s*:?\s*(?P<title>\"[^\"\n]*\")(?=\s*(?:\Z|\n))"), _remark),
    (pattern(r"because\s+\""), _reason),
)
_OF_A_PROMISE: tuple[Known, ...] = (
    (pattern(r"unless\s+(?P<rest>[^\n#]+)"), _unless),
    (pattern(r"(?:all|each|any|every)\s+(?:types?|kinds?|sorts?)\s+of(?!\w)"), _every_type),
)
_OF_A_RESERVE: tuple[Known, ...] = (
    (pattern(rf"(?:on|about|concerning)\s+{NAMES}(?=\s+(?:when|until)\b)"), _topics),
    (pattern(rf"(?:to|till|up\s+to)\s+(?P<date>{WRITTEN_DATE})", IGNORECASE), _over),
)
# What else stands inside a statement, by the word with which that begins.
_INSIDE = {"clause": _ASIDES, "covers": _OF_A_PROMISE, "reserve": _OF_A_RESERVE}
_OF_A_TERM: tuple[Known, ...] = tuple(
    (pattern(expression, IGNORECASE), _term)
    for expression in (
        rf"define[sd]?\s+(?P<name>{NAME})\s+(?:as|to\s+mean|to\s+be|means?)\s+",
        rf"(?:definitions?\s*:?\s+)?\"(?P<name>{NAME}(?:\s+{NAME})*)\"\s+means(?:\s+when)?\s+",
        rf"definitions?\s*:?\s+(?P<name>{NAME})\s+means(?:\s+when)?\s+",
        rf"term\s+(?P<name>{NAME})(?P<titles>{_TITLES})\s*(?::|=|\bis\b(?:\s+when\b)?)\s*",
        rf"term\s+(?P<name>{NAME})(?P<titles>{_TITLES})\s+means\s+when\s+",
    )
)
_OF_A_LINE: tuple[Known, ...] = (
    (
        pattern(
            rf"\(?(?P<label>{_LABEL}|[a-z](?=[.)]))[.):]*\s+(?=(?:every|each|an?|any|all|the|no|both)\s[^\n]*\b{_MODAL}\b)",
            IGNORECASE,
        ),
        _numbered,
    ),
    (pattern(rf"{_WHO}\s+{_MODAL}(?!\w)"), _without_label),
    (pattern(_PREVAILS, IGNORECASE), _prevailing),
    (
        pattern(
            rf"(?:this|the)\s+{NAME}\s+(?:applies|shall\s+apply)(?:\s+only)?\s+(?:when|where|if)\s+(?P<rest>[^\n]+)",
            IGNORECASE,
        ),
        _scope_of_heading,
    ),
    *_OF_A_TERM,
)
_OF_A_HEADING: tuple[Known, ...] = (
    (pattern(rf"article\s+\S+{_TITLES}\s+(?:applies\s+)?(?:when|where|if)\s+(?P<rest>[^\n]+)"), _scope_of_heading),
)
_OF_PREJUDICE: tuple[Known, ...] = tuple(
    (pattern(expression), told)
    for expression, told in (
        (rf"without\s+prejudice\s+to\s+(?:clause\s+)?(?P<label>{_LABEL})\s+(?P<title>\"[^\"\n]*\")", _no_prejudice),
        (r"without\s+prejudice\s+(?:to\s+)?(?P<title>\"[^\"\n]*\")", _no_prejudice_without_label),
    )
)

_OF_A_CLAUSE: tuple[Known, ...] = tuple(
    (pattern(f"{beginning}{expression}", flags), told)
    for beginning, expression, flags, told in (
        (_CLAUSE, rf"{_TITLE}\s+(?P<who>{_WHO}(?=\s+{_MODAL}\b))", 0, _title),
        (
            _TITLED,
            (
                r"(?:an?\s+)?(?:exceptions?\s+(?:from|of)|exceptions\s+to|derogat(?:ion|es?|ing)\s+(?:from|of|to)|exempt(?:ion|s)?\s+from|except\s+(?:to|from))"
                rf"\s+(?:{_OF_CLAUSE}\s+)?(?P<of>{_LABEL})(?![\w.])"
            ),
            IGNORECASE,
            _derogating,
        ),
        (
            _TITLED,
            (
                rf"(?:(?:this|the\s+present|the)\s+{NAME}\s+(?:applies|shall\s+apply|will\s+apply)(?:\s+only)?|(?:applies|shall\s+apply)\s+only)"
                r"\s+(?:when|where|if)(?!\w)"
            ),
            IGNORECASE,
            _scope,
        ),
        (
            _TITLED,
            (
                rf"(?:(?:this|the\s+present|the)\s+{NAME}\s+)?(?:does|do|shall|will)\s+not\s+apply\s+(?:when|where|if)\s+(?P<rest>[^\n#\"]+)"
            ),
            IGNORECASE,
            _no_scope,
        ),
        (
            _CLAUSE,
            r"without\s+prejudice\s+(?:to\s+)?(?P<title>\"[^\"\n]*\")",
            IGNORECASE,
            _no_prejudice,
        ),
        (
            _TITLED,
            r"(?P<fact>[a-z_]\w*(?:\.[a-z_]\w*)?)\s+(?:is|are|shall\s+be)\s+deemed(?:\s+to\s+be(?:\s+(?:so|the\s+case))?)?\s+(?:when|where|if)(?!\w)",
            IGNORECASE,
            _deems,
        ),
        (
            _TITLED,
            r"(?:deem|deemed|shall\s+deem|is\s+deemed)\s+(?P<fact>[a-z_]\w*(?:\.[a-z_]\w*)?)\s+(?:when|where|if)(?!\w)",
            IGNORECASE,
            _deems,
        ),
        (
            _TITLED,
            rf"(?:{_OF_CLAUSE}\s+)?(?P<of>{_LABEL})\s+(?:does|do|shall|will)\s+not\s+apply(?:\s+(?P<when>when|where|if))?(?!\w)",
            IGNORECASE,
            _not_applying,
        ),
        (
            _TITLED,
            (
                r"(?P<kind>an?\s|any\s|every\s(?!unit\b)|the\s)?[^\n\"#;,]{1,60}?\s+(?:is|are|shall\s+be)\s+not\s+"
                rf"bound\s+by\s+(?:{_OF_CLAUSE}\s+)?(?P<of>{_LABEL})(?!\w)"
            ),
            IGNORECASE,
            _not_bound,
        ),
        (
            _TITLED,
            rf"{NAME}\s+(?:is|are|shall\s+be)\s+(?:exempt(?:ed)?|excluded)\s+from\s+(?:{_OF_CLAUSE}\s+)?(?P<of>{_LABEL})",
            IGNORECASE,
            _exempt,
        ),
        (
            _TITLED,
            _PREVAILS,
            IGNORECASE,
            _prevailing,
        ),
        (
            _TITLED,
            (
                r"(?:(?P<over>notwithstanding|despite|regardless\s+of)|(?P<instead>in\s+(?:place|lieu|derogation)\s+of|instead\s+of"
                r"|(?:by\s+way\s+of\s+|in\s+)?derogation\s+from|derogating\s+from|as\s+an\s+exception\s+to)|subject\s+to|without\s+prejudice\s+to)\s+"
                rf"(?:{_OF_CLAUSE}\s+)?(?P<of>{_LABEL})\s*,?\s+(?P<who>{_WHO}|{NAME})(?P<condition>\s[^\n;]*?)?"
                rf"\s+(?P<asked>{_MODAL}(?:\s+not)?)(?!\w)"
            ),
            IGNORECASE,
            _order_first,
        ),
        (
            _TITLED,
            r"nothing\s+in\s+this\s+\w+\s+(?:(?:shall|may)\s+)?(?:obliges?|requires?|compels?)(?!\w)",
            IGNORECASE,
            _not_obliged,
        ),
        (
            _TITLED,
            (
                r"(?P<out>(?:(?:the|both)\s+)?(?:parties|sides|states|governments)\s+(?:hereby\s+)?"
                rf"(?:agree|undertake|decide|confirm|declare|recognise|recognize)\s+that\s+)(?={_WHO}\s)"
            ),
            IGNORECASE,
            _agreed_that,
        ),
        (
            _TITLED,
            rf"for\s+the\s+purposes?\s+of\s+[^\n\",]+,\s*[\"“]?(?P<name>{NAME}(?:\s+{NAME}){{0,3}}?)[\"”]?\s+(?:means|is|shall\s+mean)(?!\w)",
            IGNORECASE,
            _purposes,
        ),
        (
            _TITLED,
            (
                rf"(?!{_WHO}\s+(?:is|are)\b|{_NO_SUBJECT}\b)[^\n\"#;,]{{1,60}}?\s+(?:is|are|shall\s+be|must\s+be)\s+"
                rf"(?P<said>(?:strictly\s+)?(?:prohibited|forbidden)|(?:not\s+)?(?:permitted|allowed)|required|mandatory){_END}"
            ),
            IGNORECASE,
            _nobody_named,
        ),
        (
            _CLAUSE,
            rf"{_SAVES}\s+(?:the\s+)?(?P<what>(?!{_OF_CLAUSE}\b|[0-9])[^\n\"#,;]+)(?=\s*(?:\Z|\n|#))",
            IGNORECASE,
            _saving,
        ),
    )
)

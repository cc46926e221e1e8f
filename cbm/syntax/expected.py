"""What could have stood somewhere, in the words of a drafter."""

from __future__ import annotations

from collections.abc import Iterable

from cbm.translation.saying import mark, say

_MOST_PHRASES = 6

_SIGNS = {
    "COMMA": ",",
    "LPAR": "(",
    "RPAR": ")",
    "LSQB": "[",
    "RSQB": "]",
    "COLON": ":",
    "SEMICOLON": ";",
    "EQUAL": "=",
    "VBAR": "|",
    "LESSTHAN": "<",
    "DOT": ".",
    "PLUS": "+",
    "MINUS": "-",
    "TIMES": "*",
    "DIVIDED": "/",
}
_TIMES = (
    "THROUGH _AT_LEVEL _WORDED_IN WITHIN AT_LEAST UPON NOT_BEFORE NOT_AFTER NOT_LATER_THAN BEFORE AFTER UNTIL FROM "
    "EVERY EXCEPT _EXCEPT_WHILE"
)
_ADDITIONS = (
    "NOTWITHSTANDING OTHERWISE RESTATES SOURCE STATING TEXT TO UNLESS _ASYMMETRIC_BECAUSE _EXCEPT_WHEN _IN_PLACE_OF "
    "_SUBJECT_TO SEMICOLON " + _TIMES
)
_HEADER = "BESIDE BETWEEN BINDING DATE_KIND FORCE NOTWITHSTANDING RANK RESTATES SOURCE STATUS UNTIL USES _SUBJECT_TO"
_BEARER = "EVERY_UNIT EACH_PARTY A AN ANY EVERY NAME"
_CLAUSE = f"_APPLIES_WHEN _EXCEPTION_TO DEEMS WHEN {_BEARER}"
_ARITHMETIC = "PLUS MINUS TIMES DIVIDED"
_CONNECTED = f"AND OR IMPLIES {_ARITHMETIC} DOT AT OCCURS"

# What is needed for the phrase, what the phrase stands for, and the phrase; in the order they are tried and said.
_PHRASES = [
    ("_APPLIES_WHEN DEEMS", _CLAUSE, mark("what the clause says, such as `every unit must …`")),
    ("ACTS _EVERY_TYPE_OF", "ACTS NAME _EVERY_TYPE_OF", mark("topics, or `acts` and what is done")),
    ("EVERY_UNIT NAME", _BEARER, mark("who is bound, such as `every unit`")),
    ("DELETE NAME QUANTITY", "DELETE NAME QUANTITY", mark("an option: who alone proposes it, its number, or `delete`")),
    ("RULE NO", "RULE UNKNOWN_RULE NO NEVER POSSIBLE", mark("a finding such as `no conflict`")),
    ("LPAR NOT NAME", "LPAR LSQB NOT BOTH NAME QUANTITY MINUS", mark("a condition")),
    ("LPAR QUANTITY", "LPAR LSQB NAME QUANTITY MINUS OVER UNDER", mark("a quantity such as `500 m`")),
    ("COLON _ONE_OF", "COLON _ONE_OF", mark("how it is read, such as `: length from 500 m to 1 nmi` or `one of …`")),
    ("NAME KEEP", "NAME", mark("an act")),
    ("LPAR LABEL NAME", "LPAR LABEL NAME", mark("a clause such as `3.2`, or a text")),
    ("LABEL NAME", "LABEL NAME", mark("a clause such as `3.2`, or a text")),
    ("LABEL", "LABEL", mark("a label such as `3.2`")),
    ("ATTRIBUTE", "ATTRIBUTE", mark("a name followed by `:`")),
    ("A AN NAME", "A AN NAME NOT _BOUND_BY", mark("a name, or `a` and a noun")),
    ("A AN ANY", "A AN ANY EVERY", mark("`a`, `an` or `any`")),
    ("NAME", "NAME", mark("a name")),
    ("MODAL", "MODAL _IS_DEEMED_TO_COMPLY_WITH", mark("`must`, `should`, `may` …")),
    ("DAY_OF_YEAR", "DAY_OF_YEAR DATE", mark("a day such as `15 November of …`")),
    ("YEAR_OF", "YEAR_OF", "`of the year of …`"),
    ("DATE", "DATE", mark("a date such as `2019-10-01`")),
    ("UNKNOWN_RULE", "RULE UNKNOWN_RULE NAME", mark("a finding such as `conflict`")),
    ("RULE", "RULE", mark("a finding such as `conflict`")),
    ("RANK_NAME", "RANK_NAME", mark("`treaty`, `memorandum`, `political` or `unilateral`")),
    ("STATUS_NAME", "STATUS_NAME", mark("a status such as `political`")),
    ("PERIOD", "PERIOD", mark("a time such as `per 3 calendar years`")),
    ("INTERVAL", "INTERVAL", "`meets once every …`"),
    ("ZONE", "ZONE", mark("a time zone such as `Asia/Tokyo`")),
    ("WEEKDAY", "WEEKDAY", mark("days such as `Mon to Fri`")),
    ("CLOCK", "CLOCK", mark("a time such as `08:30`")),
    ("QUANTITY", "QUANTITY", mark("a number such as `3`")),
    ("MARK", "MARK", mark("`seen text`, `seen secondary`, `from memory` or `own choice`")),
]
# Ways to go on that are said last.
_CONTINUATIONS = [
    ("UNLESS _IN_PLACE_OF", _ADDITIONS, mark("an addition such as `unless`")),
    ("BETWEEN BESIDE", _HEADER, mark("a part of the header such as `rank`")),
]
# What is said only where nothing else is.
_FALLBACKS = [
    ("RELATION", f"RELATION FROM IN IS NOT {_CONNECTED}", mark("a comparison such as `>= 500 m`")),
    ("AND", _CONNECTED, mark("`and`, `or` or `implies`")),
    ("PLUS", f"{_ARITHMETIC} DOT AT", mark("`+`, `-`, `*` or `/`")),
    ("STRING", "STRING LANGUAGE", mark("a text in quotes")),
    ("PHRASE", "PHRASE", mark("a text in quotes")),
    ("CONTINUES", "CONTINUES", "`continues`"),
    ("SUCCEEDS", "SUCCEEDS", "`succeeds`"),
    ("LANGUAGE", "LANGUAGE", mark('a text in another language, such as `zh "…"`')),
    ("DOT", "DOT", "`.`"),
    ("SENTENCE", "SENTENCE", "`sentence …`"),
    ("IN", "IN", mark("`in` and a time zone")),
]


def expected(acceptable: Iterable[str]) -> list[str]:
    """At most six phrases, the more telling ones first; none where only the end was left."""
    left = set(acceptable) - {"$END"}
    if "NAME" in left:
        left.discard("PHRASE")  # it may stand wherever a name may
    if "PLUS" in left:
        left.discard("OF")  # any term may be said to be one of another text, which is hardly ever what is missing
    if left == {"COMMA", "IN"}:
        return ["`,`", "`in every type of …`"]
    phrases = _taken(left, _PHRASES)
    continuations = _taken(left, _CONTINUATIONS)
    weak = {name for _, covered, _ in _FALLBACKS for name in covered.split()}
    phrases += [f"`{words_of(name)}`" for name in sorted(left - weak)]
    phrases += continuations
    phrases = phrases or _taken(left, _FALLBACKS) or [f"`{words_of(name)}`" for name in sorted(left)]
    return phrases[:_MOST_PHRASES]


def _taken(left: set[str], table: list[tuple[str, str, str]]) -> list[str]:
    phrases = []
    for needed, covered, phrase in table:
        if left.issuperset(needed.split()):
            phrases.append(say(phrase))
            left.difference_update(covered.split())
    return phrases


def words_of(name: str) -> str:
    """The words a name of the grammar stands for: its own, in small letters."""
    return _SIGNS.get(name) or name.strip("_").lower().replace("_", " ")

"""The words of the language as a TextMate grammar, which editors such as VS Code colour texts with."""

from __future__ import annotations

import json

from cbm.finding import RuleId
from cbm.highlighting.word_classes import (
    BEGINNINGS,
    CONNECTIVES,
    DECLARATIONS,
    LONGER_WORDS,
    MARKS,
    MODALS,
    OTHER_WORDS,
    UNITS,
    pattern_of,
)

_NAME = r"[\p{L}_][\p{L}\p{M}\p{N}_]*"
_LABEL = r"(?:[0-9]+[A-Za-z]?|[IVXLC]+|[A-Z])(?:\.[0-9A-Za-z]+|\([0-9A-Za-z]+\))*(?:[ \t]+(?:bis|ter|quater))?(?!\w)"
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))

_Pattern = dict[str, object]


def textmate() -> str:
    """The file that an extension ships, as JSON."""
    grammar = {
        "$schema": "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
        "name": "cbm",
        "scopeName": "source.cbm",
        "patterns": [*_aside(), *_beginnings(), *_words()],
    }
    return json.dumps(grammar, ensure_ascii=False, indent=2) + "\n"


def _aside() -> tuple[_Pattern, ...]:
    """What says nothing by the words of the language: comments, strings and the language of one."""
    return (
        _one("comment.line.number-sign.cbm", "#.*$"),
        _one("string.quoted.double.cbm", r'"[^"]*("|$)'),
        _one("storage.modifier.language.cbm", r'(?<![\p{L}\p{N}_])[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?(?=\s+")'),
    )


def _beginnings() -> tuple[_Pattern, ...]:
    """What stands at the beginning of a line, with the name or the label behind it."""
    return (
        _parts(
            rf'^\s*({_NAME})(?=\s*(?:(?:otherwise\s+)?(?:[a-z]{{2,3}}\s+)?"[^"]*"\s*)*:)',
            "variable.other.member.cbm",
        ),
        _parts(
            rf"^\s*(article|clause|left[ \t]+out|without[ \t]+prejudice|reserve)[ \t]+({_LABEL})",
            "keyword.other.declaration.cbm",
            "entity.name.section.cbm",
        ),
        _parts(
            rf"^\s*(expect)[ \t]+(no[ \t]+)?({'|'.join(sorted(RuleId, reverse=True))})(?![\w-])",
            "keyword.other.declaration.cbm",
            "keyword.operator.word.cbm",
            "entity.name.type.finding.cbm",
        ),
        _parts(
            rf"^\s*({pattern_of(DECLARATIONS)})[ \t]+(?:(each)[ \t]+)?({_NAME})",
            "keyword.other.declaration.cbm",
            "keyword.other.cbm",
            "entity.name.type.cbm",
        ),
        _parts(rf"^\s*({pattern_of(BEGINNINGS)})", "keyword.other.declaration.cbm"),
    )


def _words() -> tuple[_Pattern, ...]:
    """What stands anywhere: dates, labels, quantities, words by what they do, and names as what is left."""
    return (
        _one("constant.other.date.cbm", r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![\w-])|[0-9]{1,2}:[0-9]{2}(?![\w:])"),
        _parts(
            rf"(?<![\p{{L}}\p{{N}}_])({_LABEL})[ \t]+(sentence)[ \t]+([0-9]+)(?![\p{{L}}\p{{N}}_])",
            "entity.name.section.cbm",
            "keyword.other.cbm",
            "entity.name.section.cbm",
        ),
        _parts(
            rf"([0-9][0-9,]*(?:\.[0-9]+)?)[ \t]*({_UNIT})(?![\p{{L}}\p{{N}}_])",
            "constant.numeric.cbm",
            "keyword.other.unit.cbm",
        ),
        _one("entity.name.section.cbm", rf"(?<![\p{{L}}\p{{N}}_]){_LABEL}"),
        _one("constant.numeric.cbm", r"[0-9][0-9,.]*"),
        _one("keyword.other.cbm", pattern_of(LONGER_WORDS)),
        _one("keyword.control.modal.cbm", pattern_of(MODALS)),
        _one("constant.language.cbm", pattern_of(MARKS)),
        _one("keyword.operator.word.cbm", pattern_of(CONNECTIVES)),
        _one("keyword.other.cbm", pattern_of(OTHER_WORDS)),
        _one("keyword.operator.cbm", r"<=|>=|!=|[<>=+\-*/|]"),
        _one("variable.other.cbm", _NAME),
    )


def _one(scope: str, match: str) -> _Pattern:
    return {"name": scope, "match": match}


def _parts(match: str, *scopes: str) -> _Pattern:
    """A pattern whose groups are coloured, one after the other."""
    return {"match": match, "captures": {str(number): {"name": scope} for number, scope in enumerate(scopes, 1)}}

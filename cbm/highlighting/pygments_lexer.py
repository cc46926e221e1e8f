"""What Pygments reads a text with: an entry point of the package, so that whoever has both sees texts in colours."""

from __future__ import annotations

from typing import ClassVar

from pygments.lexer import RegexLexer, bygroups
from pygments.token import (
    Comment,
    Keyword,
    Literal,
    Name,
    Number,
    Operator,
    Punctuation,
    String,
    Whitespace,
    _TokenType,
)

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

# Marks that combine with a letter are no letters of a regular expression, and belong to a name all the same.
_COMBINING = r"\u0300-\u036F\u0483-\u0487\u0591-\u05BD\u064B-\u065F\u0670\u0900-\u109D\u3099\u309A"
NAME = rf"[^\W\d][\w{_COMBINING}]*"
LABEL = r"(?:[0-9]+[A-Za-z]?|[IVXLC]+|[A-Z])(?:\.[0-9A-Za-z]+|\([0-9A-Za-z]+\))*(?:[ \t]+(?:bis|ter|quater))?(?!\w)"
UNIT = "|".join(sorted(UNITS, key=len, reverse=True))


class CbmLexer(RegexLexer):  # type: ignore[misc] # Pygments ships no types
    """Colours a text; one that is half written as well."""

    name = "cbm"
    aliases: ClassVar[list[str]] = ["cbm"]
    filenames: ClassVar[list[str]] = ["*.cbm"]
    mimetypes: ClassVar[list[str]] = ["text/x-cbm"]
    url = ""
    version_added = ""

    tokens: ClassVar[dict[str, list[tuple[str, _TokenType | object]]]] = {
        "root": [
            (r"\n", Whitespace),
            (r"#[^\n]*", Comment.Single),
            (r'"[^"\n]*"', String.Double),
            (r'"[^"\n]*$', String.Double),  # not closed yet
            (r'[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?(?=\s*")', String.Affix),
            (
                rf'^([ \t]*)({NAME})(?=[ \t]*(?:(?:otherwise\s+)?(?:[a-z]{{2,3}}\s+)?"[^"\n]*"\s*)*:)',
                bygroups(Whitespace, Name.Attribute),
            ),
            (
                rf"^([ \t]*)(article|clause|left[ \t]+out|without[ \t]+prejudice|reserve)([ \t]+)({LABEL})",
                bygroups(Whitespace, Keyword.Declaration, Whitespace, Name.Label),
            ),
            (
                rf"^([ \t]*)(expect)([ \t]+)(no[ \t]+)?({'|'.join(sorted(RuleId, reverse=True))})(?![\w-])",
                bygroups(Whitespace, Keyword.Declaration, Whitespace, Keyword, Name.Exception),
            ),
            (
                rf"^([ \t]*)({pattern_of(DECLARATIONS)})([ \t]+(?:each[ \t]+)?)({NAME})",
                bygroups(Whitespace, Keyword.Declaration, Keyword, Name.Class),
            ),
            (rf"^([ \t]*)({pattern_of(BEGINNINGS)})", bygroups(Whitespace, Keyword.Declaration)),
            (r"[^\S\n]+", Whitespace),
            (r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![\w-])", Literal.Date),
            (r"[0-9]{1,2}:[0-9]{2}(?![\w:])", Literal.Date),
            (
                rf"({LABEL})([ \t]+)(sentence)([ \t]+)([0-9]+)(?!\w)",
                bygroups(Name.Label, Whitespace, Keyword.Pseudo, Whitespace, Name.Label),
            ),
            (rf"([0-9][0-9,]*(?:\.[0-9]+)?)([ \t]*)({UNIT})(?!\w)", bygroups(Number, Whitespace, Keyword.Type)),
            (rf"{LABEL}", Name.Label),
            (r"[0-9][0-9,.]*", Number),
            (r"__(?!\w)", Name.Variable),
            (rf"(\.)({NAME})", bygroups(Punctuation, Name)),
            (pattern_of(LONGER_WORDS), Keyword.Pseudo),
            (pattern_of(MODALS), Keyword),
            (pattern_of(MARKS), Keyword.Constant),
            (pattern_of(CONNECTIVES), Operator.Word),
            (pattern_of(OTHER_WORDS), Keyword.Pseudo),
            (NAME, Name),
            (r"<=|>=|!=|[<>=+\-*/|]", Operator),
            (r"[\[\](),:;.]", Punctuation),
        ]
    }

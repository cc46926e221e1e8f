"""A text to its words and its statements, row by row; the words are those of a Markdown file, or what clauses quote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from cbm.highlighting.word_classes import BEGINNINGS, CONNECTIVES, DECLARATIONS, MARKS, MODALS, OTHER_WORDS, pattern_of
from cbm.outcomes.woven_text import ColouredWords, WovenRow, WovenText
from cbm.papers.prose import inline, prose
from cbm.resolve.labels import clause_label, full_label
from cbm.source import Source
from cbm.syntax import ast
from cbm.syntax.cutting.bracket_signs import find_brackets
from cbm.syntax.cutting.cut import Piece, cut
from cbm.syntax.cutting.fenced_blocks import blocks, is_markdown
from cbm.syntax.cutting.filled_wordings import without_whole
from cbm.syntax.parse import parse
from cbm.translation.saying import say
from cbm.translation.speech import spoken

_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*<!--.*?-->[ \t]*\n?", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^ {0,3}#{1,6}(?:[ \t]|$)")
_ANCHOR = re.compile(r"^<!-- paragraph ")
_TITLE = re.compile(r"^ {0,3}#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_LEAD = re.compile(
    r"^(?:[ \t]*(?:#[^\n]*)?\n)*\Z", re.MULTILINE
)  # whole lines: what stands behind a statement is its own
_WORDS = (*BEGINNINGS, *DECLARATIONS, *CONNECTIVES, *MARKS, *OTHER_WORDS)
_COLOURED = re.compile(
    r'(?P<comment>#[^\n]*)|(?P<quoted>"[^"\n]*")|(?P<label>[0-9]+\w?(?:\.\w+|\(\w+\))+)'
    rf"|(?P<modal>{pattern_of(MODALS)})|(?P<word>{pattern_of(_WORDS)})"
)


def woven(source: Source) -> WovenText:
    """The text as a page shows it; what is wrong with its statements is not looked at."""
    rows = tuple(_shown_rows(source))
    first = next((title for row in rows for title in _TITLE.findall(row.prose)), "")
    return WovenText(first.replace("\\", "") or source.name.rpartition("/")[2], rows)


def _shown_rows(source: Source) -> Iterator[WovenRow]:
    found = rows_of_markdown(source.text) if is_markdown(source.name) else rows_of_statements(source)
    for words, statements in found:
        shown = _COMMENT.sub("", words).strip("\n")
        code = statements.strip("\n")
        if shown.strip() or code.strip():
            yield WovenRow(shown, tuple(_coloured(code)))


def rows_of_markdown(text: str) -> Iterator[tuple[str, str]]:
    """Words and statements in turn; of the words before a block the last heading or paragraph stands beside it."""
    done = 0
    for start, end in blocks(text).ranges:
        *before, beside = _parts(_without_fences(text[done:start], is_first=not done, is_last=False))
        yield from ((part, "") for part in before)
        yield beside, text[start:end]
        done = end
    yield from ((part, "") for part in _parts(_without_fences(text[done:], is_first=not done, is_last=True)))


def _without_fences(between: str, *, is_first: bool, is_last: bool) -> str:
    """What stands between two blocks, without the line that ends the one and the line that begins the other."""
    lines = between.splitlines(keepends=True)
    return "".join(lines[0 if is_first else 1 : None if is_last else -1])


def _parts(words: str) -> list[str]:
    """Cut before each heading and each line that says from which paragraph it comes; at least one part."""
    parts, fence = [""], ""
    for line in words.splitlines(keepends=True):
        found = _FENCE.match(line)
        if found and (not fence or found[1].startswith(fence)):
            fence = "" if fence else found[1]
        begins = not fence and (_HEADING.match(line) or _ANCHOR.match(line))
        if begins and not (_HEADING.match(line) and not _COMMENT.sub("", parts[-1]).strip()):
            parts.append("")
        parts[-1] += line
    return parts


def rows_of_statements(source: Source) -> Iterator[tuple[str, str]]:
    """Each statement with what it quotes for readers; those that quote nothing stand together."""
    file, _ = parse(source)
    told = dict(_told(file.documents))
    before = ""
    for start, end in _stretches(source.text):
        words = "\n\n".join(filter(None, (said for place, said in told.items() if start <= place < end)))
        if words and before:
            yield "", before
            before = ""
        if words:
            yield words, source.text[start:end]
        else:
            before += source.text[start:end]
    if before:
        yield "", before


def _told(documents: Iterable[ast.Document]) -> Iterator[tuple[int, str]]:
    """What each statement says for readers, by where it stands."""
    for document in documents:
        yield document.header.span.start, _said(document.header, "")
        article = ""
        before: ast.NormClause | None = None
        for node in document.statements:
            if isinstance(node, ast.ArticleHeading):
                article = node.label
            if isinstance(node, ast.NormClause) and node.sentence is not None and node.sentence.number > 1:
                if before is not None and [one.span for one in node.texts] != [one.span for one in before.texts]:
                    yield node.span.start, _clause("", (), node.texts)
            else:
                yield node.span.start, _said(node, article)
            before = node if isinstance(node, ast.NormClause) else None


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Where statements begin and end, each with the comments above it; what shares a bracket stays together."""
    brackets = find_brackets(text, [(0, len(text))])
    around = [(place.start, place.end) for place in brackets.places]
    pieces = list(cut(without_whole(text, brackets), 0, len(text)))
    edges = [_begin(text, piece) for piece in pieces[1:]]
    kept = [edge for edge in edges if not any(start < edge < end for start, end in around)]
    yield from zip([0, *kept], [*kept, len(text)], strict=True)


def _begin(text: str, piece: Piece) -> int:
    """Where a statement begins, with the lines above that hold comments or nothing."""
    start = text.rfind("\n", 0, piece.start) + 1
    opened = text.rfind("[", start, piece.start)
    if text[start : piece.start].strip(" \t[") and opened < 0:
        return piece.start
    found = _LEAD.search(text, 0, start)
    return found.start() if found else start


def _said(node: ast.Node, article: str) -> str:
    """Titles as headings, clauses with their texts; nothing of what quotes nothing."""
    match node:
        case ast.TextHeader(name=name, titles=titles) | ast.VocabularyHeader(name=name, titles=titles):
            return f"# {inline(_title(titles) or name.text)}"
        case ast.CasesHeader(titles=titles):
            return f"# {inline(_title(titles) or say('Cases'))}"
        case ast.ArticleHeading(label=label, titles=titles):
            return f"## {inline(' '.join(filter(None, (label, _title(titles)))))}"
        case ast.LeftOut(label=label, titles=titles):
            return _clause(full_label(article, label) if label else "", titles, ())
        case ast.OpenTermNode(titles=titles, texts=texts):
            return _clause("", titles, texts) if texts else ""
        case _ if isinstance(node, ast.Clause):
            return _clause(full_label(article, clause_label(node)), node.titles, node.texts)
        case _:
            return ""


def _clause(label: str, titles: Sequence[ast.Title], texts: Sequence[ast.Title]) -> str:
    name = " ".join(filter(None, (inline(label), inline(_title(titles)))))
    told = [f"*{text.language}:* {inline(text.text)}" if len(texts) > 1 else prose(text.text) for text in texts]
    return "\n\n".join([f"**{name}**", *told] if name else told)


def _title(titles: Sequence[ast.Title]) -> str:
    """In the language that is spoken, else the first."""
    wanted = None if spoken() == "en" else spoken()
    return next((one.text for one in titles if one.language == wanted), titles[0].text if titles else "")


def _coloured(code: str) -> Iterator[ColouredWords]:
    done = 0
    for found in _COLOURED.finditer(code):
        if found.start() > done:
            yield ColouredWords("", code[done : found.start()])
        yield ColouredWords(found.lastgroup or "", found[0])
        done = found.end()
    if done < len(code):
        yield ColouredWords("", code[done:])

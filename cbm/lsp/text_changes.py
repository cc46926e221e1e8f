"""What changes texts for an editor: other names, ways out of findings, and the layout of all texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

from cbm.editor.quick_fixes import OF_FORM, mending_of, quick_fixes, respelt
from cbm.editor.renaming import Refused, named_at, renamed
from cbm.finding import Finding, Fix, Misuse
from cbm.formatting.texts import layout
from cbm.lsp.desk import Desk
from cbm.lsp.diagnostics import SOURCE, diagnostic
from cbm.render.columns import begun
from cbm.source import Edit
from cbm.translation.saying import mark, say

REPAIRS = "cbm.findWaysOut"


def renamable(desk: Desk, params: lsp.PrepareRenameParams) -> lsp.PrepareRenamePlaceholder:
    """The name at a place, for it to get another one; refused where that cannot be."""
    try:
        found = named_at(desk.texts, *desk.place(params))
    except Refused as why:
        raise JsonRpcInvalidParams(str(why)) from None
    return lsp.PrepareRenamePlaceholder(desk.location(found.span).range, found.symbol.name)


def rename(desk: Desk, params: lsp.RenameParams) -> lsp.WorkspaceEdit:
    """Another name, at all places in all texts near; refused where something else would change."""
    try:
        done = renamed(desk.texts, *desk.place(params), params.new_name)
    except Refused as why:
        raise JsonRpcInvalidParams(str(why)) from None
    return _changes(desk, (edit for _, edits in done.edits for edit in edits))


def actions(desk: Desk, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """Changes that settle what is found at a place; where none is known yet, that they be looked for."""
    path = desk.path(params.text_document.uri)
    positions = desk.positions(path)
    if positions is None:
        return []
    start, end = positions.offset(params.range.start), positions.offset(params.range.end)
    only = params.context.only
    if only and not any(kind.startswith(lsp.CodeActionKind.QuickFix) for kind in only):
        return list(_without_slips(desk, path))
    quick = quick_fixes(desk.texts, path, start, end)
    told = [_action(desk, one.finding, one.fix, preferred=one.safe) for one in quick]
    if any(one.safe for one in quick):
        told += _without_slips(desk, path)
    offered = {one.finding.rule for one in quick}
    found = [one for one in desk.found_at(path, start, end) if one.rule not in offered]
    told += [_action(desk, finding, fix) for finding in found for fix in finding.fixes]
    meant = [one for one in params.context.diagnostics if one.source == SOURCE and one.code not in OF_FORM]
    if meant and not told and not found:
        title = say("Look for changes that settle this (takes a while)")
        arguments = [params.text_document.uri, meant[0].message, str(meant[0].code)]
        command = lsp.Command(title=title, command=REPAIRS, arguments=arguments)
        told.append(lsp.CodeAction(title, lsp.CodeActionKind.QuickFix, meant, command=command))
    return told


def lay_out(desk: Desk, params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit]:
    """A text in the layout of all texts; refused where it cannot be read."""
    path = desk.path(params.text_document.uri)
    text, positions = desk.texts.text(path), desk.positions(path)
    if text is None or positions is None:
        return []
    try:
        after = layout(text, name=path.name)
    except Misuse as why:
        raise JsonRpcInvalidParams(str(why)) from None
    return [] if after == text else [lsp.TextEdit(positions.range(0, len(text)), after)]


async def settle(server: LanguageServer, desk: Desk, uri: str, message: str, rule: str) -> None:
    """Looks for changes that settle a finding, lets the drafter choose one, and makes it if the text is the same."""
    path = desk.path(uri)
    repaired = await desk.repairs(path)
    if repaired is None:
        _tell(server, say("Changes are not looked for any more, since a text is another one now: ask for them again."))
        return
    headline = message.partition("\n")[0]
    found = next((f for f in repaired if f.message == headline and f.rule == rule and f.fixes), None)
    if found is None:
        words = mark("No change was found that settles “{message}” without bringing something else.")
        _tell(server, say(words, message=headline))
        return
    choices = [lsp.MessageActionItem(fix.description) for fix in found.fixes]
    asked = say("Change the text so that this is settled? {message}", message=headline)
    chosen = await server.window_show_message_request_async(
        lsp.ShowMessageRequestParams(lsp.MessageType.Info, asked, choices)
    )
    fix = next((fix for fix in found.fixes if chosen is not None and fix.description == chosen.title), None)
    if fix is None:
        return
    if desk.texts.text(path) != found.primary.span.source.text:
        _tell(server, say("Nothing was changed, since the text is another one now: ask for changes again."))
    else:
        changes = _changes(desk, fix.edits)
        await server.workspace_apply_edit_async(lsp.ApplyWorkspaceEditParams(changes, fix.description))


def _tell(server: LanguageServer, words: str) -> None:
    server.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Info, words))


def _without_slips(desk: Desk, path: Path) -> Iterator[lsp.CodeAction]:
    """All slips of spelling mended at once: editors can ask for it whenever a text is saved."""
    done, text, positions = respelt(desk.texts, path), desk.texts.text(path), desk.positions(path)
    if done is None or text is None or positions is None:
        return
    edits = [lsp.TextEdit(positions.range(0, len(text)), done.text)]
    kind, title = lsp.CodeActionKind.SourceFixAll, mending_of(done.count)
    yield lsp.CodeAction(title, kind, edit=lsp.WorkspaceEdit({desk.uri(path): edits}))


def _action(desk: Desk, finding: Finding, fix: Fix, *, preferred: bool = False) -> lsp.CodeAction:
    place = desk.location(finding.primary.span).range
    title = begun(fix.description)
    told = diagnostic(finding, place, desk.location)
    changes = _changes(desk, fix.edits)
    return lsp.CodeAction(title, lsp.CodeActionKind.QuickFix, [told], is_preferred=preferred or None, edit=changes)


def _changes(desk: Desk, edits: Iterable[Edit]) -> lsp.WorkspaceEdit:
    changes: dict[str, list[lsp.TextEdit]] = {}
    for edit in edits:
        place = desk.location(edit.span)
        changes.setdefault(place.uri, []).append(lsp.TextEdit(place.range, edit.replacement))
    return lsp.WorkspaceEdit(changes=changes)

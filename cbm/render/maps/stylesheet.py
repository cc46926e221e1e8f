"""How a page of a map looks: colours that the colour-blind tell apart, a mark in every cell, one language at a time."""

from __future__ import annotations

from collections.abc import Sequence

from cbm.outcomes.coverage_map import Force, State

INK, PAPER = "#111111", "#ffffff"

# For each way in which a cell can stand: its class, its ground, and the ink on it (after Okabe and Ito, lightened).
COLOURS: dict[State | Force, tuple[str, str, str]] = {
    Force.BINDING: ("binding", "#0072b2", "#ffffff"),
    Force.MIXED: ("mixed", "#7cc0ec", INK),
    Force.HORTATORY: ("hortatory", "#cfe8f8", INK),
    State.NOTIFIED: ("notified", "#b8dfcf", INK),
    State.PARTLY: ("partly", "#f0e442", INK),
    State.SILENT: ("silent", "#f08a4b", INK),
    State.RESERVED: ("reserved", "#d9d9d9", INK),
    State.PARTLY_RESERVED: ("partly-reserved", "#bdbdbd", INK),
    State.EXCEPTED: ("excepted", "#b9a7e6", INK),
    State.SWAYED: ("swayed", "#35b38a", INK),
    State.CONTRADICTORY: ("contradictory", "#1a1a1a", "#ffffff"),
    State.DEPENDING: ("depending", "#e69f00", INK),
    State.UNDECIDED: ("undecided", "#d79bbb", INK),
    State.OUTSIDE: ("outside", "#f5f5f5", "#555555"),
    State.IMPOSSIBLE: ("impossible", PAPER, "#555555"),
}

# The page of a map by itself.
_PAGE = f"""
*{{box-sizing:border-box}}
html{{color:{INK};background:{PAPER};font:16px/1.45 system-ui,"Noto Sans","Noto Sans CJK SC",sans-serif}}
body{{max-width:72rem;margin:0 auto;padding:1rem}}
h1{{font-size:1.6rem;margin:.2em 0}} h2{{font-size:1.3rem;margin:2em 0 .3em;border-bottom:2px solid {INK}}}
h3{{font-size:1.05rem;margin:1.4em 0 .4em}} h4{{font-size:1rem;margin:0 0 .4em}}
a{{color:#004a7c}}
a:focus-visible,input:focus-visible+label,summary:focus-visible{{outline:3px solid #b3005e;outline-offset:2px}}
.skip{{position:absolute;left:-99rem}} .skip:focus{{position:static}}
dl{{display:grid;grid-template-columns:max-content 1fr;gap:.2em 1em;margin:0}} dt{{font-weight:600}} dd{{margin:0}}
dd ul{{margin:0;padding-left:1.2em}} figure{{margin:.4em 0}}
svg{{max-width:100%;height:auto;background:{PAPER};border:1px solid #bdbdbd}}
@media (max-width:40rem){{dl{{grid-template-columns:1fr}}}}
@media print{{
.skip,nav,.back{{display:none}} html{{font-size:10pt}} body{{max-width:none;padding:0}}
 a{{color:inherit;text-decoration:none}} details::details-content{{content-visibility:visible;block-size:auto}}
table,figure,li{{break-inside:avoid}}
}}
"""

# Its tables and cells, also where they are a chapter of another page, in the colours of that page.
_TABLES = f"""
.vh{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}}
.l{{display:none}}
@supports not selector(:has(a)){{.l.en{{display:inline}}}}
table{{overflow-wrap:normal}}
fieldset{{min-width:0;border:1px solid var(--frame,#767676);margin:.8em 0;padding:.3em .8em}} legend{{font-weight:600}}
.choice{{display:inline-flex;align-items:baseline;gap:.3em;margin-right:1.2em;padding:.2em 0}}
.wide{{overflow-x:auto}}
table{{border-collapse:collapse;margin:.5em 0 1em}}
caption{{text-align:left;font-weight:600;padding:.3em 0}}
th{{text-align:left;font-weight:500;padding:.25em .6em;border:1px solid var(--frame,#767676);
background:var(--raised,#f2f2f2)}}
td{{padding:0;border:1px solid var(--frame,#767676);text-align:center}}
td.number{{padding:.25em .6em;text-align:right;font-variant-numeric:tabular-nums}}
td.corner{{border:0;padding:.25em .6em;text-align:left}}
td a,td.blank>span,.key{{display:block;min-width:2em;min-height:1.75em;padding:.2em .4em;color:inherit;
text-decoration:none;font-weight:700;font-family:ui-monospace,monospace}}
td a:hover{{outline:2px solid currentcolor;outline-offset:-2px}} td a:focus-visible{{outline-offset:-3px}}
.key{{display:inline-block;vertical-align:middle;text-align:center;border:1px solid var(--frame,#767676);
margin-right:.4em}}
.legend{{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.3em 1.4em}}
section:has(>fieldset)>.view{{display:none}}
.cell{{display:none;border:2px solid var(--ink,{INK});padding:1em;margin:1em 0;scroll-margin-top:1em}}
.cell:target{{display:block}}
.gaps{{margin:0;padding-left:1.2em}} .gaps li{{margin-bottom:.6em}} details>figure{{margin-left:1em}}
@media print{{
fieldset{{display:none}} .wide{{overflow:visible}}
td,th,.key{{print-color-adjust:exact;-webkit-print-color-adjust:exact}} .layer>h2{{break-before:page}}
}}
"""

_HATCH = ":is(td,.key).impossible{background-image:repeating-linear-gradient(45deg,transparent 0 5px,#cccccc 5px 6px)}"

# What a drawing of an encounter needs, also where it stands by itself.
DRAWING = """
.range{stroke:#111;stroke-width:1.5;stroke-dasharray:5 3}
.bow{stroke:#555;stroke-width:1}
.arc{fill:none;stroke:#b3005e;stroke-width:1.5}
.unit{stroke:#111;stroke-width:1.5}
.first{fill:#0072b2}
.second{fill:#f08a4b}
.bar{fill:none;stroke:#111;stroke-width:1}
.sea{fill:#eaf4fb;stroke:#555}
.zone{fill:#0072b2}
.words{font:11px system-ui,sans-serif;fill:#111}
.small{font:9px system-ui,sans-serif;fill:#333}
"""


def style(codes: Sequence[str], views: int) -> str:
    """The whole sheet, for the languages that labels can be had in, and so many ways to choose axes."""
    shown = [f"body:has(#lang-{code}:checked) .l.{code}{{display:inline}}" for code in codes]
    return "\n".join((_PAGE.strip(), *shown, chapter_style(views), DRAWING.strip()))


def chapter_style(views: int) -> str:
    """What tables and cells need on any page."""
    shown = [f"section:has(>fieldset .pick-{n}:checked)>.view-{n}{{display:block}}" for n in range(views)]
    looks = [f":is(td,.key).{name}{{background:{ground};color:{ink}}}" for name, ground, ink in COLOURS.values()]
    return "\n".join((_TABLES.strip(), *shown, *looks, _HATCH))

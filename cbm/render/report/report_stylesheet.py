"""How a page of findings looks: light and dark by what the reader's system says, plain on paper.

Every ink on its ground has a contrast of 4.5 or more, and what is no text one of 3 (WCAG 2.2, 1.4.3 and 1.4.11).
"""

from __future__ import annotations

# Colours by name, for light and dark grounds.
LIGHT = {
    "ink": "#1b1f24",
    "paper": "#ffffff",
    "quiet": "#57606a",
    "line": "#d0d7de",
    "frame": "#767f89",
    "raised": "#f6f8fa",
    "link": "#0a50a1",
    "error": "#b42318",
    "warning": "#8a5300",
    "note": "#0b5f77",
    "undecided": "#7a3e9d",
    "marked": "#fff1c2",
    "focus": "#b3005e",
}
DARK = {
    "ink": "#e6edf3",
    "paper": "#0d1117",
    "quiet": "#9aa4af",
    "line": "#30363d",
    "frame": "#7d8790",
    "raised": "#161b22",
    "link": "#79b8ff",
    "error": "#ff8b80",
    "warning": "#e3b341",
    "note": "#6cc7e0",
    "undecided": "#d2a8ff",
    "marked": "#4a3b00",
    "focus": "#ff7ab8",
}


def _variables(colours: dict[str, str]) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in colours.items())


# Drawings take the inks of the page.
_DRAWING = """
.range,.bar{fill:none;stroke:var(--ink)} .range{stroke-width:1.5;stroke-dasharray:5 3}
.bow{stroke:var(--quiet)} .arc{fill:none;stroke:var(--focus);stroke-width:1.5}
.unit{stroke:var(--ink);stroke-width:1.5} .first,.zone{fill:var(--link)} .second{fill:var(--warning)}
.sea{fill:var(--raised);stroke:var(--frame)}
.words{font:11px system-ui,sans-serif;fill:var(--ink)} .small{font:9px system-ui,sans-serif;fill:var(--quiet)}
"""

STYLE = f"""
:root{{color-scheme:light dark;{_variables(LIGHT)}}}
@media (prefers-color-scheme:dark){{:root{{{_variables(DARK)}}}}}
*{{box-sizing:border-box}}
body{{margin:0 auto;max-width:58rem;padding:1.5rem 1.25rem 4rem;color:var(--ink);background:var(--paper);
font:1rem/1.6 system-ui,"Noto Sans","Noto Sans CJK SC","Noto Sans CJK JP",sans-serif;overflow-wrap:anywhere}}
h1{{font-size:1.6rem;line-height:1.25;margin:0 0 .5rem}}
h2{{font-size:1.25rem;line-height:1.3;margin:2.5rem 0 .75rem;padding-bottom:.25rem;border-bottom:1px solid var(--line)}}
h3{{font-size:1.05rem;line-height:1.4;margin:0 0 .5rem;font-weight:650}}
h4{{font-size:1rem;margin:1rem 0 .25rem}}
p{{margin:.5rem 0}} ul{{margin:.5rem 0;padding-left:1.25rem}} li{{margin:.3rem 0}}
a{{color:var(--link);text-underline-offset:.15em}}
a:focus-visible,summary:focus-visible{{outline:3px solid var(--focus);outline-offset:2px;border-radius:2px}}
.skip{{position:absolute;left:-100rem}}
.skip:focus{{left:1rem;top:.5rem;background:var(--paper);padding:.25rem .5rem}}
.verdict{{font-size:1.1rem}}
.quiet{{color:var(--quiet)}}
.kind{{font-weight:650;white-space:nowrap}}
.error{{--hue:var(--error)}} .warning{{--hue:var(--warning)}} .note{{--hue:var(--note)}}
.undecided{{--hue:var(--undecided)}}
.kind{{color:var(--hue)}}
code,pre{{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono CJK SC",monospace;font-size:.9em}}
.list{{list-style:none;padding:0}}
.list li{{display:grid;grid-template-columns:2.25rem 1fr auto;gap:0 1rem;margin:0;padding:.4rem 0;
border-top:1px solid var(--line)}}
.list li:first-child{{border-top:0}}
.list .quiet{{font-size:.875rem}}
article{{border:1px solid var(--line);border-left:4px solid var(--hue);border-radius:4px;padding:1rem 1.25rem;
margin:1rem 0;
scroll-margin-top:1rem}}
article:target{{border-color:var(--focus);border-left-color:var(--hue)}}
.kicker{{margin:0;color:var(--quiet);font-size:.875rem}}
.number{{color:var(--quiet);font-variant-numeric:tabular-nums}}
blockquote{{margin:.6rem 0;padding:.1rem 0 .1rem .9rem;border-left:3px solid var(--line)}}
blockquote p{{margin:.15rem 0}} cite{{font-style:normal;font-weight:600;margin-right:.35em}}
.further details{{border-top:1px solid var(--line);padding:.3rem 0}}
summary{{cursor:pointer;padding:.2rem 0}}
.source{{margin:.75rem 0;background:var(--raised);border:1px solid var(--line);border-radius:4px}}
.source figcaption{{padding:.3rem .75rem;color:var(--quiet);font-size:.875rem;border-bottom:1px solid var(--line)}}
.source ol{{list-style:none;margin:0;padding:.4rem 0}}
.source li{{display:grid;grid-template-columns:3.5rem 1fr;margin:0;padding:.1rem .75rem .1rem 0}}
.source .number{{color:var(--quiet);text-align:right;padding-right:.9rem;user-select:none;
font-variant-numeric:tabular-nums;font-size:.875rem}}
.source code{{white-space:pre-wrap}}
.source .said{{grid-column:2;font-size:.875rem;color:var(--quiet)}}
.source .own{{color:var(--hue)}}
mark{{background:var(--marked);color:inherit;padding-bottom:.15em;border-bottom:2px solid var(--frame)}}
.own-place mark{{border-bottom-color:var(--hue)}}
dl{{display:grid;grid-template-columns:8rem 1fr;gap:.4rem 1rem;margin:.75rem 0 0}}
dt{{font-weight:600}} dd{{margin:0}} dd ul{{margin:0}}
.back{{font-size:.875rem;margin:.75rem 0 0}}
.drawing{{margin:.75rem 0 0}} .drawing svg{{max-width:100%;height:auto}}
.timeline{{margin:.75rem 0 0}} .timeline figcaption{{font-weight:600}}
.timeline ol{{list-style:none;margin:.4rem 0;padding-left:.5rem}}
.timeline li{{border-left:2px solid var(--frame);padding:.1rem 0 .4rem 1rem;margin:0;position:relative}}
.timeline li::before{{content:"";position:absolute;left:-.375rem;top:.55rem;width:.625rem;height:.625rem;
border-radius:50%;background:var(--link)}}
@media (max-width:38rem){{
body{{padding:1rem .9rem 3rem}} article{{padding:.75rem .9rem}}
dl{{grid-template-columns:1fr;gap:0}} dd{{margin-bottom:.6rem}}
.list li{{grid-template-columns:2rem 1fr}} .list .quiet{{grid-column:2}}
.source li{{grid-template-columns:2.75rem 1fr}}
}}
@media (forced-colors:active){{mark{{forced-color-adjust:none;background:Mark;color:MarkText}}}}
@media print{{
:root{{{_variables(LIGHT)}}}
body{{max-width:none;padding:0;font-size:10pt}} .skip,.back{{display:none}}
a{{color:inherit;text-decoration:none}} h2,h3{{break-after:avoid}}
.source,dl,.list li{{break-inside:avoid}} mark{{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
details::details-content{{content-visibility:visible;block-size:auto}}
}}
{_DRAWING}"""

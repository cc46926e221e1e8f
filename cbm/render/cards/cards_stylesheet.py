"""How a page of cards looks: as a page of findings on a screen; on paper A4, four cards to a page, or two."""

from __future__ import annotations

from cbm.render.report.report_stylesheet import STYLE

CARDS_STYLE = f"""{STYLE}
body{{max-width:80rem}}
.cards{{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,24rem),1fr));gap:1rem;align-items:start}}
.cards article{{margin:0;--hue:var(--frame)}}
.cards dl{{grid-template-columns:6.5rem 1fr;margin-top:.5rem}}
.cards blockquote{{margin:.4rem 0}}
.cards .sort{{font-weight:400}}
.contents{{columns:20rem;list-style:none;padding:0}}
.contents li{{break-inside:avoid;margin:.2rem 0}}
fieldset{{border:1px solid var(--line);border-radius:4px;padding:.5rem 1rem;margin:1rem 0}}
fieldset label{{margin-right:1.25rem}}
input:focus-visible{{outline:3px solid var(--focus);outline-offset:2px}}
@media (max-width:38rem){{.cards dl{{grid-template-columns:1fr}}}}
@page{{size:A4;margin:10mm}}
@media print{{
body{{font-size:8pt;line-height:1.35}}
fieldset{{display:none}}
.contents{{columns:3}}
h1{{font-size:15pt}} h2{{font-size:12pt;margin:0 0 3mm}} h3{{font-size:9.5pt;margin:0 0 1mm}}
.verdict{{font-size:11pt}} p.quiet{{font-size:8pt}}
section.chapter{{break-before:page}} section.lists{{break-before:auto;margin-top:8mm}}
.cards{{grid-template-columns:1fr 1fr;gap:4mm;align-items:stretch}}
#clauses article,#conflicts article{{min-height:122mm}}
.kicker,.back{{font-size:7.5pt}}
.cards article{{padding:3.5mm 5mm;break-inside:avoid;border:1px dashed var(--frame);border-radius:0}}
.cards dl{{grid-template-columns:18mm 1fr;gap:1mm 3mm;margin-top:1.5mm}}
.cards dl,.cards li{{break-inside:auto}}
.cards blockquote{{margin:1.5mm 0}}
.cards ul{{margin:0;padding-left:4mm}} .cards li{{margin:0}}
.drawing{{margin:1.5mm 0 0}} .drawing svg{{max-height:55mm;width:auto}}
body:has(#two:checked){{font-size:11pt}}
body:has(#two:checked) .cards{{grid-template-columns:1fr}}
body:has(#two:checked) .cards article{{padding:6mm 8mm}}
body:has(#two:checked) .cards dl{{grid-template-columns:28mm 1fr}}
body:has(#two:checked) h3{{font-size:13pt}}
body:has(#two:checked) .drawing svg{{max-height:75mm}}
}}
"""

"""How a woven text looks: as a page of findings does, in two columns where there is room for them."""

from __future__ import annotations

from cbm.render.report.report_stylesheet import STYLE

WOVEN_STYLE = f"""{STYLE}
body{{max-width:84rem}}
.row{{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 2rem;border-top:1px solid var(--line);
padding:.5rem 0}}
.row.whole{{grid-template-columns:minmax(0,1fr)}}
.prose{{min-width:0}}
.prose h1{{font-size:1.4rem}} .prose h2,.prose h3{{margin-top:.75rem;border-bottom:0}}
.prose blockquote{{color:var(--quiet)}}
.prose table{{border-collapse:collapse}} .prose th,.prose td{{border:1px solid var(--line);padding:.25rem .6rem;
text-align:left;vertical-align:top}}
.clauses{{margin:.5rem 0;padding:.6rem .9rem;background:var(--raised);border:1px solid var(--line);border-radius:4px;
white-space:pre-wrap;tab-size:2}}
.clauses .word{{color:var(--link)}} .clauses .modal{{color:var(--error);font-weight:650}}
.clauses .quoted{{color:var(--note)}} .clauses .comment{{color:var(--quiet);font-style:italic}}
@media (max-width:52rem){{.row{{grid-template-columns:minmax(0,1fr)}}}}
@media print{{
.row{{grid-template-columns:minmax(0,1fr) minmax(0,1fr);break-inside:avoid}}
.row.whole{{grid-template-columns:minmax(0,1fr)}} .clauses{{font-size:8.5pt;background:none}}
}}
"""

"""A document as one page of HTML that needs nothing else: no script, no file, no network.

Every text is escaped, and the page itself forbids whatever it does not hold: a browser that reads
its policy runs no script and fetches nothing, whatever would have slipped through.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from html import escape

from engine.note.content import (
    Bullets,
    Document,
    Heading,
    Item,
    Notice,
    Paragraph,
    Part,
    Table,
    lines_of,
)

_WIDE = 100
"""The width of a bar that is a whole, in the units of its own drawing."""

_STYLE = """
:root { color-scheme: light; --ink: #1d2327; --accent: #0b5563; --line: #8a949b; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 52rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; overflow-wrap: anywhere; }
h1, h2, h3, h4 { color: var(--accent); line-height: 1.25; margin: 1.8em 0 0.5em; }
h1 { font-size: 1.8rem; margin-top: 0.5em; }
h2 { font-size: 1.35rem; border-bottom: 2px solid var(--accent); padding-bottom: 0.2em; }
h3 { font-size: 1.1rem; }
p, ul { margin: 0.5em 0; }
.subtitle { font-size: 1.05rem; color: #46515a; }
.notice { border-left: 0.4rem solid #8a5a00; background: #fbf3df; padding: 0.6rem 0.9rem; }
.wide { overflow-x: auto; margin: 0.8em 0; }
.wide:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid var(--line); padding: 0.4rem 0.6rem; text-align: left;
  vertical-align: top; overflow-wrap: normal; }
thead th { background: #e6eff1; }
tbody th { font-weight: 600; }
svg { display: block; width: 100%; min-width: clamp(5rem, 20vw, 12rem); height: 0.7rem;
  margin-top: 0.3rem; }
.rest { fill: #e6eff1; }
.bar { fill: var(--accent); }
@media (forced-colors: active) { .bar { fill: CanvasText; } .rest { fill: Canvas; } }
@media print { main { max-width: none; padding: 0; } h2, h3 { break-after: avoid; }
  tr, .notice { break-inside: avoid; } .bar, .rest { print-color-adjust: exact; } }
"""


def to_html(document: Document) -> str:
    """Write a document as one page of HTML; the same document always gives the same page."""
    style = b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'"
    title = _line(document.title)
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{escape(document.lang)}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            '<meta name="generator" content="Leidraad">',
            f"<title>{title}</title>",
            f"<style>{_STYLE}</style>",
            "</head>",
            "<body>",
            "<main>",
            f"<h1>{title}</h1>",
            f'<p class="subtitle">{_line(document.subtitle)}</p>',
            *(_part(part) for part in document.parts),
            "</main>",
            "</body>",
            "</html>",
            "",
        )
    )


def _line(text: str) -> str:
    """Write text on one line."""
    return escape(" ".join(lines_of(text)))


def _text(text: str) -> str:
    """Write text with its line breaks."""
    return "<br>\n".join(escape(line) for line in lines_of(text))


def _part(part: Part) -> str:
    match part:
        case Heading():
            level = min(6, part.level + 1)
            return f"<h{level}>{_line(part.text)}</h{level}>"
        case Paragraph():
            lead = f"<strong>{_line(part.lead)}</strong> " if part.lead else ""
            return f"<p>{lead}{_text(part.text)}</p>"
        case Bullets():
            return "\n".join(_bullets(part.items))
        case Table():
            return "\n".join(_table(part))
        case Notice():
            said = f"<p><strong>{_line(part.title)}</strong><br>\n{_text(part.text)}</p>"
            return f'<div class="notice">{said}</div>'


def _bullets(items: tuple[Item, ...]) -> Iterator[str]:
    yield "<ul>"
    for item in items:
        if item.items:
            yield f"<li>{_line(item.text)}"
            yield from _bullets(item.items)
            yield "</li>"
        else:
            yield f"<li>{_line(item.text)}</li>"
    yield "</ul>"


def _table(table: Table) -> Iterator[str]:
    # A table can be wider than a telephone: then who uses a keyboard can scroll it too.
    named = escape(", ".join(" ".join(lines_of(cell)) for cell in table.header))
    yield f'<div class="wide" role="region" tabindex="0" aria-label="Tabel: {named}">'
    yield "<table>"
    head = "".join(f'<th scope="col">{_line(cell)}</th>' for cell in table.header)
    yield f"<thead><tr>{head}</tr></thead>"
    yield "<tbody>"
    for number, (first, *others) in enumerate(table.rows):
        cells = [_line(cell) for cell in others]
        if table.bars:
            cells[-1] += _bar(table.bars[number])
        rest = "".join(f"<td>{cell}</td>" for cell in cells)
        yield f'<tr><th scope="row">{_line(first)}</th>{rest}</tr>'
    yield "</tbody>"
    yield "</table>"
    yield "</div>"


def _bar(share: float) -> str:
    """Draw a share; the number stands beside it, so a screen reader can pass it over."""
    width = round(_WIDE * min(1.0, max(0.0, share)), 1)
    return (
        f'<svg viewBox="0 0 {_WIDE} 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="rest" width="{_WIDE}" height="10"/>'
        f'<rect class="bar" width="{width:g}" height="10"/></svg>'
    )

"""A document as one HTML file that needs nothing else: no script, no font, no network."""

from html import escape
from typing import Final

from server.analysis.report.document import Block, Document, Figure, Grid, Notes, Section, Text

_STYLE: Final = """
body { font: 1.05rem/1.5 "Libertinus Serif", Georgia, serif; color: #1a1a1a; background: #fff;
  max-inline-size: 68rem; margin-inline: auto; padding-inline: 1rem; }
h1 { font-size: 1.7rem; } h2 { font-size: 1.3rem; margin-block-start: 2.2rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin-block: 0.8rem; font-variant-numeric: tabular-nums; }
caption { text-align: start; font-weight: 600; padding-block-end: 0.3rem; }
th, td { text-align: start; vertical-align: top; padding: 0.25rem 0.9rem 0.25rem 0;
  max-inline-size: 24rem; overflow-wrap: break-word; }
thead th { border-block: 1.5px solid #1a1a1a; }
tbody tr:last-child > * { border-block-end: 1.5px solid #1a1a1a; }
tbody th { font-weight: 400; }
.notes { border-inline-start: 4px solid #8a5a00; padding-inline-start: 1.8rem; }
.simulated { font-weight: 700; padding: 0.5rem 1rem; border: 3px solid #1a1a1a;
  background: repeating-linear-gradient(135deg, #fff 0 14px, #f1e3c4 14px 28px); }
figure { margin: 1.2rem 0; } figure svg { max-inline-size: 100%; block-size: auto; }
@media print { body { max-inline-size: none; } section { break-inside: auto; } }
"""


def write_html(document: Document) -> str:
    """The same document gives the same text."""
    notice = f'<p class="simulated">{escape(document.notice)}</p>' if document.notice else ""
    sections = "\n".join(_write_section(one, notice) for one in document.sections)
    title = escape(document.title)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{title}</h1>\n{notice}\n{sections}\n</main>\n</body>\n</html>\n"
    )


def _write_section(section: Section, notice: str) -> str:
    """The notice stands in each, so that a section cut out of the page still says it."""
    blocks = "\n".join(_write_block(one) for one in section.blocks)
    return f"<section>\n<h2>{escape(section.title)}</h2>\n{notice}\n{blocks}\n</section>"


def _write_block(block: Block) -> str:
    if isinstance(block, Text):
        return f"<p>{escape(block.words)}</p>"
    if isinstance(block, Notes):
        items = "".join(f"<li>{escape(one)}</li>" for one in block.sentences)
        return f'<ul class="notes">{items}</ul>'
    if isinstance(block, Figure):
        return f"<figure>{block.svg}<figcaption>{escape(block.caption)}</figcaption></figure>"
    return _write_grid(block)


def _write_grid(grid: Grid) -> str:
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in grid.head)
    rows = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in grid.rows
    )
    caption = escape(grid.caption)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{caption}"><table>'
        f"<caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
        "</table></div>"
    )

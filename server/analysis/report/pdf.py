"""A document as PDF, set by typst in memory: no file, no font of this machine, no date of today."""

from typing import Final

from server.analysis.report.document import Block, Document, Figure, Grid, Notes, Section, Text

Files = dict[str, bytes]
_HEAD: Final = """#set document(title: {title}, date: datetime(year: 1970, month: 1, day: 1))
#set page(paper: "a4", margin: (x: 1.8cm, y: 2cm), numbering: "1 / 1", header: {notice})
#set text(font: "Libertinus Serif", size: 10pt, lang: "en")
#set par(justify: false)
#set table(stroke: none, inset: (x: 3pt, y: 3pt), align: left)
#show table: set text(size: 8pt, hyphenate: true)
#show figure.where(kind: table): set figure.caption(position: top)
#show figure.where(kind: table): set block(breakable: true)
#show figure.caption: set align(left)
#show figure: set align(left)
= #{title}
"""


def write_pdf(document: Document) -> bytes:
    """The same document gives the same bytes, wherever this version of typst runs."""
    import typst

    files: Files = {}
    parts = [_HEAD.format(title=_quote(document.title), notice=_write_notice(document.notice))]
    parts += [_write_section(one, files) for one in document.sections]
    files["main"] = "\n".join(parts).encode()
    # a dict of files is taken, and the stub doesn't know it (typst-py 0.15)
    pdf: bytes = typst.compile(files, format="pdf", ignore_system_fonts=True, timestamp=0)  # type: ignore[call-overload]
    return pdf


def _quote(text: str) -> str:
    """A string of typst's, in which nothing is markup."""
    printable = "".join(one if one.isprintable() else " " for one in text)
    escaped = printable.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _write_notice(notice: str | None) -> str:
    return "none" if notice is None else f"text(weight: 700, {_quote(notice)})"


def _write_section(section: Section, files: Files) -> str:
    blocks = "\n\n".join(_write_block(one, files) for one in section.blocks)
    return f"== #{_quote(section.title)}\n{blocks}"


def _write_block(block: Block, files: Files) -> str:
    if isinstance(block, Text):
        return f"#par({_quote(block.words)})"
    if isinstance(block, Notes):
        items = ", ".join(_quote(one) for one in block.sentences)
        return f"#block(stroke: (left: 2pt), inset: (left: 6pt), list({items}))"
    if isinstance(block, Figure):
        return _write_figure(block, files)
    return _write_grid(block)


def _write_figure(figure: Figure, files: Files) -> str:
    name = f"figure-{len(files) + 1}.svg"
    files[name] = figure.svg.encode()
    picture = f"image({_quote(name)}, width: 11cm, alt: {_quote(figure.words)})"
    return f"#figure({picture}, caption: {_quote(figure.caption)})"


def _write_grid(grid: Grid) -> str:
    head = ", ".join(f"text(weight: 600, {_quote(one)})" for one in grid.head)
    cells = ", ".join(_quote(cell) for row in grid.rows for cell in row)
    widths = [f"{one}fr" for one in grid.weights] or ["auto"] * len(grid.head)
    columns = ", ".join(widths)
    return (
        f"#figure(kind: table, caption: {_quote(grid.caption)}, table(columns: ({columns}),"
        f" table.hline(), table.header({head}), table.hline(), {cells}, table.hline()))"
    )

"""A checklist to take along: plain text, CSV, or an HTML table that word processors take."""

import csv
import io
from collections.abc import Sequence
from html import escape
from typing import Final

from starlette.responses import Response

from server.analysis.reporting.answers import Answer
from server.analysis.reporting.checklist import Checklist
from server.analysis.reporting.facts import StudyFacts
from server.analysis.reporting.plain_text import (
    HEAD,
    KEEP_FROM,
    SIMULATED,
    list_head,
    list_rows,
    write_checklist_text,
)
from server.errors import NotFoundError
from server.export.dataset.cell_text import make_harmless

NOTE: Final = "note"
_NO_STORE: Final = {"Cache-Control": "no-store"}


def write_copy(
    checklist: Checklist, answers: Sequence[Answer], facts: StudyFacts, form: str
) -> Response:
    """As `text`, `csv` or `html`. Raises NotFoundError for another form."""
    if form == "text":
        text = write_checklist_text(checklist, answers, facts)
        return Response(text, media_type="text/plain; charset=utf-8", headers=_NO_STORE)
    if form == "csv":
        named = {"Content-Disposition": f'attachment; filename="{checklist.id}.csv"'}
        content = write_csv(answers, facts)
        return Response(content, media_type="text/csv; charset=utf-8", headers=_NO_STORE | named)
    if form == "html":
        page = write_table(checklist, answers, facts)
        return Response(page, media_type="text/html; charset=utf-8", headers=_NO_STORE)
    raise NotFoundError("a checklist is copied as text, csv or html")


def write_csv(answers: Sequence[Answer], facts: StudyFacts) -> bytes:
    """With a byte order mark, by which Excel knows UTF-8; no cell runs as a formula."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow((*HEAD, NOTE))
    for row in list_rows(answers):
        rows.writerow([make_harmless(cell) for cell in (*row, _tell_note(facts))])
    return written.getvalue().encode("utf-8-sig")


def write_table(checklist: Checklist, answers: Sequence[Answer], facts: StudyFacts) -> str:
    """One table below its heading; sheets take HTML as well, so that cells are harmless too."""
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in HEAD)
    rows = "\n".join(_write_row(row) for row in list_rows(answers))
    _, *told = list_head(checklist, answers, facts)  # its name is the heading
    words = "\n".join(f"<p>{escape(one)}</p>" for one in told)
    name = escape(checklist.name)
    return (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8">'
        f"<title>{name}</title></head>\n<body>\n<main>\n<h1>{name}</h1>\n{words}\n"
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n"
        "</main>\n</body>\n</html>\n"
    )


def _write_row(row: Sequence[str]) -> str:
    first, *cells = (escape(make_harmless(cell)) for cell in row)
    return f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{c}</td>" for c in cells) + "</tr>"


def _tell_note(facts: StudyFacts) -> str:
    if facts.is_simulated:
        return SIMULATED
    return "" if facts.is_locked else KEEP_FROM

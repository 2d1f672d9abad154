"""Writes down every sentence that people read: `python -m tests.update_catalogue`.

The list is what a translator begins with: `server/web/catalogue/LANGUAGE.po` made from it is a
language. A test compares it with what stands in templates, scripts and pages.
"""

import io
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import write_po

ROOT: Final = Path(__file__).resolve().parents[1]
WEB: Final = ROOT / "server" / "web"
LISTED: Final = WEB / "catalogue" / "messages.pot"
KEYWORDS: Final = {"t": None, "tn": (1, 2)}
# Ours alone: what others wrote lies in vendor folders and says nothing to people.
SOURCES: Final = {
    "python": ("*.py",),
    "javascript": ("static/*.js", "tablet/**/*.js"),
    "jinja2.ext:babel_extract": ("templates/*.html",),
}


def list_sources() -> list[tuple[str, Path]]:
    """(Babel's method, file) of everything that may hold a sentence, in a fixed order."""
    return [
        (method, path)
        for method, patterns in SOURCES.items()
        for pattern in patterns
        for path in sorted(WEB.glob(pattern))
    ]


def extract_catalogue() -> bytes:
    """The list as Babel writes it, without dates and line numbers, which would change for nothing.

    Raises ValueError for a sentence that stands there both with and without a plural.
    """
    catalogue = Catalog(project="doseline", charset="utf-8")
    for method, path in list_sources():
        for _line, message, comments, _context in extract_from_file(
            method, path, keywords=KEYWORDS, comment_tags=["translators:"]
        ):
            place = [(path.relative_to(ROOT).as_posix(), 0)]
            catalogue.add(message, locations=place, auto_comments=comments)
    written = io.BytesIO()
    write_po(
        written, catalogue, width=100, omit_header=True, sort_output=True, include_lineno=False
    )
    return written.getvalue()


if __name__ == "__main__":
    LISTED.write_bytes(extract_catalogue())

"""Writes down every sentence that people read, and what no language has yet: `make sentences`.

The list is what a translator begins with: `server/web/catalogue/LANGUAGE.po` made from it is a
language. Each of those gets the list's new sentences, empty, and loses what nobody says any more.
A test compares the list with what stands in templates, scripts and pages, and languages with it.
"""

import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import write_po

from protocol.training.shipped import read_shipped_plan
from tests.merge_catalogue import list_untranslated, merge_language

ROOT: Final = Path(__file__).resolve().parents[1]
WEB: Final = ROOT / "server" / "web"
STUDY: Final = ROOT / "server" / "study"
LISTED: Final = WEB / "catalogue" / "messages.pot"
# `label` and `words` mark what tables of fields say (server/study/fields/words.py).
KEYWORDS: Final = {"t": None, "tn": (1, 2), "label": None, "words": None}
SCRIPTS: Final = "javascript"
PLAN: Final = "protocol/training/eight_week.toml"
_STRING: Final = r'("(?:[^"\\]|\\.)*")'
# Babel loses its way in templates inside templates; a test has every sentence stand literally.
_CALL: Final = re.compile(rf"(?<![\w.$])(tn?)\(\s*{_STRING}(?:\s*,\s*{_STRING})?")
# Ours alone: what others wrote lies in vendor folders and says nothing to people.
SOURCES: Final = {
    "python": ("*.py",),
    SCRIPTS: ("static/*.js", "tablet/**/*.js", "own/**/*.js"),
    "jinja2.ext:babel_extract": ("templates/*.html", "template_parts/*.html"),
}


def list_sources() -> list[tuple[str, Path]]:
    """(Babel's method, file) of everything that may hold a sentence, in a fixed order."""
    of_pages = [
        (method, path)
        for method, patterns in SOURCES.items()
        for pattern in patterns
        for path in sorted(WEB.glob(pattern))
    ]
    return of_pages + [("python", path) for path in sorted(STUDY.rglob("*.py"))]


Message = str | tuple[str, ...]


def find_messages(method: str, path: Path) -> Iterator[tuple[Message, list[str]]]:
    """Each sentence of a file, singular and plural together, with what is said to translators."""
    if method == SCRIPTS:
        for message in find_in_script(path.read_text(encoding="utf-8")):
            yield message, []
        return
    for _line, message, comments, _context in extract_from_file(
        method, path, keywords=KEYWORDS, comment_tags=["translators:"]
    ):
        yield message, comments


def find_in_script(text: str) -> Iterator[Message]:
    """The sentences of `t("…")` and `tn("…", "…", n)`, wherever they stand."""
    for name, one, many in _CALL.findall(text):
        yield (json.loads(one), json.loads(many)) if name == "tn" else json.loads(one)


def find_plan_words() -> Iterator[Message]:
    """Names, cues and ids as words of the plans that come with the product."""
    plan = read_shipped_plan("as_printed")
    for exercise in plan.exercises:
        yield from (exercise.name, exercise.cue, exercise.id.replace("-", " "))
    for category in plan.categories:
        yield from (category.name, category.id.replace("_", " "))
    yield from (plan.effort_scale.lowest_word, plan.effort_scale.highest_word)


def extract_catalogue() -> bytes:
    """The list as Babel writes it, without dates and line numbers, which would change for nothing.

    Raises ValueError for a sentence that stands there both with and without a plural.
    """
    catalogue = Catalog(project="doseline", charset="utf-8")
    for method, path in list_sources():
        place = [(path.relative_to(ROOT).as_posix(), 0)]
        for message, comments in find_messages(method, path):
            catalogue.add(message, locations=place, auto_comments=comments)
    for message in find_plan_words():
        catalogue.add(message, locations=[(PLAN, 0)])
    written = io.BytesIO()
    write_po(
        written, catalogue, width=100, omit_header=True, sort_output=True, include_lineno=False
    )
    return written.getvalue()


def main() -> int:
    """Writes all of it; lists each sentence without a translation and fails if there is any."""
    listed = extract_catalogue()
    LISTED.write_bytes(listed)
    missing = 0
    for path in sorted(LISTED.parent.glob("*.po")):
        path.write_bytes(merge_language(path.read_bytes(), path.stem, listed))
        for sentence in list_untranslated(path.read_bytes(), path.stem):
            print(f"{path.name}: {json.dumps(sentence, ensure_ascii=False)}")
            missing += 1
    print(f"without a translation: {missing}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())

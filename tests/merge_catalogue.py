"""Languages brought up to the list of sentences: what is new comes empty, what is gone goes."""

import io
from collections.abc import Iterator

from babel.core import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po


def merge_language(content: bytes, language: str, listed: bytes) -> bytes:
    """A language's file with every listed sentence; a translation is kept by its English one.

    Without dates, so that nothing changes for nothing.
    """
    catalogue = _read(content, language)
    wanted = read_po(io.BytesIO(listed))
    catalogue.update(wanted, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    written = io.BytesIO()
    write_po(
        written, catalogue, width=100, omit_header=True, sort_output=True, include_lineno=False
    )
    return _make_header(language).encode() + b"\n" + written.getvalue()


def list_untranslated(content: bytes, language: str) -> Iterator[str]:
    """English sentences that have no translation, or not in every form of their plural."""
    for message in _read(content, language):
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and not (all(forms) and not message.fuzzy):
            yield message.id if isinstance(message.id, str) else message.id[0]


def _read(content: bytes, language: str) -> Catalog:
    return read_po(io.BytesIO(content), locale=Locale.parse(language))


def _make_header(language: str) -> str:
    forms = Catalog(locale=Locale.parse(language)).plural_forms
    fields = (f"Language: {language}", "Content-Type: text/plain; charset=utf-8",
              f"Plural-Forms: {forms}")  # fmt: skip
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{field}\\n"\n' for field in fields)

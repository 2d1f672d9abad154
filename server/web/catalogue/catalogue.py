"""A language's sentences: found by the English one, with their {names} filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

SOURCE_LANGUAGE: Final = "en"
FOLDER: Final = Path(__file__).parent
_NAME: Final = re.compile(r"\{(\w+)\}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Sentences of one language; what isn't translated stays English."""

    language: str
    sentences: Mapping[str, str] = field(default_factory=dict)
    plurals: Mapping[str, list[str]] = field(default_factory=dict)

    def t(self, sentence: str, **values: object) -> str:
        """The sentence in this language. A {name} that isn't given stays as it is."""
        text = self.sentences.get(sentence, sentence)
        return _NAME.sub(lambda found: str(values.get(found[1], found[0])), text)

    def as_json(self) -> dict[str, Any]:
        """As /static/translate.js takes it."""
        return {
            "language": self.language,
            "sentences": dict(self.sentences),
            "plurals": dict(self.plurals),
        }


def read_catalogue(language: str, folder: Path = FOLDER) -> Catalogue | None:
    """The catalogue of a language; English is the source and needs none. None: there isn't one."""
    if language == SOURCE_LANGUAGE:
        return Catalogue(SOURCE_LANGUAGE)
    path = folder / f"{language}.po"
    if not _LANGUAGE.fullmatch(language) or not path.is_file():
        return None
    from server.web.catalogue.po_reader import read_po  # English needs none

    entries = read_po(path.read_text(encoding="utf-8"))
    return Catalogue(
        language,
        {e.sentence: e.translations[0] for e in entries if e.plural is None},
        {e.sentence: e.translations for e in entries if e.plural is not None},
    )


@lru_cache(maxsize=8)
def load_catalogue(language: str) -> Catalogue:
    """The same from the package, read once; English where there is no such language."""
    return read_catalogue(language) or Catalogue(SOURCE_LANGUAGE)

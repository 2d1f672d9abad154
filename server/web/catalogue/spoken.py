"""The language of whoever asks: that of the request, in every thread that works for it.

A web server's threads get a copy of the request's context (starlette's `run_in_threadpool`), so
what is set once before the routes is the same wherever a sentence is made.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, TypeVar

from server.web.catalogue.catalogue import SOURCE_LANGUAGE, load_catalogue

K = TypeVar("K")
V = TypeVar("V")

_language: Final = ContextVar("language", default=SOURCE_LANGUAGE)


def current_language() -> str:
    """As `load_catalogue` takes it; English outside of a request."""
    return _language.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Sentences are in this language until the block ends."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def t(sentence: str, **values: object) -> str:
    """The sentence in the language of whoever asks, with its {names} filled in."""
    return load_catalogue(_language.get()).t(sentence, **values)


def as_it_is(text: str) -> str:
    """A code, or words that are written in English alone: in a page of another language it keeps
    its digits and its direction (U+2066 to U+2069)."""
    is_same = not text or _language.get() == SOURCE_LANGUAGE
    return text if is_same else f"\u2066{text}\u2069"


class Wording(Mapping[K, V]):
    """A table of sentences that stands in a module: told once in each language that is asked for.

    `tell` makes the table anew, as a module is loaded long before anybody asks.
    """

    def __init__(self, tell: Callable[[], Mapping[K, V]]) -> None:
        self._tell = tell
        self._told: dict[str, Mapping[K, V]] = {}

    def __getitem__(self, key: K) -> V:
        return self._now()[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._now())

    def __len__(self) -> int:
        return len(self._now())

    def _now(self) -> Mapping[K, V]:
        language = current_language()
        if language not in self._told:
            self._told[language] = self._tell()
        return self._told[language]

"""Pages in Persian: which English is left in them, and an English walk through Persian screens."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

import pytest
from playwright.sync_api import Locator, Page

from server.web.catalogue.catalogue import load_catalogue
from server.web.catalogue.local_text import localise_text
from server.web.language import COOKIE
from tests.tablet_evening import FIRST_NAMES, SIGNS

# What people see: text, and what stands in its place for those who don't see it.
LIST_TEXTS: Final = """
() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = new Set();
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement;
    if (holder.closest("script, style, noscript, code, [lang=en]")) continue;
    found.add(walker.currentNode.data.trim());
  }
  for (const name of ["aria-label", "title", "alt", "placeholder"])
    for (const node of document.querySelectorAll(`[${name}]`))
      found.add(node.getAttribute(name).trim());
  return [...found].filter(Boolean);
}
"""
_WORDS: Final = re.compile(r"[A-Za-z][A-Za-z'’-]+(?:[ ,]+[A-Za-z][A-Za-z'’-]+)+")
_LEAST_HEAD: Final = 5


def choose_persian(page: Page, url: str) -> None:
    """As the switch does."""
    page.context.add_cookies([{"name": COOKIE, "value": "fa", "url": url}])


def find_english(page: Page, known: Iterable[str] = ()) -> list[str]:
    """Texts with two English words or more side by side, beside names and `known` ones of data."""
    data = sorted((*SIGNS, *FIRST_NAMES, *known), key=len, reverse=True)
    no_text = re.compile("\u2066.*?\u2069|" + "|".join(rf"\b{re.escape(one)}\b" for one in data))
    texts = page.evaluate(LIST_TEXTS)
    return [text for text in texts if _WORDS.search(no_text.sub("", text))]


@cache
def say(english: str) -> str:
    """What stands in Persian where an English test looks for this, or for its beginning."""
    catalogue = load_catalogue("fa")
    both = {**catalogue.sentences, **{one: many[0] for one, many in catalogue.plurals.items()}}
    if english in both:
        return localise_text(both[english])
    if not re.search("[A-Za-z]{2}", english):
        return localise_text(english)
    ordered = sorted(both.items(), key=lambda pair: -len(pair[0]))
    for sentence, persian in ordered:
        values = _read_values(sentence, english)
        if values:
            return localise_text(_fill(persian, values))
    for sentence, persian in ordered:
        if sentence.startswith(english):
            return localise_text(re.split(r"[{:]", persian)[0].strip())
        head, _, _ = sentence.partition("{")
        if len(head) >= _LEAST_HEAD and english.startswith(head):
            return localise_text(persian.partition("{")[0]) + say(english.removeprefix(head))
    return localise_text(english)


def _read_values(sentence: str, english: str) -> dict[str, str]:
    """What stands in its places; empty where it isn't this sentence."""
    parts = re.split(r"\{(\w+)\}", sentence)
    if len(parts) < 2 or not re.search("[A-Za-z]", "".join(parts[::2])):
        return {}
    pattern = "(.+?)".join(re.escape(one) for one in parts[::2])
    found = re.fullmatch(pattern, english)
    return {} if found is None else dict(zip(parts[1::2], found.groups(), strict=True))


def _fill(persian: str, values: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: say(values[found[1]]), persian)


def look_in_persian(patch: pytest.MonkeyPatch) -> None:
    """English names by which tests find things become those that stand there."""
    for kind in (Page, Locator):
        for method in ("get_by_role", "get_by_label", "locator", "filter"):
            if hasattr(kind, method):
                patch.setattr(kind, method, _translating(getattr(kind, method)))


def _translating(original: Any) -> Any:
    def find(self: Any, *given: Any, **options: Any) -> Any:
        for name in ("name", "has_text"):
            if isinstance(options.get(name), str):
                options[name] = say(options[name])
        if original.__name__ == "get_by_label":
            given = (say(given[0]), *given[1:])
        return original(self, *given, **options)

    return find

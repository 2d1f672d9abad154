"""Every sentence that people read goes through the catalogue, and its list is up to date."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po as read_po_by_babel

from server.web.catalogue.po_reader import read_po
from server.web.pages import TEMPLATES
from tests.update_catalogue import LISTED, extract_catalogue, find_in_script, list_sources

SCRIPTS = [path for method, path in list_sources() if method == "javascript"]
PAGES = sorted(TEMPLATES.glob("*.html"))
NAMES = {"doseline"}  # the product's name is the same in every language
SEEN_ATTRIBUTES = {"aria-label", "title", "alt", "placeholder"}


def test_a_sentence_is_found_however_deep_it_stands_in_templates() -> None:
    deep = r'html`<p>${all.map((x) => html`<b>${t("A \"b\"")}${tn("{n} c", "{n} d", 2)}</b>`)}</p>`'
    script = deep + '; count(t("e"))'
    assert list(find_in_script(script)) == ['A "b"', ("{n} c", "{n} d"), "e"]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_sentence_of_a_script_is_missing(script: Path) -> None:
    """Counted by another way: each call of `t` or `tn` that begins with a quotation mark."""
    text = script.read_text(encoding="utf-8")
    assert len(list(find_in_script(text))) == len(re.findall(r'(?<![\w.$])tn?\(\s*"', text))


def test_the_list_is_what_is_found() -> None:
    """If not: `python -m tests.update_catalogue`."""
    assert LISTED.read_bytes() == extract_catalogue()


def test_sentences_of_templates_scripts_and_pages_are_in_it() -> None:
    listed = LISTED.read_text(encoding="utf-8")
    for sentence in (
        "Password, or PIN of six digits",
        "No news from the server for {seconds} s.",
        "Too many wrong tries. Wait {seconds} s, then try again.",
        "data manager",
    ):
        assert f'msgid "{sentence}"' in listed


def test_our_reader_reads_what_babel_reads(tmp_path: Path) -> None:
    """The list, with every sentence translated into itself in capitals."""
    translated = re.sub(
        r'msgid "(.+)"\nmsgstr ""',
        lambda found: f'msgid "{found[1]}"\nmsgstr "{found[1].upper()}"',
        LISTED.read_text(encoding="utf-8"),
    )
    (tmp_path / "xx.po").write_text(translated, encoding="utf-8")
    with (tmp_path / "xx.po").open("rb") as file:
        messages = [m for m in read_po_by_babel(file) if m.id and not m.pluralizable]
        by_babel = {m.id: m.string for m in messages if m.string}
    ours = {entry.sentence: entry.translations[0] for entry in read_po(translated)}
    assert len(ours) > 40
    assert ours == by_babel


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_names_each_sentence_literally(script: Path) -> None:
    """Nobody finds `t(variable)`; the module that defines `t` is the only one to say so."""
    text = script.read_text(encoding="utf-8")
    calls = re.findall(r"(?<![\w.$])tn?\((?!\s*\")", text)
    assert len(calls) == (2 if script.name == "translate.js" else 0)


class Words(HTMLParser):
    """Text that people see or hear, in a template whose expressions were taken out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in SEEN_ATTRIBUTES and value]

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def find_words(template: str) -> set[str]:
    words = Words()
    words.feed(re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", " ", template, flags=re.DOTALL))
    return set(re.findall(r"[^\W\d_]{2,}", " ".join(words.found)))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_a_template_has_no_words_of_its_own(page: Path) -> None:
    assert find_words(page.read_text(encoding="utf-8")) <= NAMES


def test_words_would_be_found() -> None:
    template = '<p title="Hello">{{ t("Name") }} {% if x %}World{% endif %}</p>'
    assert find_words(template) == {"Hello", "World"}

"""Whatever the server says of a strap, people read it in their language."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from server.live import strap_state
from server.live.strap_state import _GATEWAY_SILENT_ACT, _LOST_ACT, _LOST_ACTS
from server.web.catalogue.po_reader import read_po
from tests.browser.tablet_site import TabletSite
from tests.update_catalogue import LISTED

pytestmark = pytest.mark.browser

SAY: Final = """
async ([sentences, given]) => {
  const { useCatalogue } = await import("/static/translate.js");
  const { sayAct, sayWord } = await import("/static/strap_words.js");
  useCatalogue({ language: "fa", sentences, plurals: {} });
  return given.map(([word, act]) => [sayWord(word), sayAct(act)]);
}
"""


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    site = TabletSite()
    site.start()
    page = chromium.new_page()
    page.goto(site.url + "/tablet/")
    yield page
    page.close()
    site.stop()


def list_verdicts() -> tuple[set[str], set[str]]:
    """Words and acts that stand in the server's own source, wherever a verdict is made."""
    tree = ast.parse(Path(strap_state.__file__).read_text(encoding="utf-8"))
    calls = [
        node.args
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Verdict"
    ]
    words = {word for args in calls for word in list_constants(args[1])}
    acts = {act for args in calls for one in args[2:] for act in list_constants(one)}
    waiting = {"Wait 15 s.", "No heart rate comes. Check the strap."}  # by a name in between
    return words, acts | waiting | {*_LOST_ACTS.values(), _LOST_ACT, _GATEWAY_SILENT_ACT}


def list_constants(node: ast.expr) -> list[str]:
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def test_every_word_and_act_of_the_server_has_a_sentence_in_the_catalogue(page: Page) -> None:
    words, acts = list_verdicts()
    assert {"Good", "Weak", "No contact?"} <= words
    assert {"Wet and tighten.", "Turn towards the gateway."} <= acts
    listed = LISTED.read_text(encoding="utf-8").replace('msgstr ""', 'msgstr "x"')
    marked = {one.sentence: f"«{one.sentence}»" for one in read_po(listed) if one.plural is None}
    told = [*[(word, "") for word in sorted(words)], *[("Good", act) for act in sorted(acts)]]
    said = page.evaluate(SAY, [marked, told])
    assert said == [[f"«{word}»", f"«{act}»" if act else ""] for word, act in told]


def test_numbers_go_into_the_sentence(page: Page) -> None:
    sentences = {"Lost {time}": "گم {time}", "Battery {n} %": "باتری {n}"}
    said = page.evaluate(SAY, [sentences, [["Lost 1:24", ""], ["Battery 8 %", ""], ["Odd", "Odd"]]])
    assert said == [["گم 1:24", ""], ["باتری 8", ""], ["Odd", "Odd"]]

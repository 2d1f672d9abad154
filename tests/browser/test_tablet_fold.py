"""The tablet's fold and the server's are one function: every shared vector, in any order, and any
evening by chance."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from protocol.ledger.event import LedgerEvent
from server.sessions.domain.fold import fold_session
from tests.browser.tablet_site import TabletSite
from tests.ledger_entries import minute, to_json
from tests.ledger_stories import EDGES, contested, evenings, lost_clocks

pytestmark = pytest.mark.browser

VECTORS = Path(__file__).resolve().parents[1] / "contract" / "fold_vectors"
NAMES = sorted(path.stem for path in VECTORS.glob("*.json"))
NOW = minute(35)
FOLD = """
async ([events, at]) => {
  const { foldSession } = await import("/tablet/app/core/fold/fold.js");
  return JSON.stringify(foldSession(events, at));
}
"""


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    site = TabletSite()
    site.start()
    context = chromium.new_context()
    page = context.new_page()
    page.goto(site.url + "/tablet/")
    yield page
    context.close()
    site.stop()


def fold(page: Page, events: list[dict[str, Any]], at: str) -> dict[str, Any]:
    state: dict[str, Any] = json.loads(page.evaluate(FOLD, [events, at]))
    return state


def test_there_are_vectors() -> None:
    assert len(NAMES) >= 20


@pytest.mark.parametrize("name", NAMES)
def test_the_state_is_the_servers(page: Page, name: str) -> None:
    vector = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    assert fold(page, vector["events"], vector["at"]) == vector["state"], vector["why"]


@pytest.mark.parametrize("name", NAMES)
def test_order_and_repetition_of_arrival_change_nothing(page: Page, name: str) -> None:
    vector = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    chance = random.Random(name)
    for _ in range(5):
        events = [*vector["events"], *chance.sample(vector["events"], len(vector["events"]) // 2)]
        chance.shuffle(events)
        assert fold(page, events, vector["at"]) == vector["state"]


@settings(max_examples=150, deadline=None)
@given(events=evenings(max_size=20) | evenings(written=contested()))
def test_any_evening_is_the_same_on_both_sides(page: Page, events: list[LedgerEvent]) -> None:
    rows = [to_json(event) for event in events]
    assert fold(page, rows, NOW) == json.loads(json.dumps(fold_session(events, NOW)))


@settings(max_examples=100, deadline=None)
@given(events=lost_clocks(), at=st.sampled_from(EDGES))
def test_clocks_at_the_edges_of_time_are_the_same_on_both_sides(
    page: Page, events: list[LedgerEvent], at: str
) -> None:
    rows = [to_json(event) for event in events]
    assert fold(page, rows, at) == json.loads(json.dumps(fold_session(events, at)))

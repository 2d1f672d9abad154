"""The participant's view: what its pure parts say, as a browser runs them."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.own_site import OwnSite

pytestmark = pytest.mark.browser

ASK = (Path(__file__).parent / "own_core_asks.js").read_text(encoding="utf-8")


def test_windows_days_steps_and_words(chromium: Browser, own_site: OwnSite) -> None:
    context = chromium.new_context(timezone_id="UTC")
    page = context.new_page()
    page.goto(own_site.url + "/me/")
    told = page.evaluate(ASK)
    assert told["windows"] == [
        "not_yet", "not_yet", "open", "open", "remind", "remind", "closed",
    ]  # fmt: skip
    assert told["days"] == ["same", "same", "same", "next", "next", "later"]
    # 17:00 UTC is 20:30 in Tehran (IANA: +03:30), whose midnight is 20:30 UTC.
    assert told["tehran"] == ["same", "next", "later"]
    assert told["times"] == ["17:00", "17:00", "20:30 (Iran Standard Time)"]
    assert told["steps"] == [
        ["work", 2, 60_000], ["work", 2, 1], ["rest", 2, 60_000], [None, None, 0],
    ]  # fmt: skip
    assert told["active"] == [12, 5]
    assert told["said"] == "2"
    assert told["drafts"] == [[None, False], ["x", True], ["y", True]]
    assert told["lighter"] == [
        "",
        "One was made lighter: that's how it should be.",
        "2 were made lighter because of heat: that's how it should be.",
        "It was a lighter day: that's how it should be.",
    ]
    assert told["target"] == "10 times, each side. Band red. Hold the bar."
    context.close()

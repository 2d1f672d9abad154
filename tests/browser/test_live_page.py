"""What a trainer sees: tiles, their ages, and the truth when something is missing."""

import re

import pytest
from playwright.sync_api import Route, expect

from server.live.frame import GapRow, Gateway
from server.live.moment import ServerNow
from server.live.strap_state import State
from tests.browser.axe import find_violations
from tests.browser.conftest import WatchedPage
from tests.live_scene import circuit_tiles, good_tile, told_tile

pytestmark = pytest.mark.browser

S = 1_000_000_000
DAY = "2026-02-03T"
GAPS = [
    GapRow("8AA87D0D", "13", "all", "link_lost", DAY + "17:02:11Z", DAY + "17:03:40Z"),
    GapRow("8AA87D02", None, "movement", "stream_stalled", DAY + "17:00:01Z", DAY + "17:00:09Z"),
    GapRow("8AA87D03", "03", "other", "something_newer", DAY + "16:59:01Z", DAY + "16:59:04Z"),
]
LOCAL_TIMES = "utc => utc.map((one) => new Date(one).toTimeString().slice(0, 8))"


def test_a_tile_for_each_strap(watched: WatchedPage) -> None:
    page = watched.open()
    watched.site.show(circuit_tiles())
    expect(page.locator(".tile")).to_have_count(15)
    first = page.locator(".tile").first
    expect(first).to_have_text(
        re.compile("01.*87D01.*Good.*111.*bpm.*Movement.*38 mg.*H10.*Battery 96 %", re.DOTALL)
    )
    words = page.locator(".tile .word").all_text_contents()
    assert [words[place] for place in (7, 10, 11, 12, 14)] == [
        *("Weak", "Unknown", "No contact?", "Lost 0:24", "Battery 8 %")
    ]
    expect(page.locator("h1")).to_have_text("Live: 11 of 15 good")
    expect(page.locator("#attention")).to_have_text(
        "Look at 12 No contact? · 13 Lost 0:24 · 08 Weak · 15 Battery 8 %"
    )
    expect(page.locator("#connection")).to_have_text(re.compile(r"Live\. Last update 0\.\d s ago"))
    expect(page.locator("#facts")).to_have_text("Straps 13/15Gateway gym ✓")
    watched.picture("live-1180x820")
    assert watched.trouble == []
    assert watched.broken_policies() == []


def test_a_clock_that_is_unsure_is_told_unless_more_is_to_do(watched: WatchedPage) -> None:
    page = watched.open()
    unsure = good_tile(3, clock="bad_fit", conflict=True)
    watched.site.show([good_tile(1, clock="bad_fit"), unsure, good_tile(4)])
    about = page.locator(".tile .about")
    expect(about.nth(0)).to_have_text("Movement's times are unsure.")
    expect(about.nth(1)).to_have_text("Two straps claim to be this one. Look at hers.")
    expect(about.nth(2)).to_have_text("H10")
    watched.picture("live-clock-unsure-1180x820")
    assert watched.trouble == []


def test_d3_numbers_go_grey_and_then_become_dashes_by_the_pages_own_clock(
    watched: WatchedPage,
) -> None:
    """No frame comes any more, and the connection stays open."""
    watched.page.clock.install()
    page = watched.open()
    watched.site.show([good_tile(1), good_tile(2, bpm_age_s=2.0)])
    number = page.locator(".tile .number")
    expect(number).to_have_text(["111", "119"])
    page.clock.fast_forward(1500)
    expect(page.locator('.tile[data-shown="stale"] .number')).to_have_text(["119"])
    page.clock.fast_forward(2500)
    expect(page.locator('.tile[data-shown="stale"]')).to_have_count(2)
    expect(page.locator(".unit").first).to_have_text(re.compile(r"^[45] s ago$"))
    expect(page.locator("#connection")).to_have_text(re.compile("No news from the server for"))
    expect(page.locator(".tile .word")).to_have_text(["No news", "No news"])
    watched.picture("live-stale")
    page.clock.fast_forward(8000)
    expect(number).to_have_text(["—", "—"])
    expect(page.locator(".tile .word")).to_have_text(["No news", "No news"])
    expect(page.locator(".amount")).to_have_text(["—", "—"])
    watched.picture("live-no-news")


def test_d6_two_straps_that_claim_to_be_one_come_first(watched: WatchedPage) -> None:
    page = watched.open()
    lost = told_tile(2, State.LOST, "Lost 0:24", "Come closer, or take a spare strap.")
    watched.site.show([good_tile(1), lost, good_tile(3, conflict=True)])
    expect(page.locator("#attention")).to_have_text("Look at 03 Two straps? · 02 Lost 0:24")
    expect(page.locator(".tile .about").nth(2)).to_have_text(
        "Two straps claim to be this one. Look at hers."
    )
    expect(page.locator("#announcement")).to_have_text(re.compile("03 Two straps\\?"))
    watched.picture("live-two-straps")


def test_a12_declared_gaps_are_rows_below_the_tiles(watched: WatchedPage) -> None:
    page = watched.open()
    count = page.locator("#gaps summary")
    watched.site.show(circuit_tiles())
    expect(count).to_have_text("No gap was declared in the last 30 min")
    watched.site.show(circuit_tiles(), gaps=GAPS[:1])
    expect(count).to_have_text("1 gap in the last 30 min")
    expect(page.locator("#gap-rows")).to_be_hidden()
    watched.picture("live-gaps-closed")
    count.focus()
    page.keyboard.press("Enter")
    watched.site.show(circuit_tiles(), gaps=GAPS)
    expect(page.locator("#gap-rows tr")).to_have_count(3)
    times = page.evaluate(LOCAL_TIMES, [GAPS[0].from_utc, GAPS[0].to_utc])
    cells = page.locator("#gap-rows tr").first.locator("th, td")
    expect(cells).to_have_text(["13", "Everything", *times, "Out of reach, off or asleep"])
    expect(page.locator("#gap-rows tr").nth(2)).to_contain_text("something_newer")
    watched.picture("live-gaps")
    assert find_violations(page) == []
    watched.site.show(circuit_tiles(), gaps=GAPS[1:2])
    expect(page.locator("#gap-rows th")).to_have_text(["87D02"])
    assert watched.broken_policies() == []


def test_a_frame_of_a_server_from_before_tells_of_no_gaps(watched: WatchedPage) -> None:
    page = watched.open()
    watched.site.publish(b'{"v":1,"frame":1,"server_monotonic_ns":1,"tiles":[],"gateways":[]}')
    expect(page.locator("#empty")).to_be_visible()
    expect(page.locator("#gaps")).to_be_hidden()
    assert watched.trouble == []


def test_frames_that_were_held_up_look_as_old_as_they_are(watched: WatchedPage) -> None:
    """A congested network delivers old frames, one after the other; they must not look new."""
    watched.page.clock.install()
    page = watched.open()
    watched.site.show([good_tile(1)], now=ServerNow(1_000 * S, 0))
    expect(page.locator('.tile[data-shown="fresh"]')).to_have_count(1)
    page.clock.fast_forward(5_000)
    watched.site.show([good_tile(1, bpm=112)], now=ServerNow(1_001 * S, 0))
    expect(page.locator('.tile[data-shown="stale"] .number')).to_have_text("112")
    watched.site.show([good_tile(1, bpm=113)], now=ServerNow(1_005 * S, 0))
    expect(page.locator('.tile[data-shown="fresh"] .number')).to_have_text("113")


def test_the_page_says_since_when_the_server_is_away_and_comes_back_by_itself(
    watched: WatchedPage,
) -> None:
    page = watched.open()
    watched.site.show([good_tile(1)])
    expect(page.locator(".tile")).to_have_count(1)
    watched.site.stop()
    expect(page.locator("#connection")).to_have_text(
        re.compile(
            r"No connection to the server since \d\d:\d\d\. The gateways keep their own copy\."
        )
    )
    # A page without news claims nothing about straps and gateways.
    expect(page.locator("h1")).to_have_text("Live: No news")
    expect(page.locator("#facts")).to_have_text("")
    retry = page.get_by_role("button", name="Try now")
    expect(retry).to_be_visible()
    box = retry.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 64
    watched.picture("live-no-connection")
    watched.site.start()
    watched.wait_for_viewers(1)
    watched.site.show([good_tile(1, bpm=140)])
    expect(page.locator(".number")).to_have_text("140")
    expect(page.locator("#connection")).to_have_text(re.compile("Live"))
    expect(retry).to_be_hidden()


def test_try_now_tries_now(watched: WatchedPage) -> None:
    page = watched.open()
    watched.site.stop()
    page.get_by_role("button", name="Try now").wait_for()
    watched.site.start()
    page.get_by_role("button", name="Try now").focus()
    page.keyboard.press("Enter")
    watched.wait_for_viewers(1)


def test_a_refused_stream_is_asked_for_again(watched: WatchedPage) -> None:
    """503 closes an EventSource for good; the page opens another."""
    page = watched.sign_in("/home")
    refused: list[str] = []

    def refuse(route: Route) -> None:
        refused.append("once")
        route.fulfill(status=503)

    page.route("**/sessions/now/live", refuse, times=1)
    page.goto(watched.site.url + "/live")
    watched.wait_for_viewers(1)
    assert refused == ["once"]


@pytest.mark.parametrize(
    ("gateways", "sentence"),
    [
        ([], "No gateway has called yet. Start one, and straps appear here by themselves."),
        ([Gateway("gym", 0.2)], "No straps heard. Wet one, put it on and hold both pads."),
    ],
)
def test_an_empty_page_says_why_and_the_next_step(
    watched: WatchedPage, gateways: list[Gateway], sentence: str
) -> None:
    page = watched.open()
    watched.site.show([], gateways)
    expect(page.locator("#empty")).to_have_text(sentence)
    expect(page.locator("#empty")).to_be_visible()
    watched.picture(f"live-empty-{len(gateways)}")
    watched.site.show([good_tile(1)])
    expect(page.locator("#empty")).to_be_hidden()


def test_simulated_straps_are_called_so(watched: WatchedPage) -> None:
    page = watched.open()
    watched.site.show([good_tile(1)])
    expect(page.locator(".tile")).to_have_count(1)
    expect(page.locator("#simulated")).to_be_hidden()
    watched.site.show(circuit_tiles(simulated=True))
    expect(page.locator("#simulated")).to_be_visible()
    expect(page.locator("#simulated")).to_have_text("SIMULATED Nobody wears these straps.")
    watched.picture("live-simulated")


def test_a_silent_gateway_is_named(watched: WatchedPage) -> None:
    page = watched.open()
    watched.site.show([good_tile(1)], [Gateway("gym", 72.0), Gateway("hall", 0.3)])
    expect(page.locator("#facts")).to_contain_text(
        "Gateway gym silent for 1:12. It keeps its own copy.Gateway hall ✓"
    )


def test_tiles_never_move_by_themselves(watched: WatchedPage) -> None:
    page = watched.open()
    watched.site.show([good_tile(1), good_tile(3)])
    expect(page.locator(".tile")).to_have_count(2)
    page.evaluate("window.third = document.querySelector('[data-strap=\"8AA87D03\"]')")
    lost = told_tile(1, State.LOST, "Lost 0:11", "Come closer.", bpm=None, bpm_shown="none")
    watched.site.show([lost, good_tile(2), good_tile(3)])
    expect(page.locator(".tile .name")).to_have_text(["01", "02", "03"])
    assert page.evaluate("window.third === document.querySelectorAll('.tile')[2]")
    watched.site.show([lost, good_tile(3)])
    expect(page.locator(".tile .name")).to_have_text(["01", "03"])


def test_f4_text_from_the_roster_is_only_ever_text(watched: WatchedPage) -> None:
    page = watched.open()
    hostile = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>'
    watched.site.show([good_tile(1, label=hostile, model=hostile)])
    expect(page.locator(".name")).to_have_text(hostile)
    assert page.evaluate("window.ran") is None
    assert page.locator(".tile img, .tile script").count() == 0
    assert watched.broken_policies() == []

"""T1, T11: who may be at work on this tablet, and what its connection sheet says."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.passing_time import pass_time, take_clock
from tests.browser.real_site import RealSite
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_begun_offline import DAY_MS, SET_CLOCK
from tests.tablet_evening import CODES

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

NewTablet = Callable[[dict[str, int] | None], TabletPage]


def test_t1_a_tablet_that_is_locked_asks_for_a_pin_and_goes_on_sending(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:2])
    saved = tablet.wait_until_sent()
    tablet.context.set_offline(True)
    tablet.tile("P01").tap()
    page.locator(".truth-who").tap()
    tablet.tap("Lock this tablet")
    expect(page.locator('[data-screen="who"]')).to_be_visible()
    expect(page.locator(".who")).to_contain_text("1 entries wait here and go by themselves.")
    tablet.context.set_offline(False)
    expect(page.locator(".who")).not_to_contain_text("wait here")
    assert len(tablet.ledger.ids) == saved + 1
    page.reload()
    tablet.wait_ready()
    expect(page.locator('[data-screen="who"]')).to_be_visible()
    page.locator(".staff-card", has_text="sara").tap()
    tablet.enter_pin("271828")
    expect(page.locator('[data-screen="circuit"]')).to_be_visible()


def test_t1_on_a_locked_tablet_nothing_is_offered_to_be_undone(tablet: TabletPage) -> None:
    """Nobody is at work who could take it back."""
    page = tablet.reach_circuit(CODES[:2])
    tablet.tap("Hold all")
    expect(page.locator(".undo")).to_be_visible()
    page.locator(".truth-who").tap()
    tablet.tap("Lock this tablet")
    expect(page.locator('[data-screen="who"]')).to_be_visible()
    assert not page.locator(".undo").is_visible()  # and not only when its eight seconds are over


@pytest.mark.parametrize("hours", [13, 72])
@pytest.mark.kept_app
def test_t1_a_reload_long_after_asks_for_a_pin(tablet: TabletPage, hours: int) -> None:
    page = tablet.open()
    tablet.sign_in()
    page.reload()
    tablet.wait_ready()
    page.get_by_role("heading", name="Today").wait_for()  # a minute later nothing is asked
    tablet.wait_for_worker()
    tablet.site.stop()
    tablet.context.add_init_script(SET_CLOCK.format(ms=hours * 3_600_000))
    page.reload()
    tablet.wait_ready()
    expect(page.locator('[data-screen="who"]')).to_be_visible()


def test_t1_a_tablet_left_open_asks_on_the_next_day(tablet: TabletPage) -> None:
    page = tablet.page
    take_clock(tablet)
    tablet.open()
    tablet.sign_in()
    pass_time(timedelta(days=1), tablet, asleep=True)
    page.clock.run_for(5000)
    expect(page.locator('[data-screen="who"]')).to_be_visible()


@pytest.mark.kept_app
def test_t12_in_a_running_session_a_reload_asks_nothing(tablet: TabletPage) -> None:
    """Also after midnight, and also by a clock that somebody set while there is no server."""
    page = tablet.reach_circuit(CODES[:2])
    tablet.wait_until_sent()
    tablet.wait_for_worker()
    tablet.site.stop()
    tablet.context.add_init_script(SET_CLOCK.format(ms=DAY_MS))
    page.reload()
    tablet.wait_ready()
    expect(page.locator('[data-screen="circuit"]')).to_be_visible()


def test_t1_when_a_pin_is_asked_again(tablet: TabletPage) -> None:
    page = tablet.open()
    ask = "async (seen) => (await import('/tablet/app/core/signed_in.js')).mustAsk(seen)"
    since = datetime(2026, 11, 26, 23, 0).astimezone()

    def must_ask(hours: float, *, goes_on: bool, is_sure: bool = True) -> bool:
        now_ms = (since.astimezone(UTC) + timedelta(hours=hours)).timestamp() * 1000
        seen = {"sinceMs": since.timestamp() * 1000, "nowMs": now_ms, "isSure": is_sure,
                "goesOn": goes_on}  # fmt: skip
        answer: bool = page.evaluate(ask, seen)
        return answer

    assert not must_ask(0.5, goes_on=False)
    assert not must_ask(1.5, goes_on=False)  # past midnight, and still her evening
    assert must_ask(4.5, goes_on=False)
    assert not must_ask(4.5, goes_on=True)
    assert must_ask(12.1, goes_on=True)
    assert not must_ask(12.1, goes_on=True, is_sure=False)
    assert must_ask(-13, goes_on=False)


def test_t11_says_how_far_the_clocks_are_apart(tablet: TabletPage) -> None:
    tablet.context.add_init_script(SET_CLOCK.format(ms=DAY_MS + 61_000))
    page = tablet.open()
    tablet.sign_in()
    page.locator(".truth-facts").tap()
    expect(page.locator(".connection")).to_contain_text(
        "This tablet's is 24:01:01 ahead of the server's; entries carry the server's time."
    )


def test_e5_a_queue_older_than_a_day_asks_to_be_looked_after(tablet: TabletPage) -> None:
    page = tablet.page
    page.clock.install()
    tablet.reach_circuit(CODES[:2])
    tablet.wait_until_sent()
    tablet.lose_server()
    tablet.tile("P01").tap()
    tablet.tap("Done", ".drawer")
    page.locator(".truth-facts").tap()
    expect(page.locator(".connection")).to_contain_text("1 entries wait here and go by themselves.")
    page.clock.fast_forward(DAY_MS + 60_000)
    page.clock.run_for(2000)
    told = "1 entries wait for more than a day."
    expect(page.locator(".who")).to_contain_text(told)  # nobody is at work here any more
    tablet.tap("Connection", ".who")
    expect(page.locator(".connection")).to_contain_text(told)


def test_b5_one_tablet_takes_each_baseline(tablet: TabletPage, new_tablet: NewTablet) -> None:
    take_clock(tablet)
    tablet.open()
    tablet.sign_in()
    tablet.start_room_check()
    tablet.go_to_arrivals()
    tablet.give_straps(["P01"])
    tablet.wait_until_sent()
    other = new_tablet(None)
    take_clock(other)
    other.open()
    other.sign_in("leyla")
    other.tap("Start room check")
    other.page.locator('[data-screen="arrivals"]').wait_for()
    other.give_straps(["P02"])
    other.wait_until_sent()
    expect(tablet.tile("P02")).to_contain_text("02")
    for one in (tablet, other):
        one.context.set_offline(True)  # neither hears of what the other one took
    pass_time(timedelta(minutes=6), tablet, other)
    for one in (tablet, other):
        one.context.set_offline(False)
        one.page.clock.run_for(40_000)
        one.wait_until_sent()
    device = {
        one["value"]["participant"]: one["device"] for one in tablet.ledger.of_kind("wearing")
    }
    taken = {one["about"]: one["device"] for one in tablet.ledger.of_kind("resting_hr")}
    assert taken == device
    assert len(tablet.ledger.of_kind("resting_hr")) == 2


def test_a_trainers_pin_counts_on_a_tablet_that_an_assistant_signed_in(
    chromium: Browser, real_site: RealSite
) -> None:
    trainer = TabletPage(real_site, chromium)
    trainer.reach_circuit(CODES[:3])
    trainer.wait_until_sent()
    hers = TabletPage(real_site, chromium)
    page = hers.open()
    page.get_by_label("Your name").fill("mina")
    hers.enter_pin("141421")
    hers.wait_for_counts(1, 1)  # that she is there
    hers.switch_to("leyla")
    page.locator('[data-screen="circuit"]').wait_for()
    hers.tile("P02").tap()
    hers.wait_until_sent()
    assert hers.list_refused() == []
    expect(trainer.tile("P02").locator(".tick").first).to_have_attribute("data-kind", "observed")
    entered = [one["envelope"] for one in hers.read_store("entries")]
    assert [one["actor"] for one in entered if one["kind"] == "set"] == ["leyla"]
    present = {one["about"] for one in entered if one["kind"] == "staff_present"}
    assert present == {"mina", "leyla"}
    for one in (hers, trainer):
        assert (one.trouble, one.broken_policies()) == ([], [])
        one.context.close()


def test_what_an_assistant_entered_goes_before_a_trainer_signs_her_phone_in_anew(
    chromium: Browser, real_site: RealSite
) -> None:
    """The server takes hers under her own sign-in alone, which a trainer's ends."""
    trainer = TabletPage(real_site, chromium)
    trainer.reach_circuit(CODES[:1])
    trainer.wait_until_sent()
    hers = TabletPage(real_site, chromium)
    page = hers.open()
    asked: list[str] = []

    def lose_until_a_pin_is_given(route: Route) -> None:
        is_lost = route.request.method == "POST" and asked == []
        route.abort() if is_lost else route.continue_()

    page.route("**/events", lose_until_a_pin_is_given)
    page.get_by_label("Your name").fill("mina")
    hers.enter_pin("141421")
    hers.wait_for_counts(1, 0)  # that she is there
    page.on("request", lambda one: asked.append(one.url) if one.url.endswith("/actors") else None)
    hers.switch_to("leyla")
    hers.wait_until_sent()
    entered = [one["envelope"] for one in hers.read_store("entries")]
    by = [(one["about"], one["actor"]) for one in entered]
    assert by == [("mina", "mina"), ("leyla", "leyla")]
    for one in (hers, trainer):
        one.context.close()

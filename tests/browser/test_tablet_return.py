"""T12, E4: what is said after a start or a freeze is what is known."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.passing_time import pass_time, take_clock
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_outbox import READ_ENDS
from tests.tablet_evening import CODES, make_planned

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

FROZEN_S = 8.0
DROP_ONE = """
async () => {
  const open = indexedDB.open("doseline-tablet");
  await new Promise((done) => (open.onsuccess = done));
  const entries = open.result.transaction("entries", "readwrite").objectStore("entries");
  const keys = entries.getAllKeys();
  await new Promise((done) => (keys.onsuccess = done));
  entries.delete(keys.result[3]);
  await new Promise((done) => (entries.transaction.oncomplete = done));
  open.result.close();
}
"""


def test_t12_an_entry_that_is_gone_from_the_store_is_not_called_nothing(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:2])
    tablet.wait_until_sent()
    page.evaluate(DROP_ONE)
    page.reload()
    tablet.wait_ready()
    expect(page.locator(".resume")).to_contain_text("1 entries of this tablet can't be read.")
    expect(page.locator(".resume")).not_to_contain_text("Nothing was lost")


@pytest.mark.kept_app
def test_t12_a_time_that_went_back_is_not_called_going_on(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:2])
    tablet.wait_until_sent()
    tablet.wait_for_worker()
    tablet.site.stop()
    tablet.context.add_init_script(
        "const real = Date.now.bind(Date); Date.now = () => real() - 3600000;"
    )
    page.reload()
    tablet.wait_ready()
    expect(page.locator(".resume")).to_contain_text(
        "Back. Nothing was lost. This tablet's time went"
    )
    expect(page.locator(".resume")).not_to_contain_text("The clock went on")


def test_t12_a_circuit_that_ended_meanwhile_is_said_to_be_over(tablet: TabletPage) -> None:
    take_clock(tablet)
    page = tablet.reach_circuit(CODES[:2])
    tablet.wait_until_sent()
    page.goto("about:blank")
    pass_time(timedelta(hours=1), tablet, asleep=True)
    tablet.open()
    expect(page.locator(".resume")).to_contain_text("Nothing was lost. The circuit is over.")


@pytest.fixture
def freeze(chromium: Browser) -> Iterator[Callable[[], None]]:
    """Every page of this browser stands still for some seconds, as on a locked tablet."""
    session = chromium.new_browser_cdp_session()

    def stand_still() -> None:
        told: list[dict[str, Any]] = session.send("SystemInfo.getProcessInfo")["processInfo"]
        pids = [int(one["id"]) for one in told if one["type"] == "renderer"]
        assert pids
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        time.sleep(FROZEN_S)
        for pid in pids:
            os.kill(pid, signal.SIGCONT)

    yield stand_still
    session.detach()


def test_e4_a_frozen_page_goes_on_at_the_right_second(
    tablet: TabletPage, new_tablet: Callable[[None], TabletPage], freeze: Callable[[], None]
) -> None:
    tablet.ledger.planned = make_planned(work_s=3, rest_s=2)
    page = tablet.reach_circuit(CODES[:2])
    tablet.wait_until_sent()
    tablet.context.set_offline(True)
    tablet.tile("P01").tap()
    expect(page.locator(".truth")).to_contain_text("1 waiting")
    segment, _ = page.evaluate(READ_ENDS)
    freeze()
    expect(page.locator(".resume")).to_contain_text("Nothing was lost. The clock went on.")
    tablet.context.set_offline(False)
    tablet.wait_until_sent()
    assert len(tablet.ledger.of_kind("set")) == 1
    fresh = new_tablet(None)
    fresh.join_circuit("leyla")
    for _ in range(100):  # a segment is two or three seconds: both must say the same at some look
        ends = [one.page.evaluate(READ_ENDS) for one in (tablet, fresh)]
        if ends[0] == ends[1]:
            break
    assert ends[0] == ends[1]
    assert ends[0][0] >= segment + 3

"""The tablet under a finger: tap to paint on a slow processor, cold open offline, bytes."""

import shutil
import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import sync_playwright

from server.web.lean import pack
from server.web.tablet_files import list_app_files, list_start_modules, read_served
from tests.bench.conftest import BenchReport
from tests.browser.tablet_page import TabletPage
from tests.browser.tablet_site import TabletSite
from tests.browser.watching import QUIET_ARGUMENTS
from tests.live_scene import circuit_tiles
from tests.loopback_site import LoopbackSite
from tests.tablet_evening import CODES, make_planned

pytestmark = [pytest.mark.bench, pytest.mark.timeout(300)]

SLOWED = 4  # ux, acceptance 9: the processor of a cheap tablet
TAP_TO_PAINT_MS = 100
COLD_OPEN_MS = 1500
# What an evening has by its middle: every set of a round entered, and corrected twice.
FILL = """
async () => {
  const { logSet } = await import("/tablet/app/state/set_acts.js");
  const { participants } = await import("/tablet/app/state/model.js");
  for (const amount of [5, 6, 7]) for (const { code } of participants.value)
    for (let station = 0; station < 8; station++)
      await logSet(code, station, 1, () => ({ performed: { amount } }), null);
}
"""
# From the tap's own time stamp to the frame after the one that shows its outcome.
MEASURE = """
(selector) => {
  window.lastTap = new Promise((done) => {
    let begun = 0;
    addEventListener("click", (event) => (begun = event.timeStamp), { capture: true, once: true });
    const seen = new MutationObserver(() => {
      if (begun === 0) return;
      seen.disconnect();
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
    });
    const everything = { subtree: true, childList: true, attributes: true };
    seen.observe(document.querySelector(selector), everything);
  });
}
"""


@contextmanager
def frames_each_second(site: LoopbackSite) -> Iterator[None]:
    over = threading.Event()

    def feed() -> None:
        turn = 0
        while not over.wait(1.0):
            turn += 1
            site.show(circuit_tiles()[turn % 2 :] + circuit_tiles()[: turn % 2])

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    yield
    over.set()
    feeder.join()


@pytest.fixture
def tablet() -> Iterator[TabletPage]:
    site = TabletSite()
    site.ledger.planned = make_planned(work_s=900)
    site.start()
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        assert path is not None, "NO CHROMIUM HERE: `make browser` installs it"
        browser = playwright.chromium.launch(executable_path=path, args=QUIET_ARGUMENTS)
        yield TabletPage(site, browser)
        browser.close()
    site.stop()


def test_tap_to_paint_on_a_slow_processor(tablet: TabletPage, bench_report: BenchReport) -> None:
    page = tablet.reach_circuit()
    page.evaluate(FILL)
    n_entries = tablet.wait_until_sent()
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    taken_ms: list[float] = []
    with frames_each_second(tablet.site):
        for turn, code in enumerate([*CODES[:3], *CODES[5:8]] * 4):
            page.evaluate(MEASURE, ".app")
            tablet.tile(code).tap()
            taken_ms.append(page.evaluate("window.lastTap"))
            page.evaluate(MEASURE, ".app")
            page.locator(".amount").nth(turn % 4).tap()
            taken_ms.append(page.evaluate("window.lastTap"))
    p95_ms = statistics.quantiles(taken_ms, n=20)[-1]
    bench_report.write(
        "tap to paint, CPU slowed 4 x", entries=n_entries, taps=len(taken_ms),
        median_ms=statistics.median(taken_ms), p95_ms=p95_ms, worst_ms=max(taken_ms),
    )  # fmt: skip
    assert p95_ms <= TAP_TO_PAINT_MS


def test_cold_open_without_a_network(tablet: TabletPage, bench_report: BenchReport) -> None:
    page = tablet.reach_circuit()
    tablet.wait_until_sent()
    tablet.wait_for_worker()
    page.close()
    tablet.site.stop()
    taken_ms = []
    for _ in range(5):
        page = tablet.context.new_page()
        page.goto(tablet.site.url + "/tablet/")
        page.locator(".tile").first.wait_for()
        taken_ms.append(page.evaluate("performance.now()"))
        page.close()
    bench_report.write(
        "cold open offline", median_ms=statistics.median(taken_ms), worst_ms=max(taken_ms)
    )
    assert max(taken_ms) <= COLD_OPEN_MS


def test_bytes_over_the_air(bench_report: BenchReport) -> None:
    live = sum(len(pack(read_served(path))) for path in list_start_modules())
    scripts = sum(len(pack(read_served(p))) for p in list_app_files() if p.endswith(".js"))
    bench_report.write("scripts, packed", live_bytes=live, all_with_charts_bytes=scripts)

"""E1: the browser is killed between two taps, again and again; what was shown as saved is there."""

import contextlib
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from playwright.sync_api import BrowserContext, Error, Playwright, sync_playwright

from tests.browser.tablet_page import TabletPage
from tests.browser.tablet_site import TabletSite
from tests.browser.watching import QUIET_ARGUMENTS, TABLET, find_browser
from tests.tablet_evening import CODES

pytestmark = pytest.mark.browser

SEED = 20261126
# A finger that never rests: on a tile, then on numbers of its drawer. A number counts once its keys
# have stood for half a second, and moves the wait on.
KEEP_TAPPING = """
() => {
  const pick = (keys) => keys[Math.floor(Math.random() * (keys.length - 1))];
  pick(document.querySelectorAll(".tile")).click();
  setInterval(() => pick(document.querySelectorAll(".amount"))?.click(), 12);
}
"""
# Tells what is shown as saved, as soon as it is.
TELL_SAVED = """
async () => {
  const { effect } = await import("@preact/signals");
  const { entries } = await import("/tablet/app/state/model.js");
  effect(() => { tellSaved([...entries.value.keys()]); });
}
"""


@pytest.fixture
def playwright() -> Iterator[Playwright]:
    if find_browser() is None:
        pytest.skip("NO CHROMIUM HERE: `make browser` installs what these tests need")
    with sync_playwright() as started:
        yield started


class KilledTablet:
    """A tablet whose browser is killed; its profile, and so its store, stays."""

    def __init__(self, playwright: Playwright, site: TabletSite, profile: Path) -> None:
        self._playwright = playwright
        self._site = site
        self._profile = profile
        self.shown: set[str] = set()  # ids that were ever shown as saved

    def open(self) -> TabletPage:
        context = self._playwright.chromium.launch_persistent_context(
            str(self._profile),
            executable_path=find_browser(),
            args=QUIET_ARGUMENTS,
            viewport=TABLET,  # type: ignore[arg-type]
            has_touch=True,
        )
        context.expose_function("tellSaved", self.note_shown)
        return TabletPage(self._site, context=context)

    def note_shown(self, ids: list[str]) -> None:
        self.shown.update(ids)

    def kill(self, context: BrowserContext) -> None:
        """SIGKILL to every process of this profile, the browser first."""
        mark = f"--user-data-dir={self._profile}"
        mains = [p for p in psutil.process_iter(["cmdline"]) if mark in (p.info["cmdline"] or [])]
        family = [child for main in mains for child in (main, *main.children(recursive=True))]
        assert family
        for process in family:
            _kill_quietly(process)
        psutil.wait_procs(family, timeout=10)
        with contextlib.suppress(Error):  # it is gone, as wanted
            context.close()


def _kill_quietly(process: psutil.Process) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process.kill()


def read_ids(tablet: TabletPage) -> set[str]:
    return {entry["id"] for entry in tablet.read_store("entries")}


def kill_again_and_again(
    playwright: Playwright, site: TabletSite, profile: Path, n_kills: int
) -> None:
    chance = random.Random(SEED)
    killed = KilledTablet(playwright, site, profile)
    tablet = killed.open()
    tablet.reach_circuit(CODES[:6])
    tablet.wait_until_sent()
    tablet.wait_for_worker()
    site.stop()
    tablet.page.evaluate(TELL_SAVED)
    n_before = len(read_ids(tablet))
    for round_ in range(n_kills):
        tablet.page.evaluate(KEEP_TAPPING)
        time.sleep(chance.uniform(0.3, 1.3))
        killed.kill(tablet.context)
        tablet = killed.open()
        tablet.open()
        stored = read_ids(tablet)
        assert killed.shown <= stored, f"kill {round_}: shown as saved and not there"
        assert _read_shown(tablet) == stored
        tablet.page.evaluate(TELL_SAVED)
    assert len(killed.shown) - n_before > n_kills // 2
    site.start()
    tablet.switch_to("sara")
    tablet.wait_until_sent()
    assert sorted(site.ledger.ids) == sorted(read_ids(tablet))
    tablet.context.close()


def _read_shown(tablet: TabletPage) -> set[str]:
    script = """async () => {
      const { entries } = await import("/tablet/app/state/model.js");
      return [...entries.value.keys()];
    }"""
    shown: list[Any] = tablet.page.evaluate(script)
    return set(shown)


@pytest.mark.timeout(300)
def test_e1_killed_twenty_times_between_two_taps(
    playwright: Playwright, tablet_site: TabletSite, tmp_path: Path
) -> None:
    kill_again_and_again(playwright, tablet_site, tmp_path / "profile", 20)


@pytest.mark.nightly
def test_e1_killed_two_hundred_times_between_two_taps(
    playwright: Playwright, tablet_site: TabletSite, tmp_path: Path
) -> None:
    kill_again_and_again(playwright, tablet_site, tmp_path / "profile", 200)

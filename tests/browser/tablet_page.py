"""A trainer's tablet in Chromium: what a finger does on it, and what is left in its store."""

import re
from collections.abc import Sequence
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from server.live.frame import Tile
from server.web.tablet_files import APP
from tests.browser.tablet_site import TabletSite
from tests.browser.watching import PICTURES, TABLET, WATCH_POLICY
from tests.ledger_double import LedgerDouble
from tests.live_scene import circuit_tiles
from tests.loopback_site import LoopbackSite
from tests.tablet_evening import CODES, PINS, serial

SCREENS: Final = sorted(path.name for path in (APP / "screens").glob("*.js"))
EXPECTED_TROUBLE: Final = ("401", "503", "422", "403", "ERR_CONNECTION_REFUSED",
                           "ERR_INTERNET_DISCONNECTED", "ERR_INCOMPLETE", "ERR_NETWORK_CHANGED",
                           "ERR_EMPTY_RESPONSE", "ERR_CONNECTION_RESET")  # fmt: skip
ALL_SENT: Final = r"""
() => /^\D*(\d+)\D+\1\s*$/.test(document.querySelector(".saved")?.innerText ?? "")
"""
WHEN_WRITTEN: Final = """
async () => void (await (await import("/tablet/app/state/entering.js")).whenWritten())
"""
# A wait looks again only at what is no promise: modules are here before it begins.
BRING_LIVE: Final = """
async () => void (window.live = await import("/tablet/app/state/live.js"))
"""
SEES_STRAP: Final = "([strap, word]) => window.live.tileOf(strap).value?.word === word"
GIVE_STRAPS: Final = """
async (straps) => {
  const { assignStrap } = await import("/tablet/app/state/arrival_acts.js");
  for (const [code, serial] of Object.entries(straps)) {
    await assignStrap(code, serial, "suggested", null);
  }
}
"""
PRESS_DIGITS: Final = """
async (digits) => {
  const drawn = () => new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = done;
    channel.port2.postMessage(0);
  });
  for (const digit of digits) {
    await drawn();
    const local = String.fromCharCode(0x06f0 + Number(digit));
    const keys = [...document.querySelectorAll(".pad .key")];
    keys.find(({ textContent }) => [digit, local].includes(textContent)).click();
  }
}
"""
# Modules that are here already come at once, and are the app's own.
BRING_SCREENS: Final = """
(names) => Promise.all(names.map((name) => import(`/tablet/app/screens/${name}`)))
"""
IS_HERE: Final = "(selector) => document.querySelector(selector) !== null"
PRESS_MAIN: Final = """
([screen, words]) => {
  const key = document.querySelector(`[data-screen="${screen}"] .main-action`);
  if (!key?.innerText.includes(words)) return false;
  key.click();
  return true;
}
"""
# As on an address that the browser doesn't trust: the app runs, and nothing keeps its files.
UNTRUSTED: Final = "delete Navigator.prototype.serviceWorker;"
READ_STORE: Final = """
async (store) => {
  const open = indexedDB.open("doseline-tablet");
  await new Promise((done) => (open.onsuccess = done));
  const all = open.result.transaction(store).objectStore(store).getAll();
  await new Promise((done) => (all.onsuccess = done));
  open.result.close();
  return all.result.map((one) => JSON.parse(JSON.stringify(one)));
}
"""


class TabletPage:
    """One tablet: its browser context, its page, and everything that went wrong in it."""

    def __init__(
        self,
        site: LoopbackSite,
        browser: Browser | None = None,
        context: BrowserContext | None = None,
        size: dict[str, int] | None = None,
        *,
        keeps_app: bool = True,
    ) -> None:
        self.site = site
        if context is None:
            assert browser is not None
            context = browser.new_context(viewport=size or TABLET, has_touch=True)  # type: ignore[arg-type]
        self.context = context
        self.context.add_init_script(WATCH_POLICY)
        if not keeps_app:
            self.context.add_init_script(UNTRUSTED)
        self.page: Page = context.pages[0] if context.pages else context.new_page()
        self.page.set_default_timeout(30_000)
        self.trouble: list[str] = []
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("console", self._note_error)

    def _note_error(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(word in message.text for word in EXPECTED_TROUBLE):
            self.trouble.append(message.text)

    @property
    def ledger(self) -> LedgerDouble:
        """What the double of the API holds, and its switches."""
        assert isinstance(self.site, TabletSite)
        return self.site.ledger

    def open(self) -> Page:
        """Load the app and wait until it stands."""
        self.page.goto(self.site.url + "/tablet/")
        self.wait_ready()
        return self.page

    def wait_ready(self) -> None:
        self.page.locator("html[data-ready=true]").wait_for()

    def wait_for_worker(self) -> None:
        """Until the app would open without a network."""
        self.page.wait_for_function("() => navigator.serviceWorker.controller !== null")

    def tap(self, name: str, within: str | None = None, *, exact: bool = True) -> None:
        root: Page | Locator = self.page.locator(within) if within else self.page
        root.get_by_role("button", name=name, exact=exact).first.tap()

    def enter_pin(self, pin: str) -> None:
        """The first digit with a finger, which waits for the pad; the others by a click each."""
        self.tap(pin[0], ".pad")
        self.page.evaluate(PRESS_DIGITS, pin[1:])

    def sign_in(self, name: str = "sara") -> None:
        """The first time on this tablet: name once, then six digits."""
        self.page.get_by_label("Your name").fill(name)
        self.enter_pin(PINS[name])
        self.page.get_by_role("heading", name="Today").wait_for()

    def switch_to(self, name: str) -> None:
        """Another card, six digits."""
        self.page.locator(".truth-who").tap()
        self.page.locator(".staff-card", has_text=name).tap()
        self.enter_pin(PINS[name])
        self.page.locator(".who").wait_for(state="detached")

    def start_room_check(self) -> None:
        self.tap("Start room check")
        self.page.locator('[data-screen="room_check"]').wait_for()

    def go_to_arrivals(self) -> None:
        self.tap("Go to arrivals")
        self.page.locator('[data-screen="arrivals"]').wait_for()

    def give_straps(self, codes: Sequence[str]) -> None:
        """The strap of last time for each; that she wears one says that she is here.

        One by hand, the others by what a tap on the key calls: those taps are all alike.
        """
        for code in codes[:1]:
            self.tile(code).tap()
            self.tap("As last time: " + f"{CODES.index(code) + 1:02d}")
            self.tap("Close", ".drawer")
        self._give_by_calls(codes[1:])

    def _give_by_calls(self, codes: Sequence[str]) -> None:
        given = {code: serial(CODES.index(code) + 1) for code in codes}
        self.page.evaluate(GIVE_STRAPS, given)

    def rate_next(self, place: int) -> None:
        """A tap on that row of the scale; over when the next woman is asked about."""
        asked = self.page.locator(".asked").inner_text()
        self.page.locator(".grade").nth(place).tap()
        expect(self.page.locator(".asked")).not_to_have_text(asked)

    def start_warm_up(self) -> None:
        self.page.locator(".arrivals .main-action").tap()
        self.page.locator('[data-screen="warmup"]').wait_for()

    def start_circuit(self) -> None:
        self.tap("Start the circuit")
        self.page.locator('[data-screen="circuit"]').wait_for()

    def reach_circuit(self, codes: Sequence[str] = CODES) -> Page:
        """From nothing to a running clock by clicks of the page: evenings get there by taps."""
        page = self.open()
        self._sign_in_by_clicks("sara")
        self._press_main("today", "Start room check")
        self._press_main("room_check", "Go to arrivals")
        self.page.wait_for_function(IS_HERE, arg='[data-screen="arrivals"] .main-action')
        self._give_by_calls(codes)
        self._press_main("arrivals", "Start")
        self._press_main("warmup", "Start the circuit")
        self.page.locator('[data-screen="circuit"]').wait_for()
        return page

    def join_circuit(self, name: str) -> None:
        """Into the circuit that another tablet has begun."""
        self.open()
        self._sign_in_by_clicks(name)
        self._press_main("today", "Start room check")
        self.page.locator('[data-screen="circuit"]').wait_for()

    def _sign_in_by_clicks(self, name: str) -> None:
        self.page.get_by_label("Your name").fill(name)
        self.page.wait_for_function(IS_HERE, arg=".pad .key:enabled")
        self.page.evaluate(PRESS_DIGITS, PINS[name])

    def _press_main(self, screen: str, words: str) -> None:
        """In the frame in which it says so: today's says otherwise until the time is known."""
        self.page.wait_for_function(PRESS_MAIN, arg=[screen, words])

    def tile(self, code: str) -> Locator:
        return self.page.locator(f'.tile[data-code="{code}"]')

    def show_straps(self, tiles: Sequence[Tile] | None = None) -> None:
        """One live frame."""
        self.site.show(circuit_tiles() if tiles is None else tiles)

    def show_until_seen(self, tile: Tile) -> None:
        """Frames with it alone until the page has one: a stream opened just now misses them."""
        told = [tile.strap, tile.word]
        self.page.evaluate(BRING_LIVE)
        for _ in range(60):
            self.wait_for_stream()
            self.show_straps([tile])
            try:
                self.page.wait_for_function(SEES_STRAP, arg=told, timeout=500)
            except PlaywrightTimeout:
                continue
            return
        raise TimeoutError(f"the tablet never showed {tile.word} of strap {tile.strap}")

    def read_store(self, store: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.page.evaluate(READ_STORE, store)
        return found

    def list_refused(self) -> list[str]:
        """What the server said of entries that it didn't take."""
        entries = self.read_store("entries") if self.page.url.startswith(self.site.url) else []
        return [one["refusal"]["message"] for one in entries if one["state"] == "refused"]

    def counted(self) -> tuple[int, int]:
        """What the truth line says: saved on the tablet, on the server."""
        words = self.page.locator(".saved").inner_text().replace(":", " ").split()
        numbers = [int(word) for word in words if word.isdigit()]
        return numbers[0], numbers[1]

    def wait_for_counts(self, saved: int, on_server: int) -> None:
        """Until the truth line says so; a tap counts when the disk has it, milliseconds later."""
        words = re.compile(rf"Saved on tablet {saved} · on server {on_server}\b")
        expect(self.page.locator(".saved")).to_have_text(words)

    def wait_until_sent(self) -> int:
        """Until nothing waits; how many entries there are."""
        self.page.evaluate(WHEN_WRITTEN)
        self.page.wait_for_function(ALL_SENT, timeout=45_000)  # a wait of the backoff is 30 s
        return self.counted()[0]

    def lose_server(self) -> None:
        """Not before all screens are here, which the app brings in quietly within a second."""
        self.page.evaluate(BRING_SCREENS, SCREENS)
        self.site.stop()

    def come_back(self) -> None:
        """The server is there again, and its stream says so a moment later."""
        self.site.start()
        self.wait_for_stream()
        self.show_straps()

    def wait_for_stream(self) -> None:
        """Until the server has a viewer."""
        for _ in range(500):
            if self.site.n_viewers > 0:
                return
            self.page.wait_for_timeout(20)
        raise TimeoutError("the tablet did not open its stream")

    def picture(self, name: str) -> None:
        """Kept in out/browser for people to look at."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(PICTURES / f"tablet-{name}.png"))

    def broken_policies(self) -> list[str]:
        found: list[str] = self.page.evaluate("window.brokenPolicies")
        return found

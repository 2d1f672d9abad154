"""A participant's phone in Chromium at the real server, and what a trainer does meanwhile."""

import re
from pathlib import Path
from typing import Any, Final

import httpx
from fastapi import FastAPI
from playwright.sync_api import Browser, ConsoleMessage, Page
from sqlalchemy import update

from protocol.identifiers import name_author
from protocol.ledger.uuid7 import make_uuid7
from server.participant_access.tables import PARTICIPANT_SESSIONS
from server.safety.phone_list import write_phones
from server.safety.phones import Phone as Number
from server.study.next_day import NextDay, append_next_day
from tests.browser.barriers import list_barriers
from tests.browser.watching import PICTURES, WATCH_POLICY
from tests.loopback_site import LoopbackSite
from tests.own_phone import Evening
from tests.staff import SAME_SITE
from tests.studies import make_study

PHONE: Final = {"width": 390, "height": 844}  # ux, 2
LEAST_TARGET_PX: Final = 64  # tremor
_EXPECTED: Final = ("ERR_INTERNET_DISCONNECTED", "401", "403", "409")
_SMALL: Final = """
(least) => [...document.querySelectorAll("button, a, summary, select")]
  .filter((one) => one.checkVisibility())
  .map((one) => [one.innerText, one.getBoundingClientRect()])
  .filter(([, box]) => Math.min(box.width, box.height) < least - 0.5)
  .map(([words, box]) => `${words}: ${Math.round(box.width)} x ${Math.round(box.height)}`)
"""


class OwnSite(LoopbackSite):
    """The whole server with an Evening; its clock stands where the test puts it."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._opening = make_study(folder / "study").open()
        storage = self._opening.__enter__()
        self.evening = Evening(storage)
        with storage.database.writing() as connection:
            write_phones(connection, [Number("Ambulance", "115")], "os:test")

    def build_app(self) -> FastAPI:
        self.viewers = self.evening.app.state.viewers
        return self.evening.app

    def close(self) -> None:
        super().close()
        self._opening.__exit__(None, None, None)

    def make_address(self, code: str = "P07") -> str:
        """What a card's code holds."""
        page = self._ask("POST", "/cards", data={"act": "here", "code": code}).text
        found = re.search(r'href="([^"]+/me/#[^"]+)"', page)
        assert found is not None, page
        return found[1]

    def write(self, rows: list[dict[str, Any]]) -> None:
        self._ask("POST", f"/api/v1/sessions/{self.evening.session}/events", json=rows)

    def read_events(self, kind: str) -> list[dict[str, Any]]:
        path = f"/api/v1/sessions/{self.evening.session}/events"
        events = self._ask("GET", path).json()["events"]
        return [one for one in events if one["kind"] == kind]

    def read_page(self, path: str) -> str:
        return self._ask("GET", path).text

    def end_own_sessions(self) -> None:
        """As half an hour would on a tablet that was handed over."""
        with self.evening.storage.database.writing() as connection:
            connection.execute(update(PARTICIPANT_SESSIONS).values(ended_wall_ns=1))

    def say_worse(self, code: str) -> None:
        """Her answer the day after."""
        made = make_uuid7(self.evening.wall.ms, bytes(10))
        author = name_author(code)
        said = NextDay(
            made, self.evening.session, author, worse=True, what=("pain",), call_me=False
        )
        with self.evening.storage.database.writing() as connection:
            append_next_day(connection, said, code, author, self.evening.wall.ms)

    def _ask(self, method: str, path: str, **what: Any) -> httpx.Response:
        headers = {**SAME_SITE, **self.evening.staff(device="00000000000000a1")}
        answer = httpx.request(method, self.url + path, headers=headers, trust_env=False, **what)
        assert answer.status_code == 200, answer.text
        return answer


class StaffPage:
    """Sara at a console."""

    def __init__(self, browser: Browser, site: OwnSite) -> None:
        self.context = browser.new_context()
        name, _, value = site.evening.staff()["Cookie"].partition("=")
        url = site.url.replace("http:", "https:")
        self.context.add_cookies([{"name": name, "value": value, "url": url, "secure": True}])
        self.page: Page = self.context.new_page()


class OwnPage:
    """One phone; everything that went wrong in it is in `trouble`."""

    def __init__(self, browser: Browser, site: OwnSite) -> None:
        self.site = site
        self.context = browser.new_context(
            viewport=PHONE,  # type: ignore[arg-type]
            has_touch=True,
            timezone_id="UTC",
        )
        self.context.add_init_script(WATCH_POLICY)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.trouble: list[str] = []
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("console", self._note_error)

    def _note_error(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(word in message.text for word in _EXPECTED):
            self.trouble.append(message.text)

    def open(self, address: str) -> Page:
        self.page.goto(address)
        self.page.locator("html[data-ready=true]").wait_for()
        return self.page

    def reload(self) -> None:
        self.page.reload()
        self.page.locator("html[data-ready=true]").wait_for()

    def tap(self, name: str, *, exact: bool = True) -> None:
        self.page.get_by_role("button", name=name, exact=exact).first.tap()

    def look(self, name: str) -> list[str]:
        """A picture for people to look at, and what keeps somebody out of this screen."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(PICTURES / f"own-{name}.png"))
        self.page.screenshot(path=str(PICTURES / f"own-{name}-whole.png"), full_page=True)
        width = PHONE["width"]
        small: list[str] = self.page.evaluate(_SMALL, LEAST_TARGET_PX)
        barriers = list_barriers(self.page, width) + small
        self.page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        self.page.screenshot(path=str(PICTURES / f"own-{name}-twice.png"))
        self.page.evaluate("document.documentElement.style.fontSize = ''")
        return barriers + ([f"at 200 % it is {wide} px wide"] if wide > width else [])

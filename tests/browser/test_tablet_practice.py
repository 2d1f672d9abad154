"""T13: a trainer rehearses the evening without a network, and nothing of it is anywhere else."""

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import Page, Request, expect

from protocol.errors import InvalidMessageError
from server.sessions.outbox_file import decode_outbox
from tests.browser.in_persian import choose_persian, look_in_persian
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_access import examine

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

PRACTICE: Final = "/tablet/practice/"
# Which databases a page opens; before anything is loaded.
WATCH_STORES: Final = """
window.storesOpened = [];
const open = IDBFactory.prototype.open;
IDBFactory.prototype.open = function (name, ...more) {
  window.storesOpened.push(name);
  return open.call(this, name, ...more);
};
"""
READ_ALL: Final = """
async (name) => {
  const asked = indexedDB.open(name);
  const database = await new Promise((done) => (asked.onsuccess = () => done(asked.result)));
  const all = {};
  for (const store of database.objectStoreNames) {
    const objects = database.transaction(store).objectStore(store);
    const [keys, values] = [objects.getAllKeys(), objects.getAll()];
    await new Promise((done) => (values.onsuccess = done));
    all[store] = Object.fromEntries(keys.result.map((key, at) => [key, values.result[at]]));
  }
  database.close();
  return JSON.parse(JSON.stringify(all));
}
"""
GIVE_USUAL: Final = """
async (late) => {
  const { assignStrap } = await import("/tablet/app/state/arrival_acts.js");
  const { participants } = await import("/tablet/app/state/model.js");
  for (const { code, usual_strap: strap } of participants.value) {
    if (code !== late) await assignStrap(code, strap, "suggested", null);
  }
}
"""
TRY_TO_REACH: Final = """
async () => {
  const tried = [fetch("/api/v1/self"), fetch("/api/v1/sessions/x/events", { method: "POST" })];
  const outcomes = await Promise.allSettled(tried);
  const stream = new EventSource("/api/v1/sessions/now/live");
  await new Promise((done) => (stream.onerror = done));
  navigator.sendBeacon("/api/v1/sign-out");
  return [...outcomes.map(({ status }) => status), stream.readyState];
}
"""
LATE: Final = "X14"
VOLATILE: Final = ("alive", "bundle", "head/")  # what an app that runs writes by itself


def read_store(page: Page, *also_volatile: str) -> dict[str, Any]:
    """All that the evening's store holds, but what a running app writes by itself."""
    stores: dict[str, Any] = page.evaluate(READ_ALL, "doseline-tablet")
    volatile = (*VOLATILE, *also_volatile)
    stores["kept"] = {
        key: one for key, one in stores["kept"].items() if not key.startswith(volatile)
    }
    return stores


class Practice:
    """The walk: T2, one tap, and on with the tablet's own screens."""

    def __init__(self, tablet: TabletPage) -> None:
        self.tablet, self.page = tablet, tablet.page
        self.trouble: dict[str, Any] = {}

    def begin(self) -> None:
        self.tablet.tap("Practice")
        self.page.locator(".practice-word").wait_for()
        self.tablet.wait_ready()

    def look(self, name: str) -> None:
        """A picture; the word is there, and nothing is wrong with the screen."""
        expect(self.page.locator(".practice-word")).to_be_visible()
        assert self.page.title().startswith("PRACTICE")
        self.page.wait_for_timeout(150)
        self.tablet.picture(f"practice-{name}")
        self.trouble |= {f"{name} {what}": one for what, one in examine(self.page).items() if one}

    def reach_arrivals(self) -> None:
        self.tablet.start_room_check()
        self.tablet.go_to_arrivals()
        self.page.evaluate(GIVE_USUAL, LATE)

    def reach_circuit(self) -> None:
        self.tablet.start_warm_up()
        self.tablet.start_circuit()

    def choose(self, *troubles: str) -> None:
        self.tablet.tap("Troubles")
        for name in troubles:
            self.tablet.tap(name, ".practice-panel")
            expect(self.page.locator(".practice-open")).to_contain_text(name)

    def leave(self) -> None:
        self.tablet.tap("Leave")
        self.tablet.tap("Leave the practice now")
        self.page.locator(".practice-word").wait_for(state="detached")
        self.tablet.wait_ready()


@pytest.fixture
def practice(tablet: TabletPage) -> Iterator[Practice]:
    tablet.page.add_init_script(WATCH_STORES)
    tablet.page.clock.install()
    tablet.open()
    tablet.sign_in()
    walk = Practice(tablet)
    yield walk
    assert not walk.trouble, "\n".join(f"{where}: {what}" for where, what in walk.trouble.items())


@pytest.mark.kept_app
def test_a_whole_short_practice_without_a_network(practice: Practice) -> None:
    tablet, page = practice.tablet, practice.page
    tablet.wait_for_worker()
    before = read_store(page)
    tablet.lose_server()
    practice.begin()
    practice.look("today")
    practice.reach_arrivals()
    page.clock.run_for(3_000)
    expect(tablet.tile("X03")).to_contain_text("Good")
    practice.look("arrivals")
    practice.reach_circuit()
    practice.choose("A strap falls off", "A woman feels unwell")
    practice.look("troubles")
    page.keyboard.press("Escape")
    page.clock.run_for(14_000)
    expect(page.locator(".tile", has_text="Lost 0:1")).to_have_count(1)
    expect(page.locator(".practice-news")).to_contain_text("says: everything turns")
    practice.look("circuit")
    said = page.locator(".practice-news").inner_text()
    tablet.tap("STOP / EVENT", exact=False)
    page.locator(".who-tile", has_text=said.split("X")[1][:2]).tap()
    practice.look("stop")
    tablet.tap("Dizzy or faint")
    page.locator(".event-sheet .done").tap()
    expect(page.locator(".practice-news")).not_to_contain_text("everything turns")  # answered
    tablet.tap("Effort (RPE)")
    expect(page.locator(".practice-news")).to_contain_text("says: 1")
    practice.look("effort")
    page.locator(".effort .done").tap()
    tablet.tap("Score")
    score = page.locator(".practice-panel")
    expect(score).to_contain_text("Something was done about it after 0:1")
    expect(score).to_contain_text("Nothing was done about it yet.")
    expect(score).to_contain_text("Print this list")
    practice.look("score")
    practice.leave()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    assert not page.title().startswith("PRACTICE")
    assert read_store(page) == before
    assert tablet.ledger.events == {}


def test_after_a_reload_or_a_crash_it_is_still_a_practice(practice: Practice) -> None:
    tablet, page = practice.tablet, practice.page
    practice.begin()
    practice.reach_arrivals()
    practice.choose("Battery low")
    saved = tablet.wait_until_sent()
    page.reload()
    tablet.wait_ready()
    expect(page.locator(".practice-word")).to_be_visible()
    expect(page.locator(".saved")).to_contain_text(f"Saved on tablet {saved} · on server {saved}")
    tablet.tap("Troubles")
    expect(page.locator(".practice-open")).to_contain_text("Battery low")
    page.goto(tablet.site.url + "/tablet/")  # as from the home screen
    page.wait_for_url("**" + PRACTICE)
    tablet.wait_ready()
    expect(page.locator('[data-screen="arrivals"]')).to_be_visible()
    practice.leave()
    page.goto(tablet.site.url + PRACTICE)
    expect(page.get_by_text("No practice is going on.")).to_be_visible()
    page.get_by_role("button", name="To Today").tap()
    page.get_by_role("heading", name="Today").wait_for()


def test_nothing_of_a_practice_reaches_server_or_store_and_nothing_real_the_practice(
    practice: Practice,
) -> None:
    tablet, page = practice.tablet, practice.page
    before = read_store(page, "sealed/")  # who has a server seals anew at each start
    asked: list[str] = []
    page.on("request", lambda request: note_request(asked, request))
    tablet.ledger.n_posts = 0
    practice.begin()
    asked.clear()  # the real page was still there at the tap
    page.reload()
    tablet.wait_ready()
    practice.reach_arrivals()
    saved = tablet.wait_until_sent()
    assert saved > 40
    assert asked == []
    assert set(page.evaluate("window.storesOpened")) == {
        "doseline-practice",
        "doseline-practice-server",
    }
    assert page.evaluate(TRY_TO_REACH) == ["rejected", "rejected", 2]  # the server is there
    assert any("connect-src" in one for one in tablet.broken_policies())
    practised = json.dumps(page.evaluate(READ_ALL, "doseline-practice"))
    for real in ("Leila", "Fingolimod", '"P01"', "8AA87D", '"hash"'):
        assert real not in practised
    assert "X01" in practised
    with pytest.raises(InvalidMessageError):
        decode_outbox(save_file(tablet))
    practice.leave()
    assert read_store(page, "sealed/") == before
    assert (tablet.ledger.n_posts, tablet.ledger.events) == (0, {})
    tablet.trouble.clear()  # what the policy refused above is written to the console


def test_the_troubles_do_what_the_menu_says(practice: Practice) -> None:
    tablet, page = practice.tablet, practice.page
    practice.begin()
    practice.reach_arrivals()
    practice.reach_circuit()
    practice.choose("The Wi-Fi is away", "Effort jumps from highest to lowest", "A latecomer")
    expect(tablet.page.get_by_role("button", name="A second tablet contradicts")).to_be_disabled()
    high = page.locator(".practice-open li", has_text="highest").inner_text().split("X")[1][:2]
    tablet.tap("Troubles")
    tablet.tap("Effort (RPE)")
    page.locator(".ask-tile", has_text=f"X{high}").tap()
    expect(page.locator(".practice-news")).to_contain_text(f"X{high} says: 20.")
    page.clock.run_for(600)  # a key that changed its meaning counts again
    page.locator(".grade").last.tap()
    page.locator(".effort .done").tap()
    expect(page.locator(".saved")).to_contain_text("1 waiting")
    expect(page.locator(".truth")).to_contain_text("Server away since")
    page.get_by_role("button", name="×4 as fast", exact=True).tap()
    left = read_left(page)
    page.clock.run_for(5_000)
    assert 19 <= left - read_left(page) <= 21
    tablet.tap("Troubles")
    tablet.tap("The Wi-Fi is back")
    page.clock.run_for(3_000)
    expect(page.locator(".truth")).to_contain_text("Wi-Fi ✓")
    expect(page.locator(".saved")).not_to_contain_text("waiting")
    tablet.tap("A second tablet contradicts")
    page.clock.run_for(3_000)
    assert page.evaluate(READ_CONFLICTS) == [f"X{high}/1"]
    tablet.tap("Score")
    expect(page.locator(".practice-panel")).to_contain_text(
        "1 entry was made while it was away. It was back after 0:2"
    )
    expect(page.locator(".practice-panel")).to_contain_text("Everything is sent.")


READ_CONFLICTS: Final = """
async () => {
  const { state } = await import("/tablet/app/state/model.js");
  return state.value.conflicts.map(({ about }) => about);
}
"""


def read_left(page: Page) -> int:
    """Seconds of the segment that runs."""
    minutes, seconds = page.locator(".band .clock").inner_text().split(":")
    return int(minutes) * 60 + int(seconds)


def save_file(tablet: TabletPage) -> str:
    """What the connection sheet's key writes."""
    tablet.page.locator(".truth-facts").tap()
    with tablet.page.expect_download() as coming:
        tablet.tap("Save outbox to file")
    tablet.tap("Close", ".connection")
    assert coming.value.suggested_filename.startswith("PRACTICE-")
    return coming.value.path().read_text(encoding="utf-8")


def note_request(asked: list[str], request: Request) -> None:
    if "/api/" in request.url and PRACTICE in request.frame.url:
        asked.append(request.url)


READ_GRADES: Final = """
() => [...document.querySelectorAll(".grade")].map((node) => {
  const { left, top, height, bottom } = node.getBoundingClientRect();
  return [node.querySelector("b").textContent, Math.round(left), top, height, bottom];
})
"""


@pytest.mark.parametrize("size", [(1024, 768), (1280, 800)])
def test_grades_of_a_practice_on_a_small_tablet_are_all_seen_and_64_px_high(
    new_tablet: Callable[[dict[str, int] | None], TabletPage], size: tuple[int, int]
) -> None:
    """In two columns, read downwards: 6 to 13, then 14 to 20."""
    practice = Practice(new_tablet({"width": size[0], "height": size[1]}))
    page = practice.page
    page.clock.install()
    practice.tablet.open()
    practice.tablet.sign_in()
    practice.begin()
    practice.reach_arrivals()
    practice.reach_circuit()
    practice.tablet.tap("Effort (RPE)")
    page.locator(".grade").first.wait_for()
    practice.look(f"effort-{size[0]}")
    grades = page.evaluate(READ_GRADES)
    assert [number for number, *_ in grades] == [str(number) for number in range(6, 21)]
    assert min(height for *_, height, _ in grades) >= 64
    assert max(bottom for *_, bottom in grades) <= size[1]
    assert sorted(grades, key=lambda one: (one[1], one[2])) == grades
    assert practice.trouble == {}


def test_a_practice_in_persian_has_persian_digits(
    tablet: TabletPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_persian(tablet.page, tablet.site.url)
    look_in_persian(monkeypatch)
    tablet.open()
    tablet.sign_in()
    Practice(tablet).begin()
    expect(tablet.page.locator(".practice-speed")).to_contain_text("۱۰")
    expect(tablet.page.locator(".saved")).to_contain_text("۰")

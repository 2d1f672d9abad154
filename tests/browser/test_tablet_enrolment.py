"""T0, threat 8, promise E6: a tablet is enrolled, works, is revoked, and erases itself at last."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from server.people.roles import Role
from server.sessions.ledger import read_events
from tests.browser.axe import find_violations
from tests.browser.barriers import CONTRASTS
from tests.browser.real_site import RealSite
from tests.browser.tablet_page import TabletPage
from tests.browser.watching import PICTURES, TABLET
from tests.staff import PASSWORD, add_person
from tests.tablet_evening import FIRST_NAMES

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

LIST_STORES = "async () => (await indexedDB.databases()).map(({ name }) => name)"
READ_KEPT = """
async () => {
  const open = indexedDB.open("doseline-tablet");
  await new Promise((done) => (open.onsuccess = done));
  const asked = open.result.transaction("kept").objectStore("kept").getAllKeys();
  await new Promise((done) => (asked.onsuccess = done));
  open.result.close();
  return asked.result;
}
"""
SMALL = """
() => [...document.querySelectorAll("button, a.key")].filter((one) => one.checkVisibility())
  .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => Math.min(box.width, box.height) < 63.5).map(([words]) => words)
"""


HERS = "01936f9c-0000-7000-8000-00000000a001"
# As her own page leaves it: another store of the same browser.
LEAVE_HERS = """
(entry) => new Promise((resolve) => {
  const opening = indexedDB.open("doseline-own", 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore("entries", { keyPath: "id" }).createIndex("state", "state");
    opening.result.createObjectStore("kept");
  };
  opening.onsuccess = () => {
    const writing = opening.result.transaction("entries", "readwrite");
    writing.objectStore("entries").add(entry);
    writing.oncomplete = () => (opening.result.close(), resolve());
  };
})
"""


def make_hers(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry of a participant, who was handed this tablet."""
    return {**entry["envelope"], "id": HERS, "actor": "participant.p01"}


class Console:
    """A computer beside the tablet, on the page of tablets."""

    def __init__(self, browser: Browser, site: RealSite) -> None:
        add_person(site.storage.database, "ada", Role.ADMIN)
        self.page = browser.new_context(viewport=TABLET).new_page()  # type: ignore[arg-type]
        self.site = site
        self.sign_in("ada")

    def sign_in(self, name: str) -> None:
        self.page.context.clear_cookies()
        self.page.goto(self.site.url + "/tablets")
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(self.site.url + "/tablets")

    def make_code(self, name: str) -> str:
        self.page.get_by_label("What the tablet is called").fill(name)
        self.page.get_by_label("Your password, once more").fill(PASSWORD)
        self.page.get_by_role("button", name="Make a code").click()
        return self.page.locator(".tablet-code").inner_text()

    def require_enrolled(self) -> None:
        self.page.goto(self.site.url + "/tablets")
        self.page.get_by_label("Your password, to change this").fill(PASSWORD)
        self.page.get_by_role("button", name="Let only enrolled tablets be used").click()
        expect(self.page.locator(".done")).to_contain_text("enrolled tablets only")

    def revoke(self, name: str) -> None:
        self.page.get_by_label(f"Why {name} is revoked").fill("left in a taxi")
        self.page.get_by_role("button", name=f"Revoke {name}").click()
        expect(self.page.locator(".done")).to_contain_text("Revoked.")

    def look(self, name: str) -> None:
        look(self.page, name)


def look(page: Page, name: str) -> None:
    """A picture for people, and what a program sees of barriers."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(PICTURES / f"{name}.png"))
    assert find_violations(page) == []
    assert [words for words, ratio in page.evaluate(CONTRASTS) if ratio < 7] == []


@pytest.fixture
def console(chromium: Browser, real_site: RealSite) -> Iterator[Console]:
    made = Console(chromium, real_site)
    yield made
    made.page.context.close()


@pytest.fixture
def tablet(chromium: Browser, real_site: RealSite) -> Iterator[TabletPage]:
    made = TabletPage(real_site, chromium)
    yield made
    broken, trouble = made.broken_policies(), made.trouble
    made.context.close()
    assert (broken, trouble) == ([], [])


def list_ids(site: RealSite, session: str) -> set[str]:
    with site.storage.database.reading() as connection:
        return {one.event.id for one in read_events(connection, session)}


def test_a_tablet_is_enrolled_works_is_revoked_and_nothing_is_lost(
    real_site: RealSite, console: Console, tablet: TabletPage
) -> None:
    page = tablet.page
    console.require_enrolled()
    tablet.open()
    expect(page.locator(".who")).to_contain_text("This study takes enrolled tablets only")
    page.get_by_label("Your name").fill("sara")
    tablet.enter_pin("271828")
    expect(page.locator(".pin .said")).to_contain_text("This tablet isn't enrolled")
    enrol(tablet, console)
    tablet.tap("Back")
    tablet.sign_in()
    tablet.start_room_check()
    tablet.wait_until_sent()
    page.locator(".truth-facts").tap()
    expect(page.locator(".where-list")).to_contain_text("EnrolledAs Blue.")
    tablet.tap("Close", ".connection")
    tablet.context.set_offline(True)
    tablet.tap("Fan on")
    tablet.tap("Water")
    page.get_by_text("2 waiting").wait_for()
    waiting = [one for one in tablet.read_store("entries") if one["state"] == "waiting"]
    page.evaluate(LEAVE_HERS, {**waiting[0], "id": HERS, "envelope": make_hers(waiting[0])})
    console.page.goto(real_site.url + "/tablets")
    console.revoke("Blue")
    be_revoked(tablet)
    console.sign_in("sara")
    expect(console.page.locator("[data-tablet]")).to_contain_text(
        "Entries it handed in: 3 (participant.p01 1, sara 2)"
    )
    assert list_ids(real_site, waiting[0]["session"]).isdisjoint(one["id"] for one in waiting)
    console.look("tablets-handed-in")
    console.page.get_by_label("Why, about the entries of Blue").fill("only mislaid")
    console.page.get_by_role("button", name="Take all of them").click()
    expect(console.page.locator(".done")).to_contain_text("Decided")
    assert {one["id"] for one in waiting} <= list_ids(real_site, waiting[0]["session"])


def enrol(tablet: TabletPage, console: Console) -> None:
    page = tablet.page
    tablet.tap("Enrol this tablet")
    expect(page.locator('[data-check="clock"]')).to_contain_text("OK")
    expect(page.locator('[data-check="worker"]')).to_contain_text("✓ OK")
    page.get_by_label("The code: six letters and digits").fill("000000")
    tablet.tap("Enrol")
    expect(page.locator(".enrol [role=status]")).to_contain_text("This code can't be used.")
    look(page, "tablet-enrol")
    assert page.evaluate(SMALL) == []
    code = console.make_code("Blue")
    console.look("tablets-code")
    page.get_by_label("The code: six letters and digits").fill(code.lower())
    tablet.tap("Enrol")
    expect(page.locator(".enrol")).to_contain_text("This tablet is enrolled as Blue.")
    assert "doseline-tablet" not in page.evaluate("document.cookie")  # no script reads it
    look(page, "tablet-enrolled")


def be_revoked(tablet: TabletPage) -> None:
    """While its hand-in fails nobody is named any more and the entries stay; then it is empty."""
    page = tablet.page
    page.route("**/api/v1/tablet/last-entries", lambda route: route.abort("connectionrefused"))
    tablet.context.set_offline(False)
    page.get_by_role("heading", name="This tablet (Blue) was revoked.").wait_for()
    page.get_by_text("3 entries").wait_for()
    look(page, "tablet-revoked")
    kept = page.evaluate(READ_KEPT)
    assert {"bundle", "sealed/people", "sealed/verifiers", "actor"}.isdisjoint(kept)
    assert not any(name in page.content() for name in FIRST_NAMES)
    assert tablet.read_store("received") == []
    states = [one["state"] for one in tablet.read_store("entries")]
    assert states.count("waiting") == 2
    page.reload()  # also after a restart
    page.get_by_role("heading", name="This tablet (Blue) was revoked.").wait_for()
    page.unroute("**/api/v1/tablet/last-entries")
    page.get_by_text("This tablet was revoked and has erased itself.").wait_for()
    assert tablet.read_store("entries") == []
    assert tablet.read_store("received") == []
    assert [one["name"] for one in tablet.context.cookies() if "doseline" in one["name"]] in (
        [], ["doseline-language"]
    )  # fmt: skip
    look(page, "tablet-erased")


def test_the_address_of_the_code_brings_it_along_and_keeps_it_out_of_sight(
    real_site: RealSite, console: Console, tablet: TabletPage
) -> None:
    code = console.make_code("Red").replace(" ", "")
    tablet.page.goto(real_site.url + f"/tablet/#enrol={code}")
    tablet.wait_ready()
    expect(tablet.page.get_by_label("The code: six letters and digits")).to_have_value(code)
    assert tablet.page.url == real_site.url + "/tablet/"
    tablet.tap("Enrol")
    expect(tablet.page.locator(".enrol")).to_contain_text("This tablet is enrolled as Red.")
    with tablet.context.expect_page() as opened:
        tablet.page.get_by_role("link", name="Print tonight's sheet").click()
    expect(opened.value.get_by_label("Password")).to_be_visible()
    opened.value.get_by_label("Name").fill("sara")
    opened.value.get_by_label("Password").fill(PASSWORD)
    opened.value.get_by_role("button", name="Sign in").click()
    opened.value.wait_for_url("**/sheet")
    expect(opened.value.locator("body")).to_contain_text("Fig")

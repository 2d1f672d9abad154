"""Two of the worst troubles on the whole server: disagreement, and a sign-in that is over."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import update

from server.people.tables import SIGN_IN_SESSIONS
from tests.browser.real_site import RealSite
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_real_server import READ_SESSION
from tests.tablet_evening import CODES

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

NewTablet = Callable[[], TabletPage]
TO_CLOSING = """async () => {
  const { enterPhase } = await import("/tablet/app/state/clock_acts.js");
  await enterPhase("closing");
}"""


@pytest.fixture
def new_real_tablet(chromium: Browser, real_site: RealSite) -> Iterator[NewTablet]:
    tablets: list[TabletPage] = []

    def make() -> TabletPage:
        tablets.append(TabletPage(real_site, chromium))
        return tablets[-1]

    yield make
    for tablet in tablets:
        assert tablet.list_refused() == []
        assert tablet.trouble == []
        tablet.context.close()


def read_events(tablet: TabletPage) -> list[dict[str, Any]]:
    site = tablet.site
    assert isinstance(site, RealSite)
    session = tablet.page.evaluate(READ_SESSION)
    found: list[dict[str, Any]] = site.ask(f"/api/v1/sessions/{session}/events?after=0")["events"]
    return found


def read_fold(tablet: TabletPage) -> dict[str, Any]:
    site = tablet.site
    assert isinstance(site, RealSite)
    found: dict[str, Any] = site.ask(f"/api/v1/sessions/{tablet.page.evaluate(READ_SESSION)}")
    return found


def test_e3_two_tablets_correct_the_same_set_and_a_person_decides(
    new_real_tablet: NewTablet,
) -> None:
    tablet, other = new_real_tablet(), new_real_tablet()
    tablet.reach_circuit(CODES[:3])
    tablet.tile("P01").tap()
    tablet.tap("Done", ".drawer")
    tablet.wait_until_sent()
    other.open()
    other.sign_in("leyla")
    other.tap("Go on with the session")
    expect(other.tile("P01").locator(".tick").first).to_have_attribute("data-kind", "observed")
    for one, place in ((tablet, 1), (other, 2)):
        one.context.set_offline(True)
        one.tile("P01").tap()
        one.page.locator(".amount").nth(place).tap()
        one.tap("Done", ".drawer")
    for one in (tablet, other):
        one.context.set_offline(False)
        one.wait_until_sent()
    (about,) = {one["about"] for one in read_events(tablet) if one["kind"] == "set"}
    (conflict,) = read_fold(tablet)["conflicts"]
    assert (conflict["kind"], conflict["about"]) == ("set", about)
    amounts = {one["performed"]["amount"] for one in conflict["values"]}
    assert len(amounts) == 2
    tablet.page.evaluate(TO_CLOSING)
    tablet.tap("2 Check")
    card = tablet.page.locator(".conflict")
    expect(card).to_contain_text(f"Two entries differ: set {about}")
    chosen = card.get_by_role("button").filter(has_text="leyla")
    kept = int(chosen.inner_text().split()[1])
    chosen.tap()
    expect(card).to_be_hidden()
    tablet.wait_until_sent()
    told = read_fold(tablet)
    assert told["conflicts"] == []
    exercise = about.removeprefix("P01/")
    assert told["people"]["P01"]["sets"][exercise]["performed"]["amount"] == kept
    sets = [one for one in read_events(tablet) if one["kind"] == "set"]
    assert len(sets) == 4  # seen, two corrections, one decision: nothing is gone
    expect(other.page.locator('[data-screen="closing"]')).to_be_visible()
    other.tap("2 Check")
    expect(other.page.locator(".conflict")).to_be_hidden()


def end_every_sign_in(site: RealSite) -> None:
    """As twelve hours would."""
    with site.storage.database.writing() as connection:
        connection.execute(update(SIGN_IN_SESSIONS).values(ended_wall_ns=1))


def test_e2_a_sign_in_that_ended_while_offline_keeps_the_queue_under_the_same_person(
    new_real_tablet: NewTablet, real_site: RealSite
) -> None:
    tablet = new_real_tablet()
    page = tablet.reach_circuit(CODES[:2])
    before = tablet.wait_until_sent()
    tablet.wait_for_worker()
    tablet.context.set_offline(True)
    tablet.tile("P01").tap()
    tablet.tap("Done", ".drawer")
    end_every_sign_in(real_site)
    page.reload()
    tablet.wait_ready()
    tablet.tile("P02").tap()
    tablet.tap("Done", ".drawer")
    tablet.context.set_offline(False)
    expect(page.locator(".truth")).to_contain_text("Signed out: enter your PIN")
    tablet.switch_to("leyla")
    expect(page.locator(".truth")).to_contain_text("sara: enter your PIN")
    assert [one for one in read_events(tablet) if one["kind"] == "set"] == []
    tablet.switch_to("sara")
    # Two sets, that leyla is there, and how far off the clock was that the reload knew nothing of.
    assert tablet.wait_until_sent() == before + 4
    events = read_events(tablet)
    assert [one["actor"] for one in events if one["kind"] == "set"] == ["sara", "sara"]
    own = [one["id"] for one in events if one["actor"] != "system"]
    assert Counter(own) == Counter(one["id"] for one in tablet.read_store("entries"))

"""Limits that are signed or withdrawn while a session runs, on the whole server."""

import pytest
from playwright.sync_api import Browser, Request, expect

from server.safety.limits import SafetyLimits
from tests.browser.clinician_page import ClinicianPage
from tests.browser.real_site import RealSite
from tests.browser.tablet_page import TabletPage
from tests.live_scene import circuit_tiles
from tests.tablet_evening import CODES

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

A_FEW_SECONDS = 6  # two of the tablet's rounds of asking, and a busy machine's margin


def count_bundles(tablet: TabletPage) -> list[str]:
    """Grows with each evening that the tablet fetches from now on."""
    fetched: list[str] = []

    def note(request: Request) -> None:
        if "/tablet/bundle" in request.url:
            fetched.append(request.url)

    tablet.page.on("request", note)
    return fetched


def wait_for_alert(tablet: TabletPage, code: str, alert: str) -> None:
    """While her heart goes on to be heard: a rate that is old alerts nobody."""
    for _ in range(A_FEW_SECONDS * 4):
        tablet.show_straps(circuit_tiles())
        if tablet.tile(code).get_attribute("data-alert") == alert:
            return
        tablet.page.wait_for_timeout(250)
    raise TimeoutError(f"{code} is not {alert} after {A_FEW_SECONDS} s")


def stay_at(tablet: TabletPage, code: str, alert: str) -> None:
    """Over two more of its rounds of asking."""
    for _ in range(20):
        tablet.show_straps(circuit_tiles())
        tablet.page.wait_for_timeout(250)
        expect(tablet.tile(code)).to_have_attribute("data-alert", alert)


def test_a_limit_signed_or_withdrawn_in_a_running_session_reaches_the_tablet_in_seconds(
    chromium: Browser, real_site: RealSite
) -> None:
    clinician = ClinicianPage(chromium, real_site)
    tablet = TabletPage(real_site, chromium)
    tablet.reach_circuit(CODES[:3])
    tablet.wait_for_stream()
    tablet.wait_until_sent()
    fetched = count_bundles(tablet)
    stay_at(tablet, "P01", "none")  # a limit that nobody signed is none
    assert fetched == []
    clinician.sign(own_P01="60")
    wait_for_alert(tablet, "P01", "act")
    stay_at(tablet, "P02", "none")
    expect(tablet.tile("P01")).to_have_attribute("data-alert", "act")
    assert len(fetched) == 1
    clinician.withdraw("a new drug")
    wait_for_alert(tablet, "P01", "none")
    assert len(fetched) == 2
    assert tablet.trouble == []
    clinician.context.close()
    tablet.context.close()


def test_a_limit_signed_while_the_tablet_is_away_comes_with_the_server(
    chromium: Browser, real_site: RealSite
) -> None:
    tablet = TabletPage(real_site, chromium)
    tablet.reach_circuit(CODES[:3])
    tablet.wait_until_sent()
    tablet.context.set_offline(True)
    real_site.sign_limits(SafetyLimits(rpe_hold=10))
    tablet.context.set_offline(False)
    tablet.wait_for_stream()
    read_hold = "async () => (await import('/tablet/app/state/people.js')).readSafety().rpe_act"
    for _ in range(200):
        if tablet.page.evaluate(read_hold) == 10:
            break
        tablet.page.wait_for_timeout(100)
    assert tablet.page.evaluate(read_hold) == 10
    tablet.context.close()

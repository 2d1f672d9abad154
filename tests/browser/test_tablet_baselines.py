"""Why somebody has no seated or warm-up heart rate tonight."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import find_violations
from tests.browser.tablet_page import GIVE_STRAPS, TabletPage
from tests.tablet_evening import serial

pytestmark = pytest.mark.browser

COME = """async (code) => {
  const { arrivalOf, setAttendance } = await import("/tablet/app/state/attending.js");
  await setAttendance(code, arrivalOf(code), null);
}"""

KNOW_RESTING = """async ([code, missing_reason]) => {
  const { draftFact, enter } = await import("/tablet/app/state/entering.js");
  const coverage_pct = missing_reason === "below_coverage" ? 20 : 0;
  await enter(() => draftFact("resting_hr", code,
    { bpm: null, n_values: 0, coverage_pct, from: null, to: null, missing_reason }));
}"""


def test_a_seated_heart_rate_that_was_not_taken_says_why(tablet: TabletPage) -> None:
    """The warm-up began at once, and one came only in it."""
    page = tablet.open()
    tablet.sign_in()
    tablet.start_room_check()
    tablet.go_to_arrivals()
    tablet.give_straps(["P01"])
    tablet.start_warm_up()
    page.locator('.latecomers .key[data-code="P09"]').tap()
    tablet.tap("As last time: 09")
    tablet.picture("t6-latecomer")
    assert find_violations(page) == []
    tablet.wait_until_sent()
    told = {o["about"]: o["value"]["missing_reason"] for o in tablet.ledger.of_kind("resting_hr")}
    assert told == {"P01": "seated_too_short", "P09": "came_late"}
    attended = {o["about"]: o["value"]["status"] for o in tablet.ledger.of_kind("attendance")}
    assert attended == {"P01": "present", "P09": "late"}
    tablet.tap("Close", ".drawer")
    tablet.start_circuit()
    tablet.wait_until_sent()
    assert {one["about"] for one in tablet.ledger.of_kind("prescription")} == {"P01", "P09"}


def test_who_was_here_all_along_without_a_strap_did_not_come_late(tablet: TabletPage) -> None:
    """P05 from the arrivals on, P06 from the warm-up on, P07 in the circuit, when all get one."""
    page = tablet.open()
    tablet.sign_in()
    tablet.start_room_check()
    tablet.go_to_arrivals()
    tablet.give_straps(["P01"])
    page.evaluate(COME, "P05")
    tablet.wait_until_sent()
    tablet.start_warm_up()
    page.evaluate(COME, "P06")
    tablet.wait_until_sent()
    tablet.start_circuit()
    page.evaluate(COME, "P07")
    page.evaluate(GIVE_STRAPS, {code: serial(int(code[1:])) for code in ("P05", "P06", "P07")})
    tablet.wait_until_sent()
    told = {
        kind: {o["about"]: o["value"]["missing_reason"] for o in tablet.ledger.of_kind(kind)}
        for kind in ("resting_hr", "warmup_hr")
    }
    assert told["resting_hr"] == {
        "P01": "seated_too_short", "P05": "no_strap", "P06": "came_late", "P07": "came_late",
    }  # fmt: skip
    late = {"P05": "no_strap", "P06": "no_strap", "P07": "came_late"}
    assert {code: told["warmup_hr"][code] for code in late} == late


def test_a_seated_heart_rate_without_a_strap_says_so_in_the_drawer(tablet: TabletPage) -> None:
    page = tablet.open()
    tablet.sign_in()
    tablet.start_room_check()
    tablet.go_to_arrivals()
    page.evaluate(COME, "P09")
    tablet.give_straps(["P01"])
    tablet.start_warm_up()
    page.locator('.latecomers .key[data-code="P09"]').tap()
    tablet.tap("As last time: 09")
    line = "Seated heart rate: none, she had no strap on when the warm-up began."
    expect(page.get_by_text(line)).to_be_visible()
    tablet.picture("t6-no-strap")
    assert find_violations(page) == []


@pytest.mark.parametrize(
    ("reason", "line"),
    [
        ("seated_too_short", "she hadn't sat for 3 minutes with her strap when the warm-up began."),
        ("not_heard", "nothing was heard of her strap."),
        ("below_coverage", "too little was heard (20 %)."),
    ],
)
def test_each_reason_has_words_of_its_own(tablet: TabletPage, reason: str, line: str) -> None:
    page = tablet.open()
    tablet.sign_in()
    tablet.start_room_check()
    tablet.go_to_arrivals()
    page.evaluate(COME, "P09")
    page.evaluate(KNOW_RESTING, ["P09", reason])
    tablet.start_warm_up()
    page.locator('.latecomers .key[data-code="P09"]').tap()
    tablet.tap("Readiness")
    expect(page.get_by_text(f"Seated heart rate: none, {line}")).to_be_visible()
    tablet.picture(f"t6-none-{reason}")

"""The screens beside the evening's way: past sessions, whom to call, what the close puts right."""

from collections.abc import Iterator

from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_coverage import row
from tests.browser.test_tablet_doctor import NO_LIMITS, PHONES
from tests.browser.test_tablet_doctor import answer as answer_readiness
from tests.browser.test_tablet_today import hold_past_session
from tests.tablet_evening import CODES, make_planned


def walk_aside(tablet: TabletPage) -> Iterator[str]:
    """Yields after every step; whoever iterates looks at the page."""
    tablet.ledger.planned = make_planned(rounds=1, work_s=1, rest_s=1)
    tablet.ledger.evening = {"safety": {**NO_LIMITS, "phones": PHONES}}
    tablet.ledger.coverage = [row(1, lost_s=360, coverage_pct=90.0)]
    hold_past_session(tablet)
    tablet.open()
    tablet.sign_in()
    yield from _walk_past_sessions(tablet)
    tablet.start_room_check()
    tablet.go_to_arrivals()
    yield from _walk_doctor(tablet)
    tablet.give_straps(CODES[:4])
    tablet.start_warm_up()
    tablet.start_circuit()
    tablet.page.locator(".effort").wait_for(timeout=60_000)
    tablet.page.locator(".effort .done").tap()
    tablet.tap("Cool-down", exact=False)
    tablet.tap("To the end")
    yield from _walk_check(tablet)


def _walk_past_sessions(tablet: TabletPage) -> Iterator[str]:
    tablet.tap("Past sessions")
    yield "t2-past"
    tablet.page.locator(".past .wide-key").first.tap()
    tablet.page.locator("dl.past-facts").wait_for()
    yield "t2-past-session"
    tablet.tap("Close", ".past")


def _walk_doctor(tablet: TabletPage) -> Iterator[str]:
    tablet.tile("P05").tap()
    tablet.tap("Readiness", ".drawer")
    tablet.tap("Hand over: how are you today?")
    answer_readiness(tablet, red=True)
    yield "t5-decision"
    tablet.tap("Call the doctor", ".drawer")
    yield "t5-doctor"
    tablet.tap("Done", ".drawer")


def _walk_check(tablet: TabletPage) -> Iterator[str]:
    tablet.tap("2 Check")
    yield "t10-odd"
    lines = tablet.page.locator(".check-list .odd")
    lines.filter(has_text="assumed at station 1,").get_by_role("button", name="Fix").tap()
    yield "t10-assumed"
    sets = tablet.page.get_by_role("group", name="P01, round 1")
    sets.get_by_role("button", name="She says different ▸").tap()
    yield "t10-assumed-how-many"
    tablet.page.locator(".amount").nth(2).tap()
    yield "t10-assumed-why"
    tablet.tap("◂ How many")
    tablet.tap("Back to the sets")
    tablet.tap("Back to the list")
    tablet.tap("Somebody's sets tonight")
    yield "t10-whose-sets"
    tablet.page.locator(".who-came button", has_text="P04").tap()
    yield "t10-her-sets"
    tablet.page.locator(".her-sets .wide-key").first.tap()
    yield "t10-her-set"
    tablet.tap("Done", ".sets-tonight")
    lines.filter(has_text="Strap 01 lost 6 min").get_by_role("button", name="Fix").tap()
    yield "t10-lost-strap"

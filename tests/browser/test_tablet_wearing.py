"""D3: which strap was on whom, from when to when: ended, doubted and mended on the tablet."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from protocol.ledger.instants import parse_utc_ms
from tests.browser.passing_time import pass_time, take_clock
from tests.browser.tablet_page import WHEN_WRITTEN, TabletPage
from tests.browser.test_tablet_tonight import TO_CLOSING, close_session
from tests.tablet_evening import CODES, make_planned, serial

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

READ_WORN = """
async () => {
  const { state } = await import("/tablet/app/state/model.js");
  const people = Object.entries(state.value.people);
  return people.flatMap(([code, { wearing }]) => wearing.map((one) => ({ code, ...one })));
}
"""
TO_CIRCUIT = TO_CLOSING.replace('"closing"', '"circuit"')
READ_OVERLAPS = """
async () => {
  const { state } = await import("/tablet/app/state/model.js");
  return state.value.overlaps.length;
}
"""


def read_worn(tablet: TabletPage, code: str) -> list[dict[str, Any]]:
    return [one for one in tablet.page.evaluate(READ_WORN) if one["code"] == code]


def test_d3_every_strap_is_off_at_the_close_and_hers_when_she_goes_home(tablet: TabletPage) -> None:
    tablet.reach_circuit(CODES[:3])
    tablet.tile("P02").tap()
    tablet.tap("More", ".drawer")
    tablet.tap("Went home", ".drawer")
    tablet.tap("Done", ".drawer")
    (hers,) = read_worn(tablet, "P02")
    assert hers["until"] is not None
    assert [one["until"] for one in read_worn(tablet, "P01")] == [None]
    close_session(tablet)
    ends = [one["until"] for one in tablet.page.evaluate(READ_WORN)]
    assert len(ends) == 3
    assert None not in ends
    assert read_worn(tablet, "P02") == [hers]
    tablet.wait_until_sent()
    kinds = [one["kind"] for one in tablet.ledger.events[next(iter(tablet.ledger.events))]]
    assert kinds[-3:] == ["wearing", "wearing", "session_closed"]


@pytest.mark.kept_app
def test_one_strap_on_two_women_is_marked_on_both_and_a_person_says_whose(
    tablet: TabletPage, new_tablet: Callable[[None], TabletPage]
) -> None:
    tablet.reach_circuit(CODES[:2])
    tablet.wait_until_sent()
    other = new_tablet(None)
    other.join_circuit("leyla")
    other.wait_for_worker()
    for one, code in ((tablet, "P03"), (other, "P04")):
        one.context.set_offline(True)
        one.tile(code).tap()
        one.tap("More", ".drawer")
        one.tap("Give her a strap")
        for digit in "16":
            one.tap(digit, ".strap-panel")
        one.tap("This strap is hers")
        one.tap("Done", ".drawer")
    for one in (tablet, other):
        one.context.set_offline(False)
        one.wait_until_sent()
    expect(tablet.tile("P03")).to_contain_text("◇ Strap 16: on Oak P04 too")
    expect(tablet.tile("P04")).to_contain_text("◇ Strap 16: on Sea P03 too")
    tablet.page.evaluate(TO_CLOSING)
    tablet.tap("2 Check")
    line = tablet.page.locator(".odd", has_text="Strap 16 is on Sea P03 and Oak P04")
    line.get_by_role("button", name="Sea P03").tap()
    expect(line).to_have_count(0)
    tablet.tap("Undo")
    expect(line).to_have_count(1)
    tablet.page.evaluate(TO_CIRCUIT)
    tablet.tile("P04").tap()
    question = tablet.page.locator(".drawer .question")
    expect(question).to_contain_text(
        "Who wore strap 16? It is written down for Sea P03 and Oak P04"
    )
    tablet.picture("one-strap-two-women")
    question.get_by_role("button", name="Oak P04").tap()
    expect(question).to_have_count(0)
    expect(tablet.tile("P03")).not_to_contain_text("◇")
    assert tablet.page.evaluate(READ_OVERLAPS) == 0
    assert [one["until"] for one in read_worn(tablet, "P04")] == [None]


@pytest.mark.parametrize("since", ["Since they were put on", "a while ago"])
def test_d3_a_swap_that_nobody_noticed_is_mended_from_its_time_on(
    tablet: TabletPage, since: str
) -> None:
    page = tablet.page
    take_clock(tablet)
    began_s = time.monotonic()
    tablet.ledger.planned = make_planned(work_s=3600)
    tablet.reach_circuit(CODES[:3])
    pass_time(timedelta(minutes=22), tablet)
    before = {code: read_worn(tablet, code)[0] for code in ("P01", "P02")}
    tablet.tile("P01").tap()
    tablet.tap("More", ".drawer")
    tablet.tap("Straps were swapped")
    tablet.tap("Tea P02 02")
    if since == "a while ago":
        page.locator(".drawer .chip").nth(2).tap()  # ten minutes
    else:
        tablet.tap(since)
    expect(page.locator(".undo")).to_contain_text("straps swapped since")
    worn = {code: read_worn(tablet, code) for code in ("P01", "P02")}
    straps = {code: [one["strap"] for one in found] for code, found in worn.items()}
    if since != "a while ago":
        assert straps == {"P01": [serial(2)], "P02": [serial(1)]}
        for code in ("P01", "P02"):
            assert worn[code][0]["from"] == before[code]["from"]
    else:
        assert straps == {"P01": [serial(1), serial(2)], "P02": [serial(2), serial(1)]}
        for code in ("P01", "P02"):
            first, second = worn[code]
            assert first["until"] == second["from"]
            assert second["until"] is None
            after_ms = parse_utc_ms(second["from"]) - parse_utc_ms(first["from"])
            took_ms = 1000 * (time.monotonic() - began_s)
            assert 11 * 60_000 < after_ms < 13 * 60_000 + took_ms
    assert page.evaluate(READ_OVERLAPS) == 0
    tablet.tap("Undo")
    page.evaluate(WHEN_WRITTEN)
    assert {code: read_worn(tablet, code)[0]["strap"] for code in ("P01", "P02")} == {
        "P01": serial(1), "P02": serial(2),
    }  # fmt: skip


def test_what_is_left_of_an_interval(tablet: TabletPage) -> None:
    """Worked by hand: times of one hour, 17:00 to 18:00."""
    tablet.open()
    take_out = "async ([a, b]) => (await import('/tablet/app/core/wearing_mends.js')).takeOut(a, b)"

    def worn(from_: str, until: str | None) -> dict[str, Any]:
        return {"participant": "P01", "strap": "X", "from": from_, "until": until}

    cases = [
        (worn("17:00", None), worn("17:20", None), [worn("17:00", "17:20")]),
        (worn("17:20", None), worn("17:00", None), []),
        (worn("17:00", None), worn("17:20", "17:40"),
         [worn("17:00", "17:20"), worn("17:40", None)]),
        (worn("17:30", "17:50"), worn("17:20", "17:40"), [worn("17:40", "17:50")]),
    ]  # fmt: skip
    for given, keep, left in cases:
        assert tablet.page.evaluate(take_out, [given, keep]) == left

"""A no to jumps that only a later bundle tells: shown, entered, and so the same in both folds."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.passing_time import pass_to_end, pass_until, take_clock
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_substitution import HERS, READ_SETS, fold_server
from tests.tablet_evening import CODES, let_jump, make_people, make_planned

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

FETCH = """async () => {
  const { openDatabase } = await import("/tablet/app/shell/database.js");
  const { fetchEvening } = await import("/tablet/app/state/evening_fetch.js");
  return fetchEvening(await openDatabase());
}"""
SHOW = """async (changes) => {
  const { bundle } = await import("/tablet/app/state/model.js");
  const people = bundle.value.people.map((one) => ({ ...one, plyometrics_ready: false }));
  bundle.value = { ...bundle.value, people, ...changes };
  await (await import("/tablet/app/state/entering.js")).whenWritten();
}"""
LONG_AGO = "2020-01-01T17:00:00.000Z"


def jump_once(tablet: TabletPage) -> Page:
    """P01 at one station in two rounds; the rest after the first."""
    take_clock(tablet)
    planned = make_planned(rounds=2)
    tablet.ledger.planned = planned | {"stations": planned["stations"][:1]}
    tablet.ledger.evening = let_jump("P01")
    page = tablet.reach_circuit(CODES[:1])
    expect(tablet.tile("P01").locator(".ex")).to_contain_text("Vertical jump 4")
    pass_until(1, "rest", tablet)
    page.locator(".effort .done").tap()
    return page


def test_from_then_on_she_is_assumed_to_do_the_stand_in_in_both_folds(tablet: TabletPage) -> None:
    page = jump_once(tablet)
    tablet.ledger.evening = tablet.ledger.evening | {"people": make_people()}
    assert page.evaluate(FETCH)
    tile = tablet.tile("P01").locator(".ex")
    expect(tile).to_contain_text("No jump: Sit-to-stand 10")
    tablet.wait_until_sent()
    (said,) = tablet.ledger.of_kind("substitution")
    assert (said["about"], said["value"]["reason_chip"]) == (f"P01/{HERS}", "not_ready")
    assert (said["value"]["instead"]["exercise"], said["value"]["instead"]["locked"]) == (
        HERS, False,
    )  # fmt: skip
    tablet.picture("t7-later-no")
    pass_to_end(tablet)
    tablet.wait_until_sent()
    sets = page.evaluate(READ_SETS, "P01")
    did = {name: (one["exercise"], one["prescribed"]["amount"]) for name, one in sets.items()}
    assert did == {f"{HERS}/1": ("vertical-jump", 4), f"{HERS}/2": (HERS, 10)}
    assert fold_server(tablet)["people"]["P01"]["sets"] == sets
    assert len(tablet.ledger.of_kind("substitution")) == 1
    assert tablet.list_refused() == []


def test_neither_an_older_bundle_nor_one_without_her_enters_anything(tablet: TabletPage) -> None:
    page = jump_once(tablet)
    page.evaluate(SHOW, {"server_utc": LONG_AGO})
    page.evaluate(SHOW, {"people": []})
    tablet.wait_until_sent()
    assert tablet.ledger.of_kind("substitution") == []


def test_an_assistant_enters_nothing_and_the_next_trainer_does(tablet: TabletPage) -> None:
    page = jump_once(tablet)
    tablet.switch_to("mina")
    tablet.ledger.evening = tablet.ledger.evening | {"people": make_people()}
    assert page.evaluate(FETCH)
    tablet.wait_until_sent()
    assert tablet.ledger.of_kind("substitution") == []
    tablet.switch_to("leyla")
    expect(tablet.tile("P01").locator(".ex")).to_contain_text("No jump: Sit-to-stand 10")
    tablet.wait_until_sent()
    (said,) = tablet.ledger.of_kind("substitution")
    assert said["actor"] == "leyla"


def test_what_the_panel_offers_beside_a_later_no(tablet: TabletPage) -> None:
    page = jump_once(tablet)
    page.evaluate(SHOW, {"server_utc": tablet.ledger.now()})
    tablet.tile("P01").tap()
    tablet.tap("More")
    tablet.tap("Another exercise tonight")
    panel = page.locator(".drawer")
    expect(panel).to_contain_text("No jumps tonight: Sit-to-stand")
    expect(panel.get_by_role("button", name="As prescribed again")).to_have_count(0)
    expect(panel.locator(".choice", has_text="Vertical jump")).to_have_count(0)
    tablet.picture("t7-later-no-panel")

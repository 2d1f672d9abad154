"""The sweep of effort: which exercise a rating is about, and two who ask side by side."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.passing_time import pass_to_end, pass_until, take_clock
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_access import examine
from tests.tablet_evening import CODES, STATIONS, make_planned

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

NewTablet = Callable[[dict[str, int] | None], TabletPage]
PHONE = {"width": 390, "height": 844}
SMALL = {"width": 1024, "height": 768}  # where the two parts have least room
FIRST, SECOND = CODES[:8], CODES[8:]
SHARE = """([codes, staff, me]) =>
  import("/tablet/app/core/sweep.js").then((m) => m.shareFloor(codes, staff, me))"""
SARA = {"name": "sara", "role": "trainer"}
MINA = {"name": "mina", "role": "assistant"}


def there(*assistants: str) -> dict[str, Any]:
    staff = {"sara": {"duty": "supervisor", "left_at": None}}
    return staff | {name: {"duty": "assistant", "left_at": None} for name in assistants}


def join_as_mina(phone: TabletPage) -> Page:
    page = phone.open()
    page.get_by_label("Your name").fill("mina")
    phone.enter_pin("141421")
    page.locator(".ask-tile").first.wait_for()
    return page


def begin_beside_mina(
    new_tablet: NewTablet, size: dict[str, int] | None = None
) -> tuple[TabletPage, TabletPage]:
    """A trainer's running circuit, and an assistant's phone in it."""
    trainer, phone = new_tablet(size), new_tablet(PHONE)
    trainer.reach_circuit()
    trainer.wait_until_sent()
    join_as_mina(phone)
    phone.wait_until_sent()
    return trainer, phone


def tile_of(tablet: TabletPage, code: str) -> Locator:
    return tablet.page.locator(".ask-tile", has_text=code)


def check(tablet: TabletPage, name: str) -> None:
    tablet.page.wait_for_timeout(150)
    tablet.picture(name)
    found = examine(tablet.page)
    assert not any(found.values()), (name, found)


@pytest.mark.parametrize(("n", "first"), [(15, 8), (14, 7), (1, 1), (0, 0)])
def test_the_floor_is_halved_and_the_odd_one_is_the_trainers(
    tablet: TabletPage, n: int, first: int
) -> None:
    page, codes = tablet.open(), list(CODES[:n])
    trainers = page.evaluate(SHARE, [codes, there("mina"), SARA])
    assert trainers["own"] == codes[:first]
    assert trainers["others"] == [{"name": "mina", "codes": codes[first:]}]
    assistants = page.evaluate(SHARE, [codes, there("mina"), MINA])
    assert assistants == {
        "own": codes[first:], "others": [{"name": None, "codes": codes[:first]}],
    }  # fmt: skip
    # before it is on record that she is there her phone counts her already
    assert page.evaluate(SHARE, [codes, there(), MINA]) == assistants


def test_whoever_asks_nobody_is_left_out_and_nobody_is_two_womens(tablet: TabletPage) -> None:
    page = tablet.open()
    alone = page.evaluate(SHARE, [list(CODES), there(), SARA])
    assert alone == {"own": list(CODES), "others": []}
    staff = there("nur", "mina")
    parts = [page.evaluate(SHARE, [list(CODES), staff, me])["own"]
             for me in (SARA, MINA, {"name": "nur", "role": "assistant"})]  # fmt: skip
    assert parts == [list(CODES[:5]), list(CODES[5:10]), list(CODES[10:])]


def test_the_sweep_names_the_exercise_that_a_rating_is_about(tablet: TabletPage) -> None:
    """In her work where she is, afterwards where she has just been; turned to her as well."""
    take_clock(tablet)
    page = tablet.reach_circuit(CODES[:3])
    tablet.tap("Effort (RPE)")
    asked = page.locator(".asked")
    expect(asked).to_contain_text(f"{STATIONS[0][1]}, where she is now")
    pass_until(1, "rest", tablet)
    expect(asked).to_contain_text(f"{STATIONS[0][1]}, where she has just been")
    tile_of(tablet, "P03").tap()
    expect(asked).to_contain_text(f"{STATIONS[2][1]}, where she has just been")
    tablet.tap("Turn to her")
    expect(asked).to_contain_text(f"{STATIONS[2][1]}, where she has just been")
    assert "10–12" not in page.locator(".effort").inner_text()
    check(tablet, "t8-where")
    page.locator(".grade").nth(5).tap()
    expect(asked).not_to_contain_text("P03")
    tablet.wait_until_sent()
    (told,) = tablet.ledger.of_kind("rpe")
    assert (told["about"], told["value"]["exercise"]) == ("P03/1", STATIONS[2][0])


def test_beside_an_assistant_the_trainer_asks_her_own_part_and_theirs_when_she_says_so(
    new_tablet: NewTablet,
) -> None:
    trainer, phone = begin_beside_mina(new_tablet, SMALL)
    page, theirs = trainer.page, phone.page
    trainer.tap("Effort (RPE)")
    expect(page.locator(".part-head")).to_contain_text("mina asks: 0 of 7 answered")
    expect(page.get_by_text("8 still to ask · 7 still with others")).to_be_visible()
    check(trainer, "t8-beside-assistant")
    tile_of(phone, "P09").tap()
    expect(theirs.locator(".where")).to_have_text(f"{STATIONS[0][1]}, where she is now")
    theirs.locator(".grade").nth(5).tap()
    expect(page.locator(".part-head")).to_contain_text("mina asks: 1 of 7 answered")
    expect(tile_of(trainer, "P09")).to_contain_text("11")
    for _ in FIRST:
        trainer.rate_next(6)
    expect(page.get_by_text("Your part is asked ✓")).to_be_visible()
    expect(page.locator(".grade").first).to_be_disabled()
    trainer.tap("I ask them, too")
    expect(page.get_by_text("6 still to ask")).to_be_visible()
    expect(page.locator(".asked")).to_contain_text("P10")
    check(trainer, "t8-asks-theirs")


def test_who_was_asked_by_the_other_comes_off_also_while_she_is_asked(
    new_tablet: NewTablet,
) -> None:
    trainer, phone = begin_beside_mina(new_tablet)
    page, theirs = trainer.page, phone.page
    trainer.tap("Effort (RPE)")
    tile_of(trainer, "P09").tap()
    expect(page.locator(".asked")).to_contain_text("P09")
    tile_of(phone, "P09").tap()
    expect(theirs.locator(".asked")).to_contain_text("P09")
    theirs.locator(".grade").nth(5).tap()
    expect(page.locator(".asked")).to_contain_text("P01")
    expect(page.locator(".scale")).to_have_attribute("aria-disabled", "false")
    page.locator(".grade").nth(7).tap()
    trainer.wait_until_sent()
    phone.wait_until_sent()
    told = [(one["about"], one["value"]["rating"]) for one in trainer.ledger.of_kind("rpe")]
    assert told == [("P09/1", 11), ("P01/1", 13)]


def test_not_asked_is_said_of_ones_own_part_alone(new_tablet: NewTablet) -> None:
    """What the assistant still asks about isn't said to be missing by the trainer's last tap."""
    trainer, phone = new_tablet(None), new_tablet(PHONE)
    take_clock(trainer)
    take_clock(phone)
    trainer.ledger.planned = make_planned(rounds=1)
    page = trainer.reach_circuit()
    join_as_mina(phone)
    phone.wait_until_sent()
    pass_to_end(trainer, phone)
    page.locator(".effort").wait_for()
    expect(page.locator(".part-head")).to_contain_text("mina asks")
    done = page.get_by_role("button", name="Done: 8 not asked")
    done.wait_for()
    expect(done).to_have_attribute("aria-disabled", "false")
    done.tap()
    trainer.wait_until_sent()
    told = {one["about"][:3] for one in trainer.ledger.of_kind("rpe")}
    assert told == set(FIRST)

"""Staff who leave before the end: their part of the sweep is asked by whoever stays."""

import pytest
from playwright.sync_api import expect

from tests.browser.passing_time import pass_to_end, take_clock
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_access import examine
from tests.browser.test_tablet_sweep import (
    FIRST,
    MINA,
    PHONE,
    SARA,
    SECOND,
    SHARE,
    SMALL,
    NewTablet,
    begin_beside_mina,
    check,
    join_as_mina,
    there,
    tile_of,
)
from tests.tablet_evening import CODES, make_planned

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

LEAVE = "I am leaving: others ask my part"
LEFT = {"duty": "assistant", "left_at": "2026-11-30T17:20:00.000Z"}


def list_moves(tablet: TabletPage) -> list[tuple[str, str, str]]:
    told = tablet.ledger.of_kind("staff_attendance")
    return [(one["about"], one["value"]["status"], one["actor"]) for one in told]


def test_whoever_has_left_has_no_part(tablet: TabletPage) -> None:
    page = tablet.open()
    staff = there("nur") | {"mina": LEFT}
    parts = page.evaluate(SHARE, [list(CODES), staff, SARA])
    assert parts["own"] == list(FIRST)
    assert parts["others"] == [{"name": "nur", "codes": list(SECOND)}]
    assert page.evaluate(SHARE, [list(CODES), there() | {"mina": LEFT}, SARA])["others"] == []
    # on her own phone, as long as it asks, she has one
    assert page.evaluate(SHARE, [list(CODES), there() | {"mina": LEFT}, MINA])["own"] == list(
        SECOND
    )


def test_an_assistant_who_leaves_gives_her_part_to_the_trainer_until_she_is_back(
    new_tablet: NewTablet,
) -> None:
    trainer, phone = begin_beside_mina(new_tablet)
    page = trainer.page
    trainer.tap("Effort (RPE)")
    expect(page.get_by_text("8 still to ask · 7 still with others")).to_be_visible()
    check(phone, "phone-may-leave")
    phone.tap(LEAVE)
    expect(phone.page.get_by_role("heading", name="You have left")).to_be_visible()
    expect(phone.page.get_by_role("status").first).to_have_text(
        "Others ask your part as soon as their tablets know that you have left."
    )
    expect(page.get_by_text("15 still to ask", exact=True)).to_be_visible()
    expect(page.locator(".part-head")).to_have_count(0)
    check(phone, "phone-left")
    phone.page.reload()
    phone.wait_ready()  # a phone that starts anew doesn't bring her back
    phone.tap("I am here again")
    expect(phone.page.locator(".ask-tile").first).to_be_visible()
    expect(page.get_by_text("8 still to ask · 7 still with others")).to_be_visible()
    phone.wait_until_sent()
    assert list_moves(phone) == [("mina", "left", "mina"), ("mina", "back", "mina")]


def test_her_pin_says_that_she_is_back(new_tablet: NewTablet) -> None:
    _, phone = begin_beside_mina(new_tablet)
    phone.tap(LEAVE)
    phone.tap("Lock this phone")
    phone.page.locator(".staff-card", has_text="mina").tap()
    phone.enter_pin("141421")
    phone.page.locator(".ask-tile").first.wait_for()
    phone.wait_until_sent()
    assert list_moves(phone) == [("mina", "left", "mina"), ("mina", "back", "mina")]


def test_a_trainer_says_of_an_assistant_that_she_has_left(new_tablet: NewTablet) -> None:
    """Who goes without a word; a slip is taken back in the same place."""
    trainer, phone = begin_beside_mina(new_tablet, SMALL)
    page = trainer.page
    page.locator(".truth-who").tap()
    expect(page.locator(".staff-here h2")).to_have_text("Staff tonight")
    page.locator(".staff-here").scroll_into_view_if_needed()
    trainer.picture("t1-here-tonight")
    found = examine(page)
    assert not any(found.values()), found
    trainer.tap("mina has left")
    expect(phone.page.get_by_role("heading", name="You have left")).to_be_visible()
    trainer.tap("mina is here again")
    expect(phone.page.locator(".ask-tile").first).to_be_visible()
    trainer.tap("mina has left")
    trainer.tap("Back")
    trainer.tap("Effort (RPE)")
    expect(page.get_by_text("15 still to ask", exact=True)).to_be_visible()
    trainer.wait_until_sent()
    assert [move[1:] for move in list_moves(trainer)] == [
        ("left", "sara"), ("back", "sara"), ("left", "sara"),
    ]  # fmt: skip


def test_nobody_is_said_to_have_left_on_an_assistants_phone(new_tablet: NewTablet) -> None:
    _, phone = begin_beside_mina(new_tablet)
    phone.page.locator(".truth-who").tap()
    expect(phone.page.locator(".who")).to_be_visible()
    expect(phone.page.locator(".staff-here")).to_have_count(0)


def test_after_the_last_round_what_is_still_with_others_is_said_before_the_circuit_ends(
    new_tablet: NewTablet,
) -> None:
    trainer, phone = new_tablet(None), new_tablet(PHONE)
    take_clock(trainer)
    take_clock(phone)
    trainer.ledger.planned = make_planned(rounds=1)
    page = trainer.reach_circuit()
    join_as_mina(phone)
    phone.wait_until_sent()
    pass_to_end(trainer, phone)
    page.locator(".effort").wait_for()
    for _ in FIRST:
        trainer.rate_next(6)
    key = page.get_by_role("button", name="Done: 7 still with others")
    key.wait_for()
    expect(page.get_by_text("Your part is asked ✓ · 7 still with others")).to_be_visible()
    check(trainer, "t8-still-with-others")
    key.tap()
    expect(page.get_by_role("button", name="Cool-down: 7 not asked")).to_be_visible()
    check(trainer, "t7-cool-down-not-asked")
    tile_of(phone, "P09").tap()
    phone.page.locator(".grade").nth(5).tap()
    expect(page.get_by_role("button", name="Cool-down: 6 not asked")).to_be_visible()

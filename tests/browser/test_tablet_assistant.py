"""An assistant's phone: her half of the women, the scale and STOP / EVENT, and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from server.people.roles import Role
from server.sessions.granting import GRANTS
from tests.browser.real_site import RealSite
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_access import examine
from tests.browser.test_tablet_safety import SIGNED
from tests.tablet_evening import CODES

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

PHONE = {"width": 390, "height": 844}  # ux 2
SECOND_HALF = CODES[8:]
WIDEST = """
() => Math.max(...[...document.querySelectorAll("main *, .sheet-full *, .sheet-half *, .truth *")]
  .map((node) => node.getBoundingClientRect().right))
"""
NewTablet = Callable[[dict[str, int] | None], TabletPage]


@pytest.fixture
def phone(new_tablet: NewTablet) -> TabletPage:
    return new_tablet(PHONE)


def sign_in(phone: TabletPage) -> Page:
    page = phone.open()
    page.get_by_label("Your name").fill("mina")
    phone.enter_pin("141421")
    page.locator('[data-screen="assistant"]').wait_for()
    return page


def _staff(duty: str, qualification: str | None) -> dict[str, str | None]:
    missing = "not_recorded" if qualification is None else None
    return {"duty": duty, "qualification": qualification, "missing_reason": missing}


def asked_tile(phone: TabletPage, code: str) -> Any:
    return phone.page.locator(".ask-tile", has_text=code)


def check_screen(phone: TabletPage, name: str) -> None:
    """Nothing pale, small, cut off or wider than the phone; kept to be looked at."""
    phone.page.wait_for_timeout(150)
    phone.page.locator('.flash[data-on=""]').wait_for(state="attached")
    phone.picture(f"phone-{name}")
    found = examine(phone.page)
    assert not any(found.values()), (name, found)
    assert phone.page.evaluate(WIDEST) <= PHONE["width"]


def test_the_phone_has_the_table_of_the_server(phone: TabletPage) -> None:
    page = phone.open()
    told = page.evaluate("import('/tablet/app/core/granted.js').then((m) => m.ASSISTANT)")
    assert told == {k: grant.name.lower() for k, grant in GRANTS[Role.ASSISTANT].items()}


def test_she_joins_what_a_trainer_began_and_asks_her_half_in_a_tap_each(
    new_tablet: NewTablet, phone: TabletPage
) -> None:
    page = sign_in(phone)
    expect(page.locator(".assistant")).to_contain_text("hasn't begun tonight's session")
    check_screen(phone, "waiting")
    trainer = new_tablet(None)
    trainer.reach_circuit()
    expect(page.locator(".ask-tile")).to_have_count(len(CODES))
    expect(page.locator("header", has_text="7 still to ask")).to_be_visible()
    trainer.switch_to("leyla")
    trainer.switch_to("sara")
    trainer.wait_until_sent()
    phone.wait_until_sent()
    told_here = trainer.ledger.of_kind("staff_present")
    assert {one["about"]: one["value"] for one in told_here} == {
        "sara": _staff("supervisor", "physiotherapist, MSc"),
        "leyla": _staff("supervisor", None),
        "mina": _staff("assistant", "nursing student"),
    }
    assert len(told_here) == 3
    expect(page.get_by_role("button", name="Note")).to_have_count(0)
    check_screen(phone, "half")
    asked_tile(phone, "P09").tap()
    for code in SECOND_HALF:
        expect(page.locator(".asked")).to_contain_text(code)
        page.locator(".grade").nth(5).tap()
    expect(page.get_by_text("Your part is asked ✓")).to_be_visible()
    phone.wait_until_sent()
    told = {one["about"]: one["actor"] for one in phone.ledger.of_kind("rpe")}
    assert told == {f"{code}/1": "mina" for code in SECOND_HALF}
    trainer.tap("Effort (RPE)")
    expect(trainer.page.get_by_text("8 still to ask")).to_be_visible()  # the first half is left
    phone.tap("I ask them, too")
    expect(page.get_by_text("8 still to ask")).to_be_visible()
    page.reload()
    phone.wait_ready()
    key = page.get_by_role("button", name="I ask them, too")
    expect(key).to_have_attribute("aria-pressed", "true")


def test_the_scale_fits_the_phone_with_undo_and_stop_free(
    new_tablet: NewTablet, phone: TabletPage
) -> None:
    new_tablet(None).reach_circuit()
    page = sign_in(phone)
    asked_tile(phone, "P09").tap()
    check_screen(phone, "scale")
    page.locator(".grade").nth(6).tap()
    expect(page.locator(".asked")).to_contain_text("P10")
    undo, stop = page.locator(".undo").bounding_box(), page.locator(".stop").bounding_box()
    assert undo is not None
    assert stop is not None
    assert undo["x"] + undo["width"] <= stop["x"]
    assert stop["y"] + stop["height"] <= PHONE["height"]
    check_screen(phone, "undo")
    phone.tap("Undo", ".undo")
    phone.tap("All")
    expect(page.get_by_text("7 still to ask")).to_be_visible()


def test_an_event_from_the_phone_stops_her_offline_and_only_a_trainer_lets_her_go_on(
    new_tablet: NewTablet, phone: TabletPage
) -> None:
    trainer = new_tablet(None)
    trainer.ledger.evening = {"safety": SIGNED}
    trainer.reach_circuit()
    page = sign_in(phone)
    page.get_by_role("button", name="■ STOP / EVENT").wait_for()  # it has joined her session
    phone.context.set_offline(True)
    phone.tap("■ STOP / EVENT")
    expect(page.locator(".who-tile")).to_have_count(len(CODES))  # an event knows no halves
    check_screen(phone, "event-who")
    page.locator(".who-tile", has_text="P02").tap()
    expect(page.get_by_role("button", name="Nothing happened: she goes on")).to_have_count(0)
    phone.tap("Emergency card")
    check_screen(phone, "event-what")
    phone.tap("Fall")
    page.locator(".settle").last.get_by_role("button", name="Yes").tap()
    expect(page.get_by_role("button", name="She goes on")).to_have_count(0)
    check_screen(phone, "event-followup")
    phone.tap("Not an event after all")
    phone.tap("Done", ".event-sheet")
    phone.context.set_offline(False)
    phone.wait_until_sent()
    kinds = {one["kind"] for one in phone.ledger.events[next(iter(phone.ledger.events))]
             if one["actor"] == "mina"}  # fmt: skip
    events = {"person_held", "adverse_event", "clock_held", "adverse_event_followup"}
    assert kinds == events | {"staff_present"}
    expect(trainer.tile("P02")).to_have_attribute("data-standing", "held")
    trainer.tile("P02").tap()
    trainer.tap("More")
    trainer.tap("She goes on")
    expect(trainer.tile("P02")).to_have_attribute("data-standing", "present")


def test_who_is_working_and_the_connection_fit_the_phone(phone: TabletPage) -> None:
    page = sign_in(phone)
    page.locator(".truth-who").tap()
    check_screen(phone, "who")
    phone.tap("Back")
    page.locator(".truth-facts").tap()
    check_screen(phone, "connection")


def test_a_rating_at_the_signed_limit_stays_a_hold_when_the_assistant_undoes_it(
    new_tablet: NewTablet, phone: TabletPage
) -> None:
    trainer = new_tablet(None)
    trainer.ledger.evening = {"safety": SIGNED}
    trainer.reach_circuit()
    page = sign_in(phone)
    asked_tile(phone, "P09").tap()
    page.locator(".grade").nth(10).tap()
    expect(page.locator(".undo")).to_contain_text("Held")
    phone.tap("Undo", ".undo")
    phone.wait_until_sent()
    assert [one["value"] is None for one in phone.ledger.of_kind("rpe")] == [False, True]
    assert [one["about"] for one in phone.ledger.of_kind("person_held")] == ["P09"]
    expect(trainer.tile("P09")).to_have_attribute("data-standing", "held")


def test_at_close_names_and_cards_go_from_the_phone_too(
    new_tablet: NewTablet, phone: TabletPage
) -> None:
    trainer = new_tablet(None)
    trainer.reach_circuit()
    page = sign_in(phone)
    model = "import('/tablet/app/state/model.js')"
    read = f"{model}.then(({{ cards }}) => Object.keys(cards.value).length)"
    assert page.evaluate(read) > 0
    trainer.page.evaluate("""async () => {
      const { enterPhase } = await import("/tablet/app/state/clock_acts.js");
      await enterPhase("closing");
    }""")
    expect(page.locator("h1")).to_have_text("Effort of the whole session")
    trainer.tap("3 End")
    trainer.tap("Hold to end")
    trainer.tap("Tap again to end")
    expect(page.locator(".assistant")).to_contain_text("The session is closed")
    assert page.evaluate(read) == 0
    assert all("emergency" not in str(one) for one in phone.read_store("kept"))


def test_the_real_server_takes_all_that_the_phone_enters(
    chromium: Browser, real_site: RealSite
) -> None:
    trainer = TabletPage(real_site, chromium)
    trainer.reach_circuit(CODES)
    trainer.wait_until_sent()
    phone = TabletPage(real_site, chromium, size=PHONE)
    page = sign_in(phone)
    asked_tile(phone, "P09").tap()
    page.locator(".grade").nth(5).tap()
    phone.tap("She'd rather not")
    phone.tap("■ STOP / EVENT")
    page.locator(".who-tile", has_text="P03").tap()
    phone.tap("Chest or breath")
    phone.tap("Resting")
    phone.tap("Settled now")
    phone.tap("Done", ".event-sheet")
    phone.tap("All")
    phone.tap("I am leaving: others ask my part")
    phone.tap("I am here again")
    phone.wait_until_sent()
    assert phone.list_refused() == []
    expect(trainer.tile("P03")).to_have_attribute("data-standing", "stopped")
    for one in (phone, trainer):
        assert (one.trouble, one.broken_policies()) == ([], [])
        one.context.close()

"""What a trainer decides besides sets: progression, jumps, feeling, an end that was none."""

import pytest
from playwright.sync_api import expect

from protocol.training.progression_words import SENTENCES, write_why
from tests.browser.axe import find_violations
from tests.browser.tablet_page import TabletPage
from tests.tablet_evening import CODES, PINS

pytestmark = pytest.mark.browser

SAY_RULES = """async ([rules, values]) => {
  const { useCatalogue } = await import("/static/translate.js");
  const { sayRule } = await import("/tablet/app/screens/rule_words.js");
  const say = () => Object.fromEntries(rules.map((rule) => [rule, sayRule({ rule, values })]));
  const english = say();
  useCatalogue({ language: "ar", plurals: {}, sentences: new Proxy({}, {
    get: (_, sentence) => "يقول " + (sentence.match(/\\{\\w+\\}/)?.[0] ?? "") }) });
  return { english, elsewhere: say() };
}"""
TO_CLOSING = """async () => {
  const { enterPhase } = await import("/tablet/app/state/clock_acts.js");
  await enterPhase("closing");
}"""


def open_plan_of(tablet: TabletPage, code: str) -> None:
    tablet.open()
    tablet.sign_in()
    tablet.start_room_check()
    tablet.go_to_arrivals()
    tablet.tile(code).tap()
    tablet.tap("Plan", ".drawer")


def test_she_stays_where_she_was_when_the_trainer_says_so_with_a_reason(tablet: TabletPage) -> None:
    open_plan_of(tablet, "P01")
    expect(tablet.page.locator(".drawer")).to_contain_text("Sit-to-stand: 8 → 9")
    tablet.tap("Stay at 8")
    tablet.tap("Fatigue", ".drawer")
    tablet.picture("t4-plan")
    assert find_violations(tablet.page) == []
    tablet.tap("Done", ".drawer")
    tablet.give_straps(["P01"])
    tablet.start_warm_up()
    tablet.wait_until_sent()
    last = tablet.ledger.of_kind("progression_decision")[-1]
    assert last["about"] == "P01/sit-to-stand"
    assert (last["value"]["accepted"], last["value"]["chosen"]) == (False, 8)
    assert (last["value"]["reason_chip"], last["value"]["proposal"]["to"]) == ("fatigue", 9)
    (written,) = tablet.ledger.of_kind("prescription")
    tonight = written["value"]["exercises"]["sit-to-stand"]
    assert (tonight["amount"], tonight["rule"]) == (8, "trainer_override")


def test_she_stays_with_the_exercise_that_she_had(tablet: TabletPage) -> None:
    """A step to another exercise is refused like any other; all that she did before comes back."""
    open_plan_of(tablet, "P06")
    expect(tablet.page.locator(".drawer")).to_contain_text("Zigzag walk: Slalom walk → Zigzag walk")
    tablet.tap("Stay at Slalom walk")
    tablet.tap("Her choice", ".drawer")
    tablet.tap("Done", ".drawer")
    tablet.give_straps(["P06"])
    tablet.start_warm_up()
    tablet.wait_until_sent()
    last = tablet.ledger.of_kind("progression_decision")[-1]["value"]
    assert (last["accepted"], last["chosen"], last["reason_chip"]) == (
        False, "slalom-walk", "her_choice",
    )  # fmt: skip
    (written,) = tablet.ledger.of_kind("prescription")
    tonight = written["value"]["exercises"]["zigzag-walk"]
    told = (tonight["exercise"], tonight["amount"], tonight["rule"])
    assert told == ("slalom-walk", 4, "trainer_override")
    tablet.start_circuit()
    tablet.tap("Stations")
    tile = tablet.page.locator(".station").nth(4)
    expect(tile).to_contain_text("Zigzag walk")


def test_why_is_said_in_the_tablets_language(tablet: TabletPage) -> None:
    """The rule and its values are sent; the sentence is the catalogue's."""
    page = tablet.open()
    values = {name: f"<{name}>" for name in (
        "exercise", "band", "ceiling", "session", "sessions", "rpe", "accept", "observed",
        "needed", "amount", "target", "week",
    )}  # fmt: skip
    said = page.evaluate(SAY_RULES, [list(SENTENCES), values])
    assert said["english"] == {rule: write_why(rule, values) for rule in SENTENCES}
    for rule, sentence in said["elsewhere"].items():
        assert sentence.startswith("يقول"), rule
    assert said["elsewhere"]["week_ceiling"] == "يقول <week>"


def lighten(tablet: TabletPage, code: str) -> None:
    """In the middle of the circuit, from her drawer; that her set was seen is taken back."""
    tablet.tile(code).tap()
    tablet.tap("Undo")
    tablet.tap("More")
    tablet.tap("Hand over: how are you today?", ".drawer")
    sheet = tablet.page.locator(".readiness")
    for row in sheet.locator(".yes-no").all()[:5]:
        row.get_by_role("button", name="No").tap()
    sheet.locator(".eleven .key").nth(9).tap()
    sheet.locator(".main-action").tap()
    tablet.tap("Today lighter", ".drawer")


def test_a_lighter_day_is_one_level_less_from_then_on_also_offline(tablet: TabletPage) -> None:
    """Tile, the drawer's middle key and what is assumed; until it is taken back."""
    page = tablet.reach_circuit(CODES[:2])
    tablet.wait_until_sent()
    tablet.lose_server()
    tile = tablet.tile("P02")
    expect(tile.locator(".ex b")).to_have_text("12 + 12")
    lighten(tablet, "P02")
    expect(page.locator(".decision")).to_contain_text("One level less at 8 of 8 stations")
    tablet.picture("t5-lighter")
    assert find_violations(page) == []
    tablet.tap("Done", ".drawer")
    expect(tile.locator(".ex b")).to_have_text("10 + 10")
    expect(tile).to_contain_text("Lighter")
    tile.tap()
    expect(page.locator('.amount[data-target="true"]')).to_have_text("10")
    tablet.tap("10", ".amounts")
    tablet.tap("Done", ".drawer")
    tablet.come_back()
    tablet.wait_until_sent()
    last = tablet.ledger.of_kind("set")[-1]["value"]
    assert (last["prescribed"]["amount"], last["performed"]["amount"]) == (10, 10)
    (written,) = (o for o in tablet.ledger.of_kind("prescription") if o["about"] == "P02")
    told = written["value"]["exercises"]["hip-abduction-band"]
    assert (told["amount"], told["lighter"]) == (12, {"amount": 10, "band": "green"})


def test_a_lighter_day_that_was_a_slip_is_undone(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:2])
    lighten(tablet, "P02")
    expect(tablet.tile("P02").locator(".ex b")).to_have_text("10 + 10")
    page.get_by_role("button", name="Undo").tap()
    expect(tablet.tile("P02").locator(".ex b")).to_have_text("12 + 12")
    tablet.wait_until_sent()
    level, back = tablet.ledger.of_kind("level_changed")
    assert (level["value"]["level"], back["value"], back["supersedes"]) == (
        "lighter", None, level["id"],
    )  # fmt: skip


def test_what_is_accepted_is_prescribed_as_proposed(tablet: TabletPage) -> None:
    open_plan_of(tablet, "P01")
    tablet.tap("Accept")
    tablet.tap("Done", ".drawer")
    tablet.give_straps(["P01"])
    tablet.start_warm_up()
    tablet.wait_until_sent()
    assert tablet.ledger.of_kind("progression_decision")[-1]["value"]["accepted"] is True
    (written,) = tablet.ledger.of_kind("prescription")
    tonight = written["value"]["exercises"]["sit-to-stand"]
    assert (tonight["amount"], tonight["rule"]) == (9, "earned")


def test_jumps_are_signed_off_by_whoever_works(tablet: TabletPage) -> None:
    open_plan_of(tablet, "P02")
    tablet.tap("Ready for jumps: sign off, from her next session")
    tablet.tap("Signed off for jumps from her next session ✓ Take it back")
    tablet.tap("Ready for jumps: sign off, from her next session")
    tablet.wait_until_sent()
    told = [one["value"] for one in tablet.ledger.of_kind("plyometric_signoff")]
    assert [(one["ready"], one["signed_by"]) for one in told] == [
        (True, "sara"), (False, "sara"), (True, "sara"),
    ]  # fmt: skip
    yes, no, again = (one["locked_from"] for one in told)
    assert yes is None
    assert no == again is not None


def test_a_closed_session_is_opened_again_with_a_reason(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:2])
    page.evaluate(TO_CLOSING)
    tablet.tap("How she feels")
    for grade in (7, 4):
        tablet.rate_next(grade)
    expect(page.get_by_text("Everybody is asked ✓")).to_be_visible()
    tablet.picture("t10-feeling")
    assert find_violations(page) == []
    tablet.tap("Done", ".effort")
    tablet.tap("3 End")
    tablet.tap("Hold to end")
    tablet.tap("Tap again to end")
    tablet.tap("Open it again")
    tablet.picture("t10-reopen")
    assert find_violations(page) == []
    tablet.tap("Something was forgotten")
    tablet.picture("t10-reopen-pin")
    assert find_violations(page) == []
    tablet.enter_pin("000000")
    expect(page.get_by_text("That PIN isn't sara's. Try again.")).to_be_visible()
    tablet.wait_until_sent()
    assert tablet.ledger.of_kind("session_reopened") == []
    tablet.enter_pin(PINS["sara"])
    expect(page.get_by_role("heading", name="Close the session")).to_be_attached()
    tablet.wait_until_sent()
    feelings = {o["about"]: o["value"]["feeling_0_10"] for o in tablet.ledger.of_kind("feeling")}
    assert feelings == {"P01": 7, "P02": 4}
    (reopened,) = tablet.ledger.of_kind("session_reopened")
    assert reopened["value"] == {"why": "something was forgotten"}
    tablet.tap("3 End")
    tablet.tap("Hold to end")
    tablet.tap("Tap again to end")
    expect(page.get_by_role("heading", name="The session is closed")).to_be_visible()
    tablet.wait_until_sent()
    assert len(tablet.ledger.of_kind("session_closed")) == 2


def test_nobody_is_said_to_have_done_what_she_missed(tablet: TabletPage) -> None:
    """A tap on her tile in the rest says nothing of the set before she came."""
    tablet.ledger.planned = tablet.ledger.planned | {
        "minutes": tablet.ledger.planned["minutes"] | {"turn_work_s": 2.0}
    }
    page = tablet.reach_circuit(CODES[:2])
    expect(tablet.tile("P10").locator(".tick").first).to_have_attribute("data-kind", "missed")
    tablet.tile("P10").tap()
    tablet.tap("More")
    tablet.tap("She is here")
    tablet.tap("Done", ".drawer")
    tablet.tile("P10").tap()
    tablet.tap("Done", ".drawer")
    tablet.tap("Stations")
    page.get_by_role("button", name="All as planned ✓").nth(1).tap()
    tablet.wait_until_sent()
    assert [one["about"] for one in tablet.ledger.of_kind("set")] == ["P02/hip-abduction-band/1"]


def test_whoever_is_still_away_at_the_end_is_asked_about(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:3])
    tablet.tile("P02").tap()
    tablet.tap("More")
    tablet.tap("Away (toilet, rest)")
    page.evaluate(TO_CLOSING)
    tablet.tap("2 Check")
    odd = page.locator(".odd", has_text="Tea P02 is still away.")
    odd.get_by_role("button", name="Went home").tap()
    expect(odd).to_be_hidden()
    tablet.wait_until_sent()
    statuses = [o["value"]["status"] for o in tablet.ledger.of_kind("attendance")]
    assert statuses[-2:] == ["away", "left"]

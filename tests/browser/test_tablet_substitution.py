"""Another exercise for one woman tonight: her target, her tile and her sets from then on."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from protocol.ledger.validation import decode_event
from server.sessions.domain.fold import fold_session
from tests.browser.passing_time import pass_to_end, pass_until, take_clock
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_access import examine
from tests.browser.test_tablet_decisions import lighten, open_plan_of
from tests.tablet_evening import CODES, STATIONS, let_jump, make_planned

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

NewTablet = Callable[[dict[str, int] | None], TabletPage]
HERS, ELSE = STATIONS[0][0], "wall-squat"
LOAD_SIGN_OFF = """async () => {
  window.signOffJumps = (await import("/tablet/app/state/signing_off.js")).signOffJumps;
}"""
UNDO_NO = """async () => {
  const { draftFact, enter } = await import("/tablet/app/state/entering.js");
  await enter(() => draftFact("plyometric_signoff", "P01", null, "slip of the finger"));
}"""
READ_SETS = """async (code) => {
  const { state } = await import("/tablet/app/state/model.js");
  return state.value.people[code].sets;
}"""


def open_choices(tablet: TabletPage, code: str) -> Locator:
    tablet.tile(code).tap()
    tablet.tap("More")
    tablet.tap("Another exercise tonight")
    panel = tablet.page.locator(".drawer")
    expect(panel).to_contain_text("Station 1: Sit-to-stand")
    return panel


def choose(tablet: TabletPage, name: str) -> None:
    key = tablet.page.locator(".choice", has_text=name)
    expect(key).to_have_attribute("aria-disabled", "false")
    key.tap()


def fold_server(tablet: TabletPage) -> dict[str, Any]:
    """What the server makes of the same entries."""
    rows = next(iter(tablet.ledger.events.values()))
    keys = ("id", "kind", "about", "value", "actor", "device", "device_seq", "occurred_at",
            "clock_offset_ms", "supersedes", "reason")  # fmt: skip
    events = [decode_event({key: row[key] for key in keys}) for row in rows]
    return fold_session(events, tablet.ledger.now())  # type: ignore[arg-type]


def test_another_exercise_is_hers_from_then_on_also_offline(tablet: TabletPage) -> None:
    """On the tile, on the station's card, in the drawer and in the set that is seen."""
    tablet.ledger.planned = make_planned(work_s=600)
    page = tablet.reach_circuit(CODES[:2])
    tablet.wait_until_sent()
    tablet.lose_server()
    tile = tablet.tile("P01")
    panel = open_choices(tablet, "P01")
    expect(panel).not_to_contain_text("Vertical jump")  # locked until she is signed off
    choose(tablet, "Wall squat")
    expect(tile.locator(".ex")).to_contain_text("Wall squat 8")
    expect(panel).to_contain_text("Tonight instead: Wall squat")
    page.wait_for_timeout(600)
    tablet.picture("t7-another-exercise")
    found = examine(page)
    assert not any(found.values()), found
    tablet.tap("Pain", ".drawer")
    expect(page.get_by_role("button", name="Pain")).to_have_attribute("aria-pressed", "true")
    tablet.tap("Done", ".drawer")
    tablet.tap("Stations")
    expect(page.locator(".station").first).to_contain_text("Wall squat")
    tablet.picture("t7-stations-another")
    tablet.tap("Tiles")
    tile.tap()
    expect(page.locator('.amount[data-target="true"]')).to_have_text("8")
    tablet.come_back()
    tablet.wait_until_sent()
    seen, unseen, again = tablet.ledger.of_kind("set")
    assert (seen["value"]["exercise"], unseen["value"]) == (HERS, None)
    told = again["value"]
    assert (told["exercise"], told["substituted_for"], told["prescribed"]["amount"]) == (
        ELSE, HERS, 8,
    )  # fmt: skip
    first, why = tablet.ledger.of_kind("substitution")
    assert (first["about"], first["value"]["instead"]["exercise"]) == (f"P01/{HERS}", ELSE)
    assert first["value"]["instead"]["unit"] == "repetitions"
    assert (why["supersedes"], why["value"]) == (
        first["id"], {**first["value"], "reason_chip": "pain"},
    )  # fmt: skip
    assert tablet.list_refused() == []


def test_what_she_did_before_stays_and_what_is_assumed_later_is_the_other_one(
    tablet: TabletPage,
) -> None:
    """One station, three rounds; the second is over when it is changed for the third."""
    take_clock(tablet)
    planned = make_planned()
    tablet.ledger.planned = planned | {"stations": planned["stations"][:1]}
    page = tablet.reach_circuit(CODES[:1])
    pass_until(1, "rest", tablet)
    sheet = page.locator(".effort")
    sheet.wait_for()
    sheet.locator(".done").tap()
    tablet.tile("P01").tap()
    tablet.tap("Undo")  # nobody has seen her first set
    tablet.tap("More")
    tablet.tap("Another exercise tonight")
    choose(tablet, "Step and touch")
    pass_until(1, "work", tablet)
    pass_until(1, "rest", tablet)
    tablet.wait_until_sent()
    sets = page.evaluate(READ_SETS, "P01")
    did = {name: (one["exercise"], one["substituted_for"]) for name, one in sets.items()}
    assert did == {f"{HERS}/1": (HERS, None), f"{HERS}/2": ("step-touch", HERS)}
    assert sets[f"{HERS}/2"]["evidence"] == "assumed"
    assert sets[f"{HERS}/2"]["prescribed"] == {
        "amount": 4, "unit": "laps", "band": "red", "sides": "both",
    }  # fmt: skip
    served = fold_server(tablet)["people"]["P01"]["substitutions"]
    assert served[HERS]["instead"]["exercise"] == "step-touch"
    sheet.locator(".done").tap()  # it opened again by itself
    tablet.tap("Set 1")
    tablet.page.locator(".amount").nth(2).tap()  # fewer than planned, of what she did then
    tablet.wait_until_sent()
    counted = tablet.ledger.of_kind("set")[-1]
    assert (counted["about"], counted["value"]["exercise"]) == (f"P01/{HERS}/1", HERS)
    assert counted["value"]["prescribed"]["amount"] == 9


def test_another_exercise_is_undone_at_once_and_taken_back_later(tablet: TabletPage) -> None:
    tablet.ledger.planned = make_planned(work_s=600)
    page = tablet.reach_circuit(CODES[:2])
    exercise = tablet.tile("P01").locator(".ex")
    open_choices(tablet, "P01")
    choose(tablet, "Wall squat")
    expect(exercise).to_contain_text("Wall squat")
    tablet.tap("Undo")
    expect(exercise).to_contain_text("Sit-to-stand")
    page.wait_for_timeout(600)  # its keys were drawn anew
    choose(tablet, "Step and touch")
    expect(exercise).to_contain_text("Step and touch")
    key = page.get_by_role("button", name="As prescribed again")
    expect(key).to_have_attribute("aria-disabled", "false")
    key.tap()
    expect(exercise).to_contain_text("Sit-to-stand")
    tablet.wait_until_sent()
    told = [one["value"] and (one["value"]["instead"] or {}).get("exercise")
            for one in tablet.ledger.of_kind("substitution")]  # fmt: skip
    assert told == [ELSE, None, "step-touch", None]


def test_the_sweep_names_what_she_did_and_not_what_she_would_do_now(tablet: TabletPage) -> None:
    take_clock(tablet)
    page = tablet.reach_circuit(CODES[:2])
    pass_until(1, "rest", tablet)
    open_sweep_after_wall_squats(tablet)
    expect(page.locator(".asked")).to_contain_text("Sit-to-stand, where she has just been")
    assert rate(tablet, 4) == HERS


def open_sweep_after_wall_squats(tablet: TabletPage) -> None:
    """P01 has another exercise from now on; then the sweep."""
    open_choices(tablet, "P01")
    choose(tablet, "Wall squat")
    expect(tablet.tile("P01").locator(".ex")).to_contain_text("Wall squat")
    tablet.tap("Done", ".drawer")
    tablet.tap("Effort (RPE)")


def rate(tablet: TabletPage, place: int) -> Any:
    """The exercise that is stored with the rating of the woman who is asked about."""
    tablet.rate_next(place)
    tablet.wait_until_sent()
    given = tablet.ledger.of_kind("rpe")[-1]
    assert (given["about"], given["value"]["rating"]) == ("P01/1", 6 + place)
    return given["value"]["exercise"]


def test_a_rating_is_kept_with_the_exercise_that_stood_on_the_screen(tablet: TabletPage) -> None:
    tablet.ledger.planned = make_planned(work_s=600)
    page = tablet.reach_circuit(CODES[:2])
    open_sweep_after_wall_squats(tablet)
    expect(page.locator(".asked")).to_contain_text("Wall squat, where she is now")
    assert rate(tablet, 7) == ELSE


def test_on_a_lighter_day_the_other_exercise_is_lighter_too(tablet: TabletPage) -> None:
    """The feather is on the tile and on the card: so must be what it says."""
    tablet.ledger.planned = make_planned(work_s=600)
    page = tablet.reach_circuit(CODES[:2])
    tile = tablet.tile("P01")
    lighten(tablet, "P01")
    tablet.tap("Another exercise tonight")
    choice = page.locator(".choice", has_text="Wall squat")
    expect(choice.locator("b b")).to_have_text("6")
    choose(tablet, "Wall squat")
    expect(tile.locator(".ex")).to_contain_text("Wall squat 6")
    expect(tile.locator('[data-sign="feather"]')).to_have_count(1)
    tablet.tap("Done", ".drawer")
    tablet.tap("Stations")
    expect(page.locator(".station").first).to_contain_text("Wall squat 6")
    tablet.tap("Tiles")
    tile.tap()
    expect(page.locator('.amount[data-target="true"]')).to_have_text("6")
    tablet.wait_until_sent()
    (said,) = tablet.ledger.of_kind("substitution")
    told = said["value"]["instead"]
    assert (told["amount"], told["lighter"], told["locked"]) == (
        8, {"amount": 6, "band": None}, False,
    )  # fmt: skip
    assert tablet.ledger.of_kind("set")[-1]["value"]["prescribed"]["amount"] == 6
    assert tablet.list_refused() == []


def test_a_no_to_jumps_ends_one_that_was_chosen_before_it(tablet: TabletPage) -> None:
    """On the tile, on the card and among the choices; a yes after it counts another day."""
    tablet.ledger.planned = make_planned(work_s=600)
    tablet.ledger.evening = let_jump("P02")
    page = tablet.reach_circuit(CODES[:2])
    tile = tablet.tile("P02").locator(".ex")
    tablet.tile("P02").tap()  # at station 2, where she isn't prescribed one
    tablet.tap("More")
    tablet.tap("Another exercise tonight")
    choose(tablet, "Vertical jump")
    expect(tile).to_contain_text("Vertical jump 5")
    take_back = page.get_by_role("button", name="Signed off for jumps ✓ Take it back")
    expect(take_back).to_have_attribute("aria-disabled", "false")
    take_back.tap()
    expect(tile).to_contain_text("No jump: Hip abduction, band")
    panel = page.locator(".drawer")
    expect(panel).to_contain_text("No jumps tonight: Hip abduction, band")
    expect(panel.locator(".choice", has_text="Vertical jump")).to_have_count(0)
    expect(panel.locator(".choice", has_text="Wall squat")).to_have_count(1)
    page.wait_for_timeout(600)
    tablet.picture("t7-no-jump")
    found = examine(page)
    assert not any(found.values()), found
    tablet.tap("Undo")
    expect(tile).to_contain_text("Vertical jump 5")
    expect(take_back).to_have_attribute("aria-disabled", "false")
    take_back.tap()
    expect(tile).to_contain_text("No jump:")
    again = page.get_by_role("button", name="Ready for jumps: sign off, from her next session")
    expect(again).to_have_attribute("aria-disabled", "false")
    again.tap()
    expect(panel).to_contain_text("Signed off for jumps from her next session ✓ Take it back")
    expect(tile).to_contain_text("No jump: Hip abduction, band")
    tablet.tap("Done", ".drawer")
    tablet.tap("Stations")
    expect(page.locator(".station").nth(1)).to_contain_text("No jump:")
    tablet.picture("t7-stations-no-jump")
    found = examine(page)
    assert not any(found.values()), found
    tablet.wait_until_sent()
    no, void, second, yes = (one["value"] for one in tablet.ledger.of_kind("plyometric_signoff"))
    assert (no["ready"], void, second["ready"], yes["ready"]) == (False, None, False, True)
    assert yes["locked_from"] == second["locked_from"] > no["locked_from"]
    assert tablet.list_refused() == []


def test_after_a_no_what_is_assumed_is_the_plans_stand_in_and_what_she_did_stays(
    tablet: TabletPage,
) -> None:
    """Prescribed jumps, one station, two rounds; the no comes between them."""
    take_clock(tablet)
    planned = make_planned(rounds=2)
    tablet.ledger.planned = planned | {"stations": planned["stations"][:1]}
    tablet.ledger.evening = let_jump("P01")
    page = tablet.reach_circuit(CODES[:1])
    expect(tablet.tile("P01").locator(".ex")).to_contain_text("Vertical jump 4")
    pass_until(1, "rest", tablet)
    page.locator(".effort .done").tap()
    tablet.tile("P01").tap()
    tablet.tap("Undo")  # nobody has seen her first set
    tablet.tap("More")
    tablet.tap("Another exercise tonight")
    take_back = page.get_by_role("button", name="Signed off for jumps ✓ Take it back")
    expect(take_back).to_have_attribute("aria-disabled", "false")
    take_back.tap()
    expect(tablet.tile("P01").locator(".ex")).to_contain_text("No jump: Sit-to-stand 10")
    pass_to_end(tablet)
    tablet.wait_until_sent()
    sets = page.evaluate(READ_SETS, "P01")
    did = {name: (one["exercise"], one["prescribed"]["amount"], one["evidence"])
           for name, one in sets.items()}  # fmt: skip
    assert did == {
        f"{HERS}/1": ("vertical-jump", 4, "assumed"), f"{HERS}/2": (HERS, 10, "assumed"),
    }  # fmt: skip
    assert fold_server(tablet)["people"]["P01"]["sets"] == sets
    (written,) = tablet.ledger.of_kind("prescription")
    told = written["value"]["exercises"][HERS]
    assert (told["exercise"], told["while_locked"]["exercise"]) == ("vertical-jump", HERS)
    assert tablet.list_refused() == []


def test_a_no_in_the_work_takes_back_that_her_jump_was_seen(tablet: TabletPage) -> None:
    tablet.ledger.planned = make_planned(work_s=600)
    tablet.ledger.evening = let_jump("P01")
    page = tablet.reach_circuit(CODES[:1])
    open_choices(tablet, "P01")
    take_back = page.get_by_role("button", name="Signed off for jumps ✓ Take it back")
    expect(take_back).to_have_attribute("aria-disabled", "false")
    take_back.tap()
    expect(tablet.tile("P01").locator(".ex")).to_contain_text("No jump:")
    tablet.wait_until_sent()
    seen, unseen = tablet.ledger.of_kind("set")
    assert (seen["value"]["exercise"], unseen["value"]) == ("vertical-jump", None)


def test_a_no_before_the_start_gives_her_the_stand_in_and_undone_gives_her_jump_back(
    tablet: TabletPage,
) -> None:
    """What is written down as prescribed has both: the no is a fact of its own beside it."""
    tablet.ledger.planned = make_planned(work_s=600)
    tablet.ledger.evening = let_jump("P01")
    open_plan_of(tablet, "P01")
    tablet.tap("Signed off for jumps ✓ Take it back")
    tablet.tap("Done", ".drawer")
    tablet.give_straps(["P01"])
    tablet.start_warm_up()
    tablet.start_circuit()
    tile = tablet.tile("P01").locator(".ex")
    expect(tile).to_contain_text("No jump: Sit-to-stand 10")
    tablet.wait_until_sent()
    told = tablet.ledger.of_kind("prescription")[0]["value"]["exercises"][HERS]
    assert (told["exercise"], told["rule"]) == ("vertical-jump", "plan_same")
    assert (told["while_locked"]["exercise"], told["while_locked"]["amount"]) == (HERS, 10)
    tablet.page.evaluate(UNDO_NO)
    expect(tile).to_contain_text("Vertical jump 4")
    tablet.wait_until_sent()
    assert tablet.list_refused() == []


@pytest.mark.parametrize("is_before", [True, False], ids=["before the start", "after it"])
def test_the_stand_in_for_her_jump_has_its_own_support_on_the_tile(
    tablet: TabletPage, *, is_before: bool
) -> None:
    """One easier than anything the station offers, which only the bundle knows."""
    tablet.ledger.planned = make_planned(work_s=600)
    evening = let_jump("P01")
    evening["prescriptions"]["P01"][HERS]["while_locked"] |= {
        "exercise": "tandem-foam-support", "name": "Tandem, held", "cue": "Hold on",
        "support": "hold", "unit": "seconds", "amount": 12,
    }  # fmt: skip
    tablet.ledger.evening = evening
    open_plan_of(tablet, "P01")
    if is_before:
        tablet.tap("Signed off for jumps ✓ Take it back")
    tablet.tap("Done", ".drawer")
    tablet.give_straps(["P01"])
    tablet.start_warm_up()
    tablet.start_circuit()
    tile = tablet.tile("P01")
    if not is_before:
        expect(tile.locator(".ex")).to_contain_text("Vertical jump 4")
        expect(tile.locator(".sign")).to_have_count(0)
        open_choices(tablet, "P01")
        take_back = tablet.page.get_by_role("button", name="Signed off for jumps ✓ Take it back")
        expect(take_back).to_have_attribute("aria-disabled", "false")
        take_back.tap()
    expect(tile.locator(".ex")).to_contain_text("Tandem, held 12 s")
    expect(tile.locator('.sign[data-sign="hand"]')).to_have_count(1)


def test_of_a_yes_and_a_no_that_differ_the_no_holds_tonight_whichever_is_kept(
    tablet: TabletPage, new_tablet: NewTablet
) -> None:
    """The yes is the earlier one, of a tablet that hadn't heard of the no."""
    tablet.ledger.planned = make_planned(work_s=600)
    tablet.ledger.evening = let_jump("P01")
    page = tablet.reach_circuit(CODES[:1])
    tablet.wait_until_sent()
    other = new_tablet(None)
    other.join_circuit("leyla")
    for one in (tablet, other):
        one.page.evaluate(LOAD_SIGN_OFF)
    tablet.lose_server()
    other.page.evaluate("() => window.signOffJumps('P01', true, null)")
    page.wait_for_timeout(50)
    page.evaluate("() => window.signOffJumps('P01', false, null)")
    tablet.come_back()
    for one in (tablet, other):
        one.wait_until_sent()
        expect(one.tile("P01").locator(".ex")).to_contain_text("No jump: Sit-to-stand 10")
    page.evaluate("""async () => {
      const { enterPhase } = await import("/tablet/app/state/clock_acts.js");
      await enterPhase("closing");
    }""")
    tablet.tap("2 Check")
    card = page.locator(".conflict")
    expect(card.get_by_role("button", name="Keep not ready for jumps (")).to_have_count(1)
    keep = card.get_by_role("button", name="Keep ready from her next session (leyla")
    tablet.picture("conflict-sign-off")
    keep.tap()
    expect(card).to_be_hidden()
    tablet.wait_until_sent()
    *said, kept = (one["value"] for one in tablet.ledger.of_kind("plyometric_signoff"))
    no, yes = sorted(said, key=lambda one: bool(one["ready"]))  # as they came, in either order
    assert (no["ready"], yes["ready"], yes["locked_from"]) == (False, True, None)
    assert (kept["ready"], kept["locked_from"]) == (True, no["locked_from"])
    signed = fold_server(tablet)["people"]["P01"]["plyometric_signoff"]
    assert (signed["ready"], signed["locked_from"]) == (True, no["locked_from"])
    assert signed["conflict"] is False

"""The pure parts of a practice, run where they run: in Chromium."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import Browser

from protocol.errors import InvalidIdentifierError
from protocol.identifiers import parse_participant_code
from server.live.frame import Frame, Gateway, Tile
from server.live.strap_state import SHAPES, State
from tests.browser.practice_modules import Run, open_modules
from tests.contract.test_ledger_double import BUNDLE, EVENTS, require_same_shape
from tests.ledger_double import LedgerDouble, build_double_router
from tests.tablet_evening import SESSION, SIGNS, make_bundle, make_planned

pytestmark = pytest.mark.browser

NOW: Final = "2026-11-30T17:00:00.000Z"
NOW_MS: Final = 1_796_058_000_000
BAND: Final = {"scale": "borg_6_20", "accept": [10, 12]}


@pytest.fixture(scope="module")
def run(chromium: Browser) -> Iterator[Run]:
    """`run(module, name, *arguments)`: one call of one exported function."""
    with open_modules(chromium) as opened:
        yield opened


@pytest.fixture(scope="module")
def handed(run: Run) -> dict[str, Any]:
    """What T2 gives a practice."""
    bundle = make_bundle(["sara"], make_planned(), NOW)
    return {
        "seed": 7, "startMs": NOW_MS, "session": SESSION, "trainer": "sara", "study": "PRACTICE",
        "planned": bundle["planned"], "effort": bundle["effort"], "nSessions": 24,
        "askedAfter": [8, 8, 8], "language": "en", "catalogue": None,
        "limits": {"hr_ceiling_bpm": None, "rpe_look": None, "rpe_act": None, "signed_by": None,
                   "sha256": None},
        "signs": run("core/women", "chooseSigns", list(SIGNS)),
    }  # fmt: skip


def answer(
    run: Run, handed: dict[str, Any], method: str, path: str, content: Any = None,
    rows: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """What the practice's double answers, and what it would store."""
    asked = {"method": method, "path": path, "content": content}
    held = {"rows": rows or [], "handed": handed, "nowMs": NOW_MS}
    told: dict[str, Any] = run("core/server_answers", "answer", asked, held)
    return told


def note(number: int, text: str = "x") -> dict[str, Any]:
    return {"id": f"0000-{number}", "kind": "note", "about": "X01", "value": {"text": text}}


def test_nobody_of_a_practice_can_be_a_participant(run: Run, handed: dict[str, Any]) -> None:
    """Not by code, which the server takes from nobody, and not by sign or strap."""
    women = run("core/women", "makeWomen", 7, handed["signs"])
    assert len({woman["code"] for woman in women}) == 15
    assert not {woman["sign"].casefold() for woman in women} & {s.casefold() for s in SIGNS}
    for woman in women:
        with pytest.raises(InvalidIdentifierError):
            parse_participant_code(woman["code"])
        assert woman["strap"].startswith("PRACTICE-")


def test_a_sign_that_a_participant_has_is_left_out(run: Run) -> None:
    assert run("core/women", "chooseSigns", [])[0] == "Bell"
    left = run("core/women", "chooseSigns", ["bell", "CUP"])
    assert left[0] == "Drum"
    assert len(left) == 15


def test_the_same_seed_is_the_same_practice(run: Run, handed: dict[str, Any]) -> None:
    one, again, other = (
        run("core/women", "makeWomen", seed, handed["signs"]) for seed in (7, 7, 8)
    )
    assert one == again != other


def test_the_bundle_has_the_shape_of_the_server_s(run: Run, handed: dict[str, Any]) -> None:
    text = json.dumps(answer(run, handed, "GET", BUNDLE)["body"])
    practised = json.loads(re.sub(r'"X(\d\d)"', r'"P\1"', text))
    doubled = make_bundle(["sara"], make_planned(), NOW)
    assert practised.keys() == doubled.keys()
    practised["safety"].pop("sha256")  # the double has none where nobody signed
    require_same_shape(practised, doubled)
    assert practised["planned"] == doubled["planned"]
    assert len(practised["sessions"]) == 24


def test_nothing_of_anybody_comes_into_a_practice(run: Run, handed: dict[str, Any]) -> None:
    text = str(answer(run, handed, "GET", BUNDLE)["body"])
    real = make_bundle(["sara"], make_planned(), NOW)
    for person in real["people"]:
        assert person["first_name"] not in text
        assert f"'{person['code']}'" not in text
        assert person["usual_strap"] not in text
    assert "Fingolimod" not in text


def test_entries_are_acknowledged_as_the_server_does(run: Run, handed: dict[str, Any]) -> None:
    """Results, places and head against the double that is held to the real server."""
    double = LedgerDouble()
    rows: list[dict[str, Any]] = []
    for batch in ([note(1), note(2)], [note(1), note(3)], [note(3, "other")]):
        told = answer(run, handed, "POST", EVENTS, batch, rows)
        rows += told["taken"]
        expected = [double.append(SESSION, FILLED | event) for event in batch]
        assert told["body"]["results"] == expected
    assert [row["n"] for row in rows] == [1, 2, 3]
    read = answer(run, handed, "GET", f"{EVENTS}?after=1", None, rows)["body"]
    assert [event["id"] for event in read["events"]] == ["0000-2", "0000-3"]
    assert (read["head"], read["backed_up"]) == (3, 3)
    many = answer(run, handed, "POST", EVENTS, [note(n) for n in range(201)])
    assert (many["status"], many["taken"]) == (413, [])


FILLED: Final = dict.fromkeys(
    ("actor", "device", "device_seq", "occurred_at", "clock_offset_ms", "supersedes", "reason")
)


@pytest.mark.parametrize(
    "asked", [("GET", "/self"), ("POST", "/sign-in"), ("POST", "/tablet/actors"),
              ("GET", "/tablet/bundle"), ("GET", f"/sessions/{SESSION}/events")],
)  # fmt: skip
def test_it_answers_what_the_double_answers(
    run: Run, handed: dict[str, Any], asked: tuple[str, str]
) -> None:
    method, path = asked
    routes = {getattr(route, "path", "") for route in build_double_router(LedgerDouble()).routes}
    assert f"/api/v1{path}".replace(SESSION, "{session}") in routes
    content = {"name": "sara", "pin": "123456"} if method == "POST" else None
    told = answer(run, handed, method, f"/api/v1{path}", content)
    assert told["status"] == 200
    assert told["body"]["server_utc"] == NOW


def test_what_a_practice_has_not_is_not_found(run: Run, handed: dict[str, Any]) -> None:
    told = answer(run, handed, "GET", f"/api/v1/sessions/{SESSION}/coverage")
    assert (told["status"], told["body"]["code"]) == (404, "not_found")


FINE: Final = {
    "sinceMs": None,
    "isLoose": False,
    "isLow": False,
    "isGateway": False,
    "knockS": None,
}
STRAP: Final = {"serial": "PRACTICE-01", "label": "01", "model": "h10"}
WORN: Final = {"bpm": 88.4, "mg": 41.0}


@pytest.mark.parametrize(
    ("trouble", "state", "word"),
    [({}, State.GOOD, "Good"), ({"isLoose": True}, State.NO_CONTACT, "No contact?"),
     ({"isLow": True}, State.BATTERY, "Battery 8 %"),
     ({"sinceMs": NOW_MS - 84_000}, State.LOST, "Lost 1:24"),
     ({"sinceMs": NOW_MS - 5_000}, State.GOOD, "Good")],
)  # fmt: skip
def test_a_strap_tells_what_a_frame_tells(
    run: Run, trouble: dict[str, Any], state: State, word: str
) -> None:
    tile = run("core/tiles", "makeTile", STRAP, WORN, FINE | trouble, NOW_MS)
    assert tile.keys() == set(Tile.__struct_fields__)
    assert (tile["state"], tile["word"], tile["shape"]) == (state, word, SHAPES[state])
    assert tile["simulated"] is True
    heard = state in {State.GOOD, State.BATTERY}
    assert tile["bpm"] == (88 if heard else None)


def test_a_strap_on_nobody_is_not_heard_and_a_frame_has_all_its_fields(run: Run) -> None:
    tile = run("core/tiles", "makeTile", STRAP, None, FINE, NOW_MS)
    assert (tile["state"], tile["word"], tile["bpm"]) == ("lost", "Not heard", None)
    frame = run("core/tiles", "makeFrame", 3, [tile], NOW_MS - 30_000, NOW_MS)
    assert frame.keys() == set(Frame.__struct_fields__)
    assert frame["gateways"][0].keys() == set(Gateway.__struct_fields__)
    assert frame["gateways"][0]["age_s"] == 30


def test_hearts_follow_the_plan_s_effort_and_come_down_more_slowly(run: Run) -> None:
    """Light (30 to 39 %) and moderate (40 to 59 %) of her reserve, as ACSM's table has them."""
    light, moderate = (run("core/hearts", "shareOfEffort", borg) for borg in (10, 12.5))
    assert light == pytest.approx(0.345, abs=0.045)
    assert moderate == pytest.approx(0.495, abs=0.095)
    woman = {"restBpm": 70, "peakBpm": 170, "riseS": 50, "fallS": 70}
    work = {"what": "work", "exercise": "pelvic-tilt", "borg": 10}
    sit = {"what": "sit", "exercise": None, "borg": 10}
    assert run("core/hearts", "stepHeart", None, work, woman, 0) == pytest.approx(105)
    assert run("core/hearts", "stepHeart", 70, work, woman, 50) == pytest.approx(92.1, abs=0.1)
    assert run("core/hearts", "stepHeart", 105, sit, woman, 70) == pytest.approx(85.4, abs=0.1)


def test_she_says_an_effort_of_the_week_and_a_jump_goes_from_end_to_end(run: Run) -> None:
    told = [
        run("core/saying", "sayEffort", {"effortBias": bias}, round_, BAND)
        for bias in (-1, 0, 1)
        for round_ in (1, 2, 3)
    ]
    assert set(told) <= set(range(10, 14))
    jumps = [
        run("core/saying", "sayEffort", {"effortBias": 0}, 1, BAND, how) for how in ("high", "low")
    ]
    assert jumps == [20, 6]


def test_time_goes_faster_but_not_backwards_and_not_tenfold_while_they_work(run: Run) -> None:
    clock = {"ms": 1000, "steadyMs": 50, "speed": 4}
    assert run("core/clock", "readAt", clock, 60) == 1040
    assert run("core/clock", "restart", clock, 60, 10) == {"ms": 1040, "steadyMs": 60, "speed": 10}
    limits = [run("core/clock", "limitSpeed", *one) for one in ((10, True), (10, False), (4, True))]
    assert limits == [1, 10, 4]
    kept = {"ms": 90_000, "wallMs": 10_000}
    assert run("core/clock", "resume", kept, 12_000, 0) == 92_000
    assert run("core/clock", "resume", kept, 12_000, 95_000) == 95_001
    assert run("core/clock", "resume", None, 12_000, 0) == 12_000

"""What a practice says at its end: what was asked, and what was done about it."""

from collections.abc import Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import Browser

from tests.browser.practice_modules import Run, open_modules

pytestmark = pytest.mark.browser

NOW_MS: Final = 1_796_058_000_000  # 2026-11-30T17:00:00Z


@pytest.fixture(scope="module")
def run(chromium: Browser) -> Iterator[Run]:
    """`run(module, name, *arguments)`: one call of one exported function."""
    with open_modules(chromium) as opened:
        yield opened


def event(kind: str, about: str, at_s: int, **changes: Any) -> dict[str, Any]:
    at = f"2026-11-30T17:00:{at_s:02d}.000Z"
    return {
        "kind": kind,
        "about": about,
        "value": {},
        "supersedes": None,
        "occurred_at": at,
    } | changes


def trouble(name: str, **changes: Any) -> dict[str, Any]:
    """Ten seconds after the hour, about X01 and, where it is a pair, X02."""
    one = {"nth": 1, "name": name, "code": "X01", "other": None, "about": None}
    return one | {"atMs": NOW_MS + 10_000, "endMs": None} | changes


@pytest.mark.parametrize(
    ("one", "answered"),
    [
        (trouble("pod_off"), event("wearing", "w", 40, value={"participant": "X01"})),
        (trouble("pod_off"), event("person_held", "X01", 40)),
        (trouble("unwell"), event("person_held", "X01", 40)),
        (trouble("latecomer"), event("attendance", "X01", 40, value={"status": "late"})),
        (trouble("effort_jump"), event("rpe", "X01/1", 40, value={"rating": 20})),
        (trouble("contradiction", about="X01/1"), event("rpe", "X01/1", 40, supersedes="e")),
        (trouble("straps_swapped", other="X02"),
         event("wearing", "w", 40, value={"participant": "X02", "strap": "A"})),
        (trouble("straps_swapped", other="X02"),
         event("identity_check", "X02", 40, value={"answer": "swapped"})),
    ],
)  # fmt: skip
def test_the_first_answer_to_a_trouble_is_the_entry_that_says_it_was_seen(
    run: Run, one: dict[str, Any], answered: dict[str, Any]
) -> None:
    usual = {"participant": "X02", "strap": "B"}  # given as last time: nobody saw anything
    others = [event("note", "X01", 20), event("person_held", "X05", 20),
              event("wearing", "v", 20, value=usual),
              answered | {"occurred_at": "2026-11-30T17:00:05.000Z"}]  # fmt: skip
    score = run_score(run, one, [*others, answered])
    assert (score["asks"], score["afterMs"]) == (True, 30_000)
    assert run_score(run, one, others)["afterMs"] is None


def run_score(run: Run, one: dict[str, Any], events: list[dict[str, Any]]) -> dict[str, Any]:
    """Of one trouble; X01 usually wears A and X02 B, and wears it as far as is entered."""
    people = {"X01": {"wearing": [{"strap": "A", "until": None}]}, "X02": {"wearing": []}}
    usual = {"X01": "A", "X02": "B"}
    (told,) = run("core/score", "scoreTroubles", [one], events, people, usual, NOW_MS + 60_000)
    return dict(told)


def test_what_was_done_in_the_room_counts_too_and_low_battery_asks_for_nothing(run: Run) -> None:
    put_on = trouble("contact_loss", endMs=NOW_MS + 25_000)
    assert run_score(run, put_on, [])["afterMs"] == 15_000
    assert run_score(run, trouble("battery_low"), [])["asks"] is False
    away = trouble("server_away", code=None, endMs=NOW_MS + 30_000)
    entries = [event("note", "X01", second) for second in (5, 15, 25, 35)]
    assert run_score(run, away, entries)["meanwhile"] == 2


def test_what_was_begun_and_not_ended_is_said(run: Run) -> None:
    held = event("person_held", "X01", 20)
    assert run_score(run, trouble("unwell"), [held])["left"] == "unwritten"
    written = event("adverse_event", "e", 22, value={"participant": "X01"})
    assert run_score(run, trouble("unwell"), [held, written])["left"] is None
    swapped = trouble("straps_swapped", other="X02")
    assert run_score(run, swapped, [])["left"] == "wrong_straps"
    assert run_score(run, swapped | {"endMs": NOW_MS + 20_000}, [])["left"] is None


def test_the_evening_s_score_names_who_was_not_asked_and_who_had_no_strap(run: Run) -> None:
    segments = [{"round": n, "kind": "work", "cut": False} for n in (1, 1, 2)]
    worked = {"a": {"round": 1, "missing": None}}
    fine = {"attendance": "present", "sets": worked, "wearing": [{}], "readiness": {}}
    people = {
        "X01": fine | {"rpe": {"1": {"rating": 11}}},
        "X02": fine | {"rpe": {"1": {"rating": None}}, "readiness": None},
        "X03": fine | {"rpe": {}, "wearing": []},
        "X04": fine | {"rpe": {}, "sets": {"a": {"round": 1, "missing": "away"}}},
        "X05": fine | {"rpe": {}, "attendance": "absent"},
    }
    counts = dict.fromkeys(("observed", "sensor", "self_report", "assumed", "missed"), 1)
    folded = {
        "people": people,
        "counts": counts | {"conflicts": 0, "entries": 9},
        "clock": {"state": "running", "segment": 2, "segments": segments},
    }
    told = run("core/score", "scoreEvening", folded)
    assert told["effortsMissing"] == [{"round": 1, "codes": ["X02", "X03"]}]
    assert (told["noStrap"], told["noReadiness"]) == (["X03"], ["X02"])
    assert (told["seen"], told["assumed"], told["missed"]) == (3, 1, 1)

"""What the scripted evening's ledger and screen say, against what was tapped."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from tests.browser.evening_circuit import CircuitNight
from tests.browser.evening_script import (
    CHANGES,
    GOES_OUT,
    LATE,
    ON_TIME,
    PLANNED,
    Told,
    expect_set,
    find_asked_slot,
    find_station,
    name_set,
    rate,
)
from tests.tablet_evening import CODES

MAKE_READY: Final = ("wearing", "readiness", "resting_hr")


@dataclass(frozen=True, slots=True)
class Evening:
    """One session as server and tablet have it at the end."""

    events: Sequence[dict[str, Any]]
    server_fold: dict[str, Any]
    tablet_fold: dict[str, Any]
    tablet_ids: Sequence[str]
    state: str
    summary: dict[str, str]

    def of_kind(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.events if event["kind"] == kind]


def compare_entries(evening: Evening, expected: Sequence[tuple[str, str]]) -> None:
    """Nothing lost, doubled or on a wrong person; both folds agree; the session is closed."""
    entered, wanted = Counter(name_entry(evening, one) for one in evening.events), Counter(expected)
    assert entered == wanted, f"too many: {entered - wanted}; missing: {wanted - entered}"
    own = [one["id"] for one in evening.events if one["actor"] != "system"]
    assert Counter(own) == Counter(evening.tablet_ids)
    told = evening.server_fold
    assert {key: told[key] for key in evening.tablet_fold} == evening.tablet_fold
    assert (told["closed"], evening.state) == (True, "closed")
    compare_sets(evening)
    compare_ratings(evening)


def name_entry(evening: Evening, event: dict[str, Any]) -> tuple[str, str]:
    """Its kind and whom or what it is about; things with ids of their own by their person."""
    kind = event["kind"]
    if kind in {"wearing", "adverse_event"}:
        return kind, event["value"]["participant"]
    if kind == "adverse_event_followup":
        (about,) = (e for e in evening.of_kind("adverse_event") if e["about"] == event["about"])
        return kind, about["value"]["participant"]
    return kind, event["about"]


def compare_sets(evening: Evening) -> None:
    """Every exception as scripted; whoever was seen otherwise did as planned."""
    changed = {name_set(one.code, one.round, one.slot): one for one in CHANGES}
    seen = {one["about"] for one in evening.of_kind("set")}
    for code, person in evening.server_fold["people"].items():
        for key, stored in person["sets"].items():
            about = f"{code}/{key}"
            if about in changed:
                assert describe_set(stored) == expect_set(changed[about]), about
            elif about in seen:
                assert is_as_planned(stored), about
            else:
                assert stored["evidence"] in {"assumed", None}, about


def describe_set(stored: dict[str, Any]) -> dict[str, Any]:
    done = stored["performed"]
    return {
        **{name: done[name] for name in ("amount", "unit", "band", "band_length_cm")},
        "chips": sorted(stored["chips"]),
        "technique": stored["technique"],
        "reason": stored["shortfall_reason"],
    }


def is_as_planned(stored: dict[str, Any]) -> bool:
    done, planned = stored["performed"], stored["prescribed"]
    same = all(done[name] == planned[name] for name in ("amount", "unit", "band"))
    plain = done["band_length_cm"] is None and stored["technique"] is None
    return same and plain and stored["chips"] == [] and stored["shortfall_reason"] is None


def compare_ratings(evening: Evening) -> None:
    """Each on its woman, with the exercise at whose station she was asked."""
    for code, person in evening.server_fold["people"].items():
        for round_text, stored in person["rpe"].items():
            round_ = int(round_text)
            if (code, round_) == (GOES_OUT, 3):
                assert stored["missing_reason"] == "not_asked"
                continue
            assert stored["rating"] == rate(code, round_), (code, round_)
            there = PLANNED.stations[find_station(code, find_asked_slot(code, round_))].exercise
            assert stored["exercise"] == (there if stored["rating"] is not None else None)


def measure(evening: Evening, told: Told, night: CircuitNight) -> dict[str, Any]:
    """The numbers of the evening; times are of the session, as modelled."""
    counts = evening.server_fold["counts"]
    done = counts["observed"] + counts["sensor"] + counts["self_report"]
    share_on_screen = re.search(r"(\d+) %", evening.summary["Of these observed"])
    asked = sum(len(codes) for codes in night.asked.values())
    missing = Counter(
        one["missing"]
        for person in evening.server_fold["people"].values()
        for one in person["sets"].values()
        if one["evidence"] is None
    )
    return {
        "simulated": "people, hearts and the trainer's pace; server and tablet are real",
        "ready_after_min": measure_ready(evening, told),
        "taps_a_person_to_ready": {
            "most": max(told.trainer_taps.values()),
            "mean": round(sum(told.trainer_taps.values()) / len(told.trainer_taps), 1),
            "her own answers": 7,
        },
        "rpe": {
            "rounds": len(night.asked),
            "asked": asked,
            "asked_pct_of_person_rounds": round(100 * asked / (len(CODES) * len(night.asked)), 1),
            "given": counts["rpe_given"],
            "exercises with a rating": count_rated(evening),
        },
        "exceptions_stored": count_exceptions(evening),
        "sets": {key: counts[key] for key in ("sets_prescribed", "observed", "assumed", "missed")},
        "missed_because": dict(sorted(missing.items())),
        "observed_share_pct": {
            "screen": int(share_on_screen[1]) if share_on_screen else None,
            "server": round(100 * done / (done + counts["assumed"])),
        },
        "entries": {"on the tablet": len(evening.tablet_ids), "on the server": len(evening.events)},
    }


def count_rated(evening: Evening) -> int:
    """At how many of the evening's stations somebody was rated."""
    people = evening.server_fold["people"].values()
    given = [one["exercise"] for person in people for one in person["rpe"].values()]
    return len({exercise for exercise in given if exercise is not None})


def count_exceptions(evening: Evening) -> int:
    """Sets on the server that somebody saw and that were not as planned."""
    sets = [s for person in evening.server_fold["people"].values() for s in person["sets"].values()]
    return sum(one["evidence"] == "observed" and not is_as_planned(one) for one in sets)


def measure_ready(evening: Evening, told: Told) -> dict[str, Any]:
    """From her coming until strap, answers and seated heart rate are in the ledger."""
    origin_s = read_s(evening.of_kind("phase_entered")[1]) - told.came_s[ON_TIME[0]]
    ready_s = {
        code: max(find_first_s(evening, kind, code) for kind in MAKE_READY) for code in ON_TIME
    }
    after = {code: ready_s[code] - origin_s - told.came_s[code] for code in ON_TIME}
    late = {code: told.ready_s[code] - told.came_s[code] for code in LATE}
    return {
        "last of those there at the start": round(max(after.values()) / 60, 1),
        "latecomers, from their coming": {code: round(s / 60, 1) for code, s in late.items()},
        "the trainer's time for all fifteen": round(sum(told.hands_s.values()) / 60, 1),
    }


def find_first_s(evening: Evening, kind: str, code: str) -> float:
    return min(read_s(one) for one in evening.of_kind(kind) if name_entry(evening, one)[1] == code)


def read_s(event: dict[str, Any]) -> float:
    return datetime.fromisoformat(event["occurred_at"]).timestamp()

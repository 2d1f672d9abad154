"""Everything a simulated trainer enters is an entry that a real one could have made."""

from collections import Counter
from typing import Any

import pytest

from firmware_sim.evening.evening import lower, write_evening
from firmware_sim.evening.pen import Pen
from firmware_sim.evening.woman import make_woman
from protocol.ledger.event import LedgerEvent
from protocol.ledger.validation import decode_event
from tests.evening_bundle import CODES, START, make_evening_bundle, make_line

WOMEN = [make_woman(code, "Fig", f"51ADA{n:03X}", seed=1) for n, code in enumerate(CODES, 1)]


def write(ordinal: int = 14, seed: int = 1) -> list[dict[str, Any]]:
    drafts = write_evening(make_evening_bundle(ordinal), make_line(ordinal), WOMEN, seed)
    return Pen("51ada51ada51ada0", "sara", seed).write(drafts)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("ordinal", [1, 15, 24])
def test_the_vocabulary_takes_every_entry(ordinal: int, seed: int) -> None:
    events = [decode_event(row) for row in write(ordinal, seed)]
    assert [one for one in events if not isinstance(one, LedgerEvent)] == []


def test_the_same_seed_writes_the_same_bytes() -> None:
    assert write() == write()
    assert write(seed=2) != write()


def test_ids_and_numbers_are_those_of_one_tablet() -> None:
    rows = write()
    assert len({row["id"] for row in rows}) == len(rows)
    assert [row["device_seq"] for row in rows] == list(range(1, len(rows) + 1))
    assert [row["occurred_at"] for row in rows] == sorted(row["occurred_at"] for row in rows)


def test_every_strap_comes_off_by_an_entry_that_supersedes_the_one_that_put_it_on() -> None:
    worn = [row for row in write() if row["kind"] == "wearing"]
    on = {row["about"]: row for row in worn if row["value"]["until"] is None}
    off = {row["about"]: row for row in worn if row["value"]["until"] is not None}
    assert on.keys() == off.keys()
    for about, row in off.items():
        assert row["supersedes"] == on[about]["id"]
        assert row["value"] == on[about]["value"] | {"until": row["value"]["until"]}


def test_she_who_stays_away_does_nothing_and_a_late_one_begins_late() -> None:
    for seed in range(5):
        rows = write(seed=seed)
        status = {row["about"]: row["value"]["status"] for row in rows
                  if row["kind"] == "attendance"}  # fmt: skip
        assert status.keys() == set(CODES)
        did = Counter(row["about"].partition("/")[0] for row in rows if row["kind"] == "set")
        for code, how in status.items():
            assert (did[code] == 0) >= (how == "absent")
        late = {code for code, how in status.items() if how == "late"}
        first = {row["about"][:3]: row["occurred_at"] for row in reversed(rows)
                 if row["kind"] in {"set", "rpe"}}  # fmt: skip
        assert all(first[code] > START for code in late & first.keys())


def test_each_is_asked_once_a_round_about_the_station_she_has_just_been_at() -> None:
    """By the rotation that the tablet has: after slots 2, 5 and 8 (tests.evening_bundle)."""
    bundle = make_evening_bundle()
    stations = [one["exercise"] for one in bundle["planned"]["stations"]]
    rows = write()
    instead = {row["about"]: row["value"]["instead"]["exercise"] for row in rows
               if row["kind"] == "substitution"}  # fmt: skip
    asked = [row for row in rows if row["kind"] == "rpe"]
    assert max(Counter(row["about"] for row in asked).values()) == 1
    for row in asked:
        code, _, number = row["about"].partition("/")
        slot = bundle["rotation"]["asked_after"][int(number) - 1]
        there = stations[(CODES.index(code) + slot - 1) % 8]
        there = instead.get(f"{code}/{there}", there)
        assert row["value"]["exercise"] == (there if row["value"]["rating"] else None)


def test_what_is_seen_is_seen_at_five_stations_with_one_word_for_all_who_are_at_one() -> None:
    seen = [row for row in write() if row["kind"] == "set"]
    assert len({row["value"]["station"] for row in seen}) == 5
    said: dict[tuple[str, int, int], set[bool]] = {}
    for row in seen:
        value = row["value"]
        key = (row["occurred_at"], value["round"], value["station"])
        said.setdefault(key, set()).add(value["technique"] is None)
    assert {len(words) for words in said.values()} == {1}
    assert {word for words in said.values() for word in words} == {True, False}


def test_whose_day_is_lighter_does_what_the_lighter_level_says() -> None:
    rows = [row for seed in range(6) for row in write(seed=seed)]
    lighter = [row["about"] for row in rows if row["kind"] == "level_changed"]
    assert lighter
    bundle = make_evening_bundle()
    low = lower(bundle, {"P02"})["prescriptions"]
    station = bundle["planned"]["stations"][0]["exercise"]
    told = bundle["prescriptions"]["P02"][station]
    assert low["P02"][station]["amount"] == told["lighter"]["amount"] < told["amount"]
    assert low["P01"] == bundle["prescriptions"]["P01"]


def test_who_has_another_exercise_tonight_does_that_one_and_her_others_as_prescribed() -> None:
    given = 0
    for seed in range(6):
        rows = write(ordinal=20, seed=seed)
        instead = {row["about"]: row["value"]["instead"] for row in rows
                   if row["kind"] == "substitution"}  # fmt: skip
        given += len(instead)
        for row in rows:
            if row["kind"] != "set":
                continue
            code, station, _ = row["about"].split("/")
            told = instead.get(f"{code}/{station}", {"exercise": station})
            assert row["value"]["exercise"] == told["exercise"]
            is_other = told["exercise"] != station
            assert row["value"]["substituted_for"] == (station if is_other else None)
            assert row["value"]["prescribed"]["amount"] == told.get(
                "amount", row["value"]["prescribed"]["amount"]
            )
    assert given > 3


def test_nobody_is_given_an_exercise_that_is_locked_for_her_or_hers_already() -> None:
    bundle = make_evening_bundle(20)
    offered = {
        (station["exercise"], one["exercise"]): one["locked"]
        for station in bundle["planned"]["stations"]
        for one in station["alternatives"]
    }
    for seed in range(6):
        for row in write(ordinal=20, seed=seed):
            if row["kind"] == "substitution":
                station = row["about"].partition("/")[2]
                assert row["value"]["instead"]["exercise"] != station
                assert not offered[station, row["value"]["instead"]["exercise"]]


@pytest.mark.parametrize(("ordinal", "aimed"), [(1, (9, 10)), (9, (11, 11)), (24, (12, 13))])
def test_a_whole_session_feels_about_as_its_week_aims_at(
    ordinal: int, aimed: tuple[int, int]
) -> None:
    """The study: 9 to 10 in weeks 1 and 2, 11 in weeks 3 to 5, 12 to 13 in weeks 6 to 8."""
    rows = [row for seed in range(8) for row in write(ordinal, seed)]
    felt = {row["value"]["rating"] for row in rows if row["kind"] == "session_rpe"}
    assert felt == set(range(aimed[0] - 1, aimed[1] + 2))

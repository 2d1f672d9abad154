"""The circuit: what the trainer saw of it, and how hard each woman said it was."""

from collections.abc import Sequence
from random import Random
from typing import Any

from firmware_sim.evening.arrivals import WARMUP_MIN, Prescriptions
from firmware_sim.evening.attendance import Comer
from firmware_sim.evening.floor import Planned, Turn, build_segments, compute_minutes, list_turns
from firmware_sim.evening.notebook import Notebook, Value
from firmware_sim.evening.woman import capacity, feel

SHARE_SEEN = 0.2  # of sets in passing: one pair of eyes, fifteen women …
SHARE_SEEN_WATCHED = 0.95  # … and of those that she means to see tonight
SHARE_FORM_SAID = 0.9  # of what she sees
WATCHED = 3  # stations of each woman an evening, one a round: there she asks for her effort, too
ONCE_MORE = "once_more"  # the rule that says so
SHARE_ASKED = 0.97
SHARE_NEAR_FALL = 0.15  # of evenings


def write_circuit(
    book: Notebook,
    planned: Planned,
    prescriptions: Prescriptions,
    comers: Sequence[Comer],
    chance: Random,
) -> float:
    """From the clock's start to its end, and at which minute that is."""
    segments = build_segments(planned)
    n_stations = len(planned["stations"])
    starts = {comer.woman.code: place % n_stations for place, comer in enumerate(comers)}
    book.write(WARMUP_MIN, "phase_entered", "session", {"phase": "circuit"})
    stations = [station["exercise"] for station in planned["stations"]]
    running = {"segments": segments, "stations": stations, "start_station": starts}
    at = {"at": book.utc(WARMUP_MIN), "direction": 1}
    book.write(WARMUP_MIN, "clock_started", "clock", running | at)
    for turn in list_turns(segments, comers, n_stations):
        is_here = (turn.comer.arrives_min or 0.0) + 2 < WARMUP_MIN + turn.ends_min
        if is_here:
            code = turn.comer.woman.code
            own = prescriptions.get(code, {})
            watched = choose_watched(planned, own, starts[code])
            _write_turn(book, turn, planned, own.get(stations[turn.station]), watched, chance)
    if chance.random() < SHARE_NEAR_FALL:
        _write_near_fall(book, chance.choice([c for c in comers if not c.is_late]), chance)
    return WARMUP_MIN + compute_minutes(segments)


def choose_watched(planned: Planned, own: dict[str, Any], start_station: int) -> list[int]:
    """Where the trainer looks at a woman tonight, in the order of rounds.

    First where one more good set would let her move on, as the app says; then others each time.
    """
    stations = [station["exercise"] for station in planned["stations"]]
    first = planned["session"] * WATCHED + start_station

    def rank(station: int) -> tuple[bool, int]:
        told = own.get(stations[station], {})
        return told.get("rule") != ONCE_MORE, (station - first) % len(stations)

    return sorted(range(len(stations)), key=rank)[:WATCHED]


def _write_turn(  # noqa: PLR0913 (an evening, a plan, a woman's turn and what is known of it)
    book: Notebook,
    turn: Turn,
    planned: Planned,
    told: dict[str, Any] | None,
    watched: Sequence[int],
    chance: Random,
) -> None:
    station = planned["stations"][turn.station]
    if told is None or told["amount"] is None:
        return
    code, minute = turn.comer.woman.code, WARMUP_MIN + turn.ends_min
    can_do = capacity(turn.comer.woman, station["amount_high"], planned["week"], chance)
    done = min(told["amount"], max(0, round(can_do)))
    share = SHARE_SEEN_WATCHED if turn.station in watched else SHARE_SEEN
    if chance.random() < share:
        about = f"{code}/{station['exercise']}/{turn.round}"
        book.write(minute + 0.1, "set", about, _describe_set(turn, station, told, done, chance))
    if turn.station == watched[(turn.round - 1) % WATCHED]:
        rating = feel(told["amount"], can_do) if chance.random() < SHARE_ASKED else None
        value = describe_effort(rating) | {"exercise": station["exercise"] if rating else None}
        book.write(minute + 0.5, "rpe", f"{code}/{turn.round}", value)


def _describe_set(
    turn: Turn, station: dict[str, Any], told: dict[str, Any], done: int, chance: Random
) -> Value:
    is_short = done < told["amount"]
    both = told["sides"] in {"both", "each_side"}
    said = chance.random() < SHARE_FORM_SAID
    form = "form_lost" if is_short and chance.random() < 0.2 else "good"
    is_other = told["exercise"] != station["exercise"]
    given = {name: told[name] for name in ("unit", "band")}
    sides = "both" if both else None
    return {
        "round": turn.round,
        "station": turn.station,
        "exercise": told["exercise"],
        "substituted_for": station["exercise"] if is_other else None,
        "prescribed": {**given, "amount": told["amount"], "sides": told["sides"]},
        "performed": {**given, "amount": done, "band_length_cm": None, "sides": sides},
        "evidence": "observed",
        "technique": form if said else None,
        "chips": [],
        "shortfall_reason": "fatigue" if is_short else None,
    }


def describe_effort(rating: int | None) -> Value:
    """A rating on Borg 6-20, or that she wasn't asked."""
    return {
        "scale": "borg_6_20",
        "rating": rating,
        "missing_reason": "not_asked" if rating is None else None,
        "source": None if rating is None else "said",
        "anchor_pack": "none",
    }


def _write_near_fall(book: Notebook, comer: Comer, chance: Random) -> None:
    """She stumbles, rests for three minutes, and goes on."""
    minute, code = WARMUP_MIN + chance.uniform(5, 20), comer.woman.code
    names = ("round", "exercise", "set", "room_c", "hr_last_5min")
    context = dict.fromkeys(names) | {"strap": comer.woman.strap}
    what = {"participant": code, "what": "near_fall", "context": context}
    book.write(minute, "adverse_event", "", what, label="near fall")
    settled = {"outcome": "resting", "settled_at": book.utc(minute + 3), "serious": False}
    book.write(minute + 3, "adverse_event_followup", "@near fall", settled | {"text": None})
    resumed = {"at": book.utc(minute + 3.1), "why": None}
    book.write(minute + 3.1, "person_resumed", code, resumed)

"""The circuit: what the trainer saw of it, and how hard each woman said it was.

She sees what a real one can tap: the cards of the stations on her walk, with one key for all who
are at one, and ratings only in the sweeps that the evening's rotation opens, about the station that
each has just been at.
"""

from collections.abc import Collection, Sequence
from itertools import groupby
from random import Random
from typing import Any

from firmware_sim.evening.arrivals import WARMUP_MIN
from firmware_sim.evening.attendance import Comer
from firmware_sim.evening.floor import Turn, build_segments, compute_minutes, list_turns
from firmware_sim.evening.notebook import Notebook, Value
from firmware_sim.evening.watching import choose_walked
from firmware_sim.evening.woman import capacity, feel

SHARE_CARD_TAPPED = 0.95  # of the cards on her walk: some slots are too full
SHARE_FORM_SAID = 0.9  # of those cards: the key says it of everybody on one
SHARE_ASKED = 0.97
SHARE_NEAR_FALL = 0.15  # of evenings

Slot = tuple[int, int]  # round and slot


def write_circuit(
    book: Notebook, bundle: dict[str, Any], comers: Sequence[Comer], chance: Random
) -> float:
    """From the clock's start to its end, and at which minute that is."""
    planned, rotation = bundle["planned"], bundle["rotation"]
    segments = build_segments(planned)
    stations = [station["exercise"] for station in planned["stations"]]
    starts = {comer.woman.code: rotation["start_station"][comer.woman.code] for comer in comers}
    book.write(WARMUP_MIN, "phase_entered", "session", {"phase": "circuit"})
    running = {"segments": segments, "stations": stations, "start_station": starts}
    at = {"at": book.utc(WARMUP_MIN), "direction": rotation["direction"]}
    book.write(WARMUP_MIN, "clock_started", "clock", running | at)
    here = [
        turn
        for turn in list_turns(segments, comers, rotation, len(stations))
        if (turn.comer.arrives_min or 0.0) + 2 < WARMUP_MIN + turn.ends_min
    ]
    walked = choose_walked(planned, bundle["prescriptions"])
    for slot, turns in groupby(here, key=lambda turn: (turn.round, turn.slot)):
        _write_slot(book, bundle, slot, [*turns], walked, chance)
    if chance.random() < SHARE_NEAR_FALL:
        _write_near_fall(book, chance.choice([c for c in comers if not c.is_late]), chance)
    return WARMUP_MIN + compute_minutes(segments)


def _write_slot(  # noqa: PLR0913 (an evening, its rules, who is where, and where the trainer walks)
    book: Notebook,
    bundle: dict[str, Any],
    slot: Slot,
    turns: Sequence[Turn],
    walked: Collection[int],
    chance: Random,
) -> None:
    """What the trainer taps in it: on the cards of her walk, and the sweep where it opens."""
    cards = {station: _tap_card(chance) for station in sorted(walked)}
    asks = bundle["rotation"]["asked_after"][slot[0] - 1] == slot[1]
    for turn in turns:
        station = bundle["planned"]["stations"][turn.station]
        told = bundle["prescriptions"].get(turn.comer.woman.code, {}).get(station["exercise"])
        if told is None or told["amount"] is None:
            continue
        code, minute = turn.comer.woman.code, WARMUP_MIN + turn.ends_min
        week = bundle["planned"]["week"]
        most = told.get("most_asked", station["amount_high"])
        can_do = capacity(turn.comer.woman, most, week, chance)
        card = cards.get(turn.station)
        if card is not None:
            done = min(told["amount"], max(0, round(can_do)))
            value = _describe_set(turn, station, told, done, says_form=card, chance=chance)
            about = f"{code}/{station['exercise']}/{turn.round}"
            book.write(minute + 0.1, "set", about, value)
        if asks:
            rating = feel(told["amount"], can_do) if chance.random() < SHARE_ASKED else None
            value = describe_effort(rating) | {"exercise": told["exercise"] if rating else None}
            book.write(minute + 0.5, "rpe", f"{code}/{turn.round}", value)


def _tap_card(chance: Random) -> bool | None:
    """Whether the key with good form; None: neither of a card's keys."""
    if chance.random() >= SHARE_CARD_TAPPED:
        return None
    return chance.random() < SHARE_FORM_SAID


def _describe_set(  # noqa: PLR0913 (a woman's turn and what is known of it)
    turn: Turn,
    station: dict[str, Any],
    told: dict[str, Any],
    done: int,
    *,
    says_form: bool,
    chance: Random,
) -> Value:
    is_short = done < told["amount"]
    both = told["sides"] in {"both", "each_side"}
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
        "technique": form if says_form else None,
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

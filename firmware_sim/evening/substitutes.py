"""Another exercise tonight: what a trainer gives a woman instead of what was prescribed."""

from collections.abc import Iterable
from random import Random
from typing import Any

from firmware_sim.evening.arrivals import describe_target
from firmware_sim.evening.notebook import Notebook, Value
from firmware_sim.evening.woman import Woman
from protocol.ledger.words import UNIT_OF_PLAN

SHARE_SUBSTITUTED = 0.1  # of women an evening
REASONS = ("pain", "balance", "equipment", "her_choice")
HEADROOM = 1.2  # what the strongest could do of an exercise with which she would only begin

Bundle = dict[str, Any]


def write_substitutions(
    book: Notebook, bundle: Bundle, women: Iterable[Woman], minute: float, chance: Random
) -> Bundle:
    """The bundle as it holds after them: who does something else is told that, by station."""
    told = dict(bundle["prescriptions"])
    for woman in women:
        if chance.random() >= SHARE_SUBSTITUTED:
            continue
        station = chance.choice(bundle["planned"]["stations"])
        own = told.get(woman.code, {})
        instead = _choose(station, own.get(station["exercise"]), chance)
        if instead is None:
            continue
        value = {"at": book.utc(minute), "instead": instead, "reason_chip": chance.choice(REASONS)}
        book.write(minute, "substitution", f"{woman.code}/{station['exercise']}", value)
        does = own[station["exercise"]] | instead | {"most_asked": instead["amount"] * HEADROOM}
        told[woman.code] = own | {station["exercise"]: does}
    return {**bundle, "prescriptions": told}


def _choose(station: Value, own: Value | None, chance: Random) -> Value | None:
    """One that is open to her and isn't what she does anyway."""
    if own is None or own["amount"] is None:
        return None
    open_to_her = [
        one
        for one in station["alternatives"]
        if not one["locked"] and one["exercise"] != own["exercise"]
    ]
    if not open_to_her:
        return None
    chosen = chance.choice(open_to_her)
    unit = UNIT_OF_PLAN.get(chosen["unit"], chosen["unit"])
    return describe_target(chosen, "locked") | {"unit": unit}

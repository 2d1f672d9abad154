"""One whole evening, from the room check to the last question."""

from collections.abc import Sequence
from random import Random
from typing import Any

from firmware_sim.evening.arrivals import WARMUP_MIN, write_arrivals
from firmware_sim.evening.attendance import choose_comers
from firmware_sim.evening.circuit import write_circuit
from firmware_sim.evening.ending import write_ending
from firmware_sim.evening.notebook import Draft, Notebook
from firmware_sim.evening.substitutes import write_substitutions
from firmware_sim.evening.woman import Woman
from protocol.ledger.instants import parse_utc_ms


def write_evening(
    bundle: dict[str, Any], line: dict[str, Any], women: Sequence[Woman], seed: int
) -> list[Draft]:
    """All entries before the session is closed, in order.

    `bundle` is what the tablet was given for this session, `line` its row in the list of sessions.
    """
    chance = begin_chance(seed, line["ordinal"])
    book = Notebook(parse_utc_ms(line["planned_start"]))
    comers = choose_comers(women, chance)
    lighter = write_arrivals(book, comers, bundle["prescriptions"], chance)
    here = [one for one in comers if one.arrives_min is not None and not one.is_late]
    as_planned = [one.woman for one in here if one.woman.code not in lighter]
    told = write_substitutions(book, lower(bundle, lighter), as_planned, WARMUP_MIN - 0.5, chance)
    ended = write_circuit(book, told, comers, chance)
    write_ending(book, comers, bundle["planned"], ended, chance)
    return book.in_order()


def begin_chance(seed: int, ordinal: int) -> Random:
    """An evening's chance, of which who comes is drawn first."""
    return Random(f"{seed} evening {ordinal}")


def lower(bundle: dict[str, Any], lighter: set[str]) -> dict[str, Any]:
    """The bundle as it holds tonight: one level less for those whose day is lighter."""
    told = {
        code: {name: one | (one["lighter"] or {}) for name, one in own.items()}
        for code, own in bundle["prescriptions"].items()
        if code in lighter
    }
    return {**bundle, "prescriptions": {**bundle["prescriptions"], **told}}

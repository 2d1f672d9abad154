"""What one session loaded each who came: her rating on 0 to 10 times her minutes in it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from firmware_sim.trial.entered import Entered
from protocol.ledger.instants import parse_utc_ms
from protocol.training.effort import cr10_of_borg

SESSION_MIN: Final = 60.0  # the study: 10 minutes of warm-up, 45 of training, 5 of cool-down
_MS_PER_MIN: Final = 60_000


def read_session_loads(events: Sequence[Mapping[str, Any]], entered: Entered) -> dict[str, float]:
    """AU by code, from the events of one session and what was `entered` in it; who stayed away
    has 0. Ratings are on Borg 6-20; minutes are of the whole session (Foster 1998, 2001), less
    what she came late and was stopped.
    """
    began_ms = _find_beginning_ms(events)
    ratings = {
        one["about"]: one["value"]["rating"] for one in events if one["kind"] == "session_rpe"
    }
    loads = dict.fromkeys(sorted(entered.absent), 0.0)
    for code in sorted(entered.arrivals_ms):
        missed_ms = sum(until - since for since, until in entered.stops_ms.get(code, ()))
        if code in entered.late:
            missed_ms += entered.arrivals_ms[code] - began_ms
        minutes = SESSION_MIN - missed_ms / _MS_PER_MIN
        loads[code] = cr10_of_borg(ratings[code]) * minutes
    return loads


def _find_beginning_ms(events: Sequence[Mapping[str, Any]]) -> int:
    """When the warm-up began."""
    phases = [one for one in events if one["kind"] == "phase_entered"]
    warm_ups = [one for one in phases if one["value"]["phase"] == "warmup"]
    return parse_utc_ms(warm_ups[0]["occurred_at"])

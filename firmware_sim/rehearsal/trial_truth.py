"""The truth about a simulated trial, as `truth.json` has it."""

from collections.abc import Mapping, Sequence
from typing import Any

from firmware_sim.physiology.kinetics import HeartTraits
from firmware_sim.rehearsal.trial_evenings import PlayedEvening
from firmware_sim.rehearsal.trial_shape import TrialShape
from firmware_sim.trial.simulated_evening import SimulatedEvening
from firmware_sim.trial.strap_values import ACC_RATE_HZ
from protocol.ledger.instants import format_utc_ms

Truth = dict[str, Any]


def describe_evening(played: PlayedEvening, simulated: SimulatedEvening, n_entries: int) -> Truth:
    """Of one session: `worn` is what is true, after any correction."""
    clock, plan = played.entered.clock, played.plan
    return {
        "session": played.session,
        "ordinal": plan.ordinal,
        "clock_from": format_utc_ms(clock.start_ms),
        "clock_until": format_utc_ms(clock.end_ms),
        "has_acceleration": plan.has_acceleration,
        "entries_sent": n_entries,
        "people": simulated.people,
    }


def describe_trial(
    shape: TrialShape, hearts: Mapping[str, HeartTraits], evenings: Sequence[Truth]
) -> Truth:
    """Of all of it."""
    n_training = shape.arms.n_training
    return {
        "simulated": True,
        "seed": shape.seed,
        "plan": shape.plan,
        "acceleration_rate_hz": ACC_RATE_HZ,
        "participants": [
            {
                "participant": code,
                "arm": "training" if place < n_training else "control",
                "hr_rest_bpm": hearts[code].resting_bpm,
                "hr_max_bpm": hearts[code].peak_bpm,
            }
            for place, code in enumerate(shape.codes)
        ],
        "sessions": list(evenings),
    }

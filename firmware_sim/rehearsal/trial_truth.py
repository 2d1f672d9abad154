"""The truth about a simulated trial, as `truth.json` has it."""

from collections.abc import Mapping, Sequence
from typing import Any

from firmware_sim.physiology.kinetics import HeartTraits
from firmware_sim.rehearsal.trial_evenings import PlayedEvening
from firmware_sim.rehearsal.trial_shape import TrialShape
from firmware_sim.rehearsal.trial_tables import sum_loads
from firmware_sim.trial.blood.samples import SimulatedBlood
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
        "people": [
            one | {"srpe_load_au": played.loads_au.get(one["participant"])}
            for one in simulated.people
        ],
    }


def describe_trial(
    shape: TrialShape,
    hearts: Mapping[str, HeartTraits],
    evenings: Sequence[Truth],
    blood: SimulatedBlood,
) -> Truth:
    """Of all of it. Concentrations are true, whether the laboratory found them or not."""
    loads_au = sum_loads(shape.arm_of, evenings)
    return {
        "simulated": True,
        "seed": shape.seed,
        "plan": shape.plan,
        "acceleration_rate_hz": ACC_RATE_HZ,
        "participants": [
            {
                "participant": code,
                "arm": arm,
                "hr_rest_bpm": hearts[code].resting_bpm,
                "hr_max_bpm": hearts[code].peak_bpm,
                "srpe_load_au": loads_au.get(code),
                "blood": blood.describe_person(code),
            }
            for code, arm in shape.arm_of.items()
        ],
        "blood": blood.describe(),
        "sessions": list(evenings),
    }

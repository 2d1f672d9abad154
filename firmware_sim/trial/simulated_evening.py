"""One evening of straps out of what was entered of it, and the truth about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from firmware_sim.physiology.kinetics import HeartTraits
from firmware_sim.trial.body import draw_body
from firmware_sim.trial.entered import Entered
from firmware_sim.trial.evening_plan import EveningPlan
from firmware_sim.trial.evening_truth import Truth, describe_absent, describe_woman
from firmware_sim.trial.gateway_log import NS_PER_MS, Boot, GatewayLog
from firmware_sim.trial.her_hour import build_hour
from firmware_sim.trial.strap_evening import record_strap

_SWITCHED_ON_MIN: Final = 45  # before the circuit's clock


@dataclass(frozen=True, slots=True)
class SimulatedEvening:
    """`log` as its gateway heard it in `boot`; `people` is the truth, a row a woman."""

    boot: Boot
    log: GatewayLog
    people: list[Truth]


def simulate_evening(
    entered: Entered, hearts: Mapping[str, HeartTraits], plan: EveningPlan
) -> SimulatedEvening:
    """Everybody whom an entry names. `entered` says who wore which strap in truth."""
    began_ms = entered.clock.start_ms - 60_000 * _SWITCHED_ON_MIN
    boot = Boot(f"sim-{plan.ordinal:02d}", began_ms * NS_PER_MS)
    log, people = GatewayLog(), [describe_absent(code) for code in entered.absent]
    worn = {one.participant: one for one in entered.worn}
    for code in sorted(entered.arrivals_ms):
        hour = build_hour(entered, code)
        body = draw_body(plan.seed, code, plan.ordinal, hour, hearts[code])
        if code in worn:
            record_strap(log, entered, plan, worn[code], body)
        own = (code, worn.get(code))
        people.append(describe_woman(entered, plan, own, body, hearts[code]))
    return SimulatedEvening(boot, log, sorted(people, key=lambda row: str(row["participant"])))

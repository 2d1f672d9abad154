"""What can go wrong in an evening, by name: rehearsed on the tablet, ordered in simulated evenings.

Names that a scenario of the simulator knows are its own words (firmware_sim.scenario.faults); the
others happen between people, and only a person who practises meets them.
"""

from dataclasses import dataclass
from typing import Final, Literal

Concerns = Literal["woman", "pair", "everybody"]


@dataclass(frozen=True, slots=True)
class EveningTrouble:
    """`ends`: somebody in the room can put it right, and it is over then."""

    name: str
    concerns: Concerns
    ends: bool
    in_scenarios: bool


EVENING_TROUBLES: Final = (
    EveningTrouble("pod_off", "woman", ends=True, in_scenarios=True),
    EveningTrouble("contact_loss", "woman", ends=True, in_scenarios=True),
    EveningTrouble("battery_low", "woman", ends=False, in_scenarios=True),
    EveningTrouble("straps_swapped", "pair", ends=True, in_scenarios=False),
    EveningTrouble("kill_gateway", "everybody", ends=True, in_scenarios=True),
    EveningTrouble("server_away", "everybody", ends=True, in_scenarios=True),
    EveningTrouble("unwell", "woman", ends=False, in_scenarios=False),
    EveningTrouble("latecomer", "woman", ends=False, in_scenarios=False),
    EveningTrouble("effort_jump", "woman", ends=False, in_scenarios=False),
    EveningTrouble("contradiction", "woman", ends=False, in_scenarios=False),
)

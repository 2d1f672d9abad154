"""Simulated evenings whose straps move: for how often the tablet sees that two are swapped.

SIMULATED. How much a chest moves comes from the simulator's chests through the server's meter: 4 mg
standing, 7 on her back, 13 with a band, 62 to 86 in lunges, chair rises and steps, 118 walking, 202
jumping. Published values at the hip are of that order: 3 mg lying to 1609 running, light activity
from 28 (BMC Sports Sci Med Rehabil 2015, doi 10.1186/s13102-015-0010-0), 91 mg at 3 MET (Vaha-Ypya
et al. 2015, PLoS ONE 10:e0134813). How women differ is assumed; nobody has measured it in this
group.
"""

import random
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np

from firmware_sim.physiology.activities import Activity
from firmware_sim.physiology.circuit import Segment, Timetable
from firmware_sim.physiology.movement import Movement
from firmware_sim.physiology.repetitions import Repetitions
from server.live.activity import compute_mad_mg
from tests.browser.test_tablet_swap_alarm import (
    BETWEEN_SD_BPM,
    DAY_TO_DAY_SD_BPM,
    MEAN_BPM,
    N_EARLIER,
)
from tests.evening_bundle import make_evening_bundle

N_SESSIONS: Final = 24
N_WOMEN: Final = 15
N_STATIONS: Final = 8
N_SLOTS: Final = 24
N_CHESTS: Final = 60
WORK_S: Final = 36
RATE_HZ: Final = 50
# Of log activity, one standard deviation; all four numbers are assumed.
BETWEEN_WOMEN_SD: Final = 0.3  # one moves more than another in everything
SLOT_SD: Final = 0.15  # and from one slot to the next
PAUSED: Final = (0.05, 0.4)  # share of slots in which she pauses, and what is left of her movement
NOT_HEARD: Final = 0.03  # share of slots
# A word of an exercise's name -> how the simulator moves for it, and how much harder. All fours and
# lying are one here; it doesn't run, so that a run is twice a walk.
MOVES: Final = (
    ("jump", Activity.JUMP, 1.0),
    ("hop-", Activity.JUMP, 1.0),
    ("run", Activity.WALK, 2.0),
    ("fast-walk", Activity.WALK, 1.4),
    ("walk", Activity.WALK, 1.0),
    ("band", Activity.BAND, 1.0),
    ("lunge", Activity.LUNGE, 1.0),
    ("step-up", Activity.STEP_UP, 1.0),
    ("sit-to-stand", Activity.SIT_TO_STAND, 1.0),
    ("tandem", Activity.TANDEM_STANCE, 1.0),
    ("", Activity.SUPINE_CORE, 1.0),
)


@dataclass(frozen=True, slots=True)
class SwapEvening:
    """One evening and the two who might have each other's strap.

    `women`: "did" and "mg" by slot, "earlier" resting heart rates and tonight's, "bpm".
    """

    women: list[dict[str, Any]]
    swap: tuple[int, int]

    @property
    def same_start(self) -> bool:
        return self.swap[0] % N_STATIONS == self.swap[1] % N_STATIONS

    @property
    def swapped(self) -> list[dict[str, Any]]:
        """What the tablet hears when the two wear each other's strap from the start."""
        women = list(self.women)
        one, other = self.swap
        for hers, worn in ((one, other), (other, one)):
            women[hers] = self.women[hers] | {key: self.women[worn][key] for key in ("mg", "bpm")}
        return women


@cache
def measure_chest(index: int) -> dict[Activity, float]:
    """Mean activity of one simulated chest in the work of a slot, mg."""
    return {
        activity: float(np.mean(seconds)) for activity, seconds in list_seconds_mg(index).items()
    }


@cache
def list_seconds_mg(index: int) -> dict[Activity, list[float]]:
    """Activity of one simulated chest in each second of a slot's work, mg."""
    segments = [
        part
        for place, activity in enumerate(Activity)
        for part in (
            Segment(100.0 * place, 100.0 * place + WORK_S, activity, 0, 0),
            Segment(100.0 * place + WORK_S, 100.0 * (place + 1), Activity.STAND),
        )
    ]
    timetable, chance = Timetable(segments), random.Random(f"chest {index}")
    movement = Movement(timetable, Repetitions(timetable, chance), chance)
    return {each.activity: _measure(movement, each.starts_s) for each in segments[::2]}


def _measure(movement: Movement, starts_s: float) -> list[float]:
    at_s = starts_s + np.arange(WORK_S * RATE_HZ) / RATE_HZ
    magnitudes = np.linalg.norm(movement.acceleration_mg(at_s), axis=1).reshape(WORK_S, RATE_HZ)
    return [compute_mad_mg(second) for second in magnitudes]


def make_swap_evening(seed: int, own_way_sd: float) -> SwapEvening:
    """Stations of one of the plan's 24 sessions.

    Args:
        own_way_sd: how much women differ exercise by exercise, in log activity: one walks briskly
            and gets up slowly. The same in each round.
    """
    planned = make_evening_bundle(seed % N_SESSIONS + 1)["planned"]
    exercises = [station["exercise"] for station in planned["stations"]]
    women = [
        make_woman(f"{seed}/{index}", index, exercises, own_way_sd) for index in range(N_WOMEN)
    ]
    one, other = random.Random(f"who is swapped {seed}").sample(range(N_WOMEN), 2)
    return SwapEvening(women, (one, other))


def make_woman(seed: str, start: int, exercises: list[str], own_way_sd: float) -> dict[str, Any]:
    chance = random.Random(f"movement {seed}")
    chest = measure_chest(chance.randrange(N_CHESTS))
    level = chance.gauss(0.0, BETWEEN_WOMEN_SD)
    own_way = {exercise: chance.gauss(level, own_way_sd) for exercise in exercises}
    did = [exercises[(start + slot) % N_STATIONS] for slot in range(N_SLOTS)]
    usual_bpm = chance.gauss(MEAN_BPM, BETWEEN_SD_BPM)
    return {
        "did": did,
        "mg": [_move(chest, each, own_way[each], chance) for each in did],
        "earlier": [chance.gauss(usual_bpm, DAY_TO_DAY_SD_BPM) for _ in range(N_EARLIER)],
        "bpm": chance.gauss(usual_bpm, DAY_TO_DAY_SD_BPM),
    }


def _move(
    chest: dict[Activity, float], exercise: str, own_way: float, chance: random.Random
) -> float | None:
    activity, harder = next((a, factor) for word, a, factor in MOVES if word in exercise)
    paused_share, left = PAUSED
    paused = left if chance.random() < paused_share else 1.0
    slot = chance.gauss(own_way, SLOT_SD)
    if chance.random() < NOT_HEARD:
        return None
    return chest[activity] * harder * paused * float(np.exp(slot))

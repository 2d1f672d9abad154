"""What happens in the scripted evening: who comes when, what is different, who says what.

All of it is invented. The expectations are worked out here from the plan alone, and compared with
what the server stored.
"""

from dataclasses import dataclass, field
from typing import Any, Final

from protocol.training.expand import expand_session
from protocol.training.rotation import plan_rotation
from protocol.training.shipped import read_shipped_plan
from tests.tablet_evening import CODES

# A tap: M 1.35 s + P 1.1 s + BB 0.2 s of the keystroke-level model (Card, Moran & Newell 1980,
# CACM 23:396). A practised sequence has one M before it, here there is one before every tap.
TAP_S: Final = 1.35 + 1.1 + 0.2
NEXT_CHAIR_S: Final = 3.0  # from one woman to the next: a step, and to look up. Assumed.
HER_ANSWERS_S: Final = 20.0  # ux T5: median of the six rows, on the tablet handed over
A_RATING_S: Final = 4.0  # ux T8: fifteen in 60 s, asking and answer in it
KNOCKING_S: Final = 5.0  # three knocks, and stillness after them. Assumed.

LATE: Final = {"P05": "warm-up, minute 1", "P11": "warm-up, minute 6", "P14": "round 1, station 3"}
ON_TIME: Final = tuple(code for code in CODES if code not in LATE)
KNOCKS: Final = "P03"
LOSES_STRAP: Final = "P07"
SPARE: Final = 16
NEARLY_FALLS: Final = "P12"
GOES_OUT: Final = "P09"

PLANNED: Final = expand_session(read_shipped_plan("as_printed"), 1)
N_STATIONS: Final = len(PLANNED.stations)
# On the first evening nobody was ever asked anywhere, so every wish is the same.
ROTATION: Final = plan_rotation(PLANNED, {code: [1.0] * N_STATIONS for code in CODES})
_UNITS: Final = {"reps": "repetitions"}


@dataclass(frozen=True, slots=True)
class Change:
    """One person's set that was not as planned: what is tapped, and what must be stored.

    `by` is added to the planned amount with a key; `other` is typed.
    """

    round: int
    slot: int
    code: str
    by: int | None = None
    other: int | None = None
    reason: str | None = None
    chips: tuple[str, ...] = ()
    band: str | None = None
    band_cm: int | None = None
    good_form: bool = False


CHANGES: Final = (
    Change(1, 1, "P01", by=-1, reason="fatigue"),
    Change(1, 2, "P02", chips=("support",)),
    Change(1, 3, "P15", by=-2, reason="spasm"),
    Change(1, 4, "P04", by=-1, reason="pain", chips=("shorter_range",)),
    Change(1, 5, "P06", chips=("skipped",), reason="her_choice"),
    Change(1, 6, "P14", by=2),
    Change(1, 7, "P08", chips=("one_side",)),
    Change(1, 8, "P10", by=-1, reason="balance"),
    Change(2, 1, "P03", band="green"),
    Change(2, 2, "P10", band_cm=40),
    Change(2, 3, "P12", by=-1, reason="heat"),
    Change(2, 4, "P13", chips=("form_lost",)),
    Change(2, 5, "P05", by=-2, reason="dizzy", chips=("support",)),
    Change(2, 6, "P11", other=14),
    Change(2, 7, "P04", good_form=True),
    Change(2, 8, "P01", chips=("skipped",), reason="equipment"),
    Change(3, 1, "P07", band="blue", band_cm=30),
    Change(3, 2, "P02", by=-1, reason="time"),
    Change(3, 3, "P13", by=1),
    Change(3, 4, "P08", chips=("shorter_range", "one_side")),
    Change(3, 5, "P12", other=1, reason="fatigue"),
    Change(3, 6, "P05", by=3),
    Change(3, 7, "P15", chips=("support", "form_lost")),
    Change(3, 8, "P06", by=-2, reason="fatigue"),
)
# Stations whose card the trainer passes in every slot: there everybody is seen.
WALKED: Final = (0, 2, 4, 5, 7)


def find_station(code: str, slot: int) -> int:
    """Round the stations from where the evening's rotation has her begin."""
    start = ROTATION.start_station[code]
    return (start + ROTATION.direction * (slot - 1)) % N_STATIONS


def find_asked_slot(code: str, round_: int) -> int:
    """After which slot she is asked; who comes after that is asked at the round's end."""
    return N_STATIONS if (code, round_) == ("P14", 1) else ROTATION.asked_after[round_ - 1]


def name_set(code: str, round_: int, slot: int) -> str:
    """What a `set` entry is about."""
    return f"{code}/{PLANNED.stations[find_station(code, slot)].exercise}/{round_}"


def rate(code: str, round_: int) -> int | None:
    """What she says when asked; P13 once rather doesn't."""
    if (code, round_) == ("P13", 2):
        return None
    return 9 + (CODES.index(code) + round_) % 4


def expect_set(change: Change) -> dict[str, Any]:
    """The fields of the set by which it differs, as the server must have them."""
    station = PLANNED.stations[find_station(change.code, change.slot)]
    amount = station.amount + (change.by or 0)
    if change.other is not None:
        amount = change.other
    if "skipped" in change.chips:
        amount = 0
    technique = "good" if change.good_form else None
    return {
        "amount": amount,
        "unit": _UNITS.get(station.unit, station.unit),
        "band": change.band or station.band_ceiling,
        "band_length_cm": change.band_cm,
        "chips": sorted(change.chips),
        "technique": "form_lost" if "form_lost" in change.chips else technique,
        "reason": change.reason,
    }


@dataclass
class Told:
    """What was tapped, kept beside it: every entry by kind and by what it is about."""

    entries: list[tuple[str, str]] = field(default_factory=list)
    trainer_taps: dict[str, int] = field(default_factory=dict)
    hands_s: dict[str, float] = field(default_factory=dict)  # of the trainer, for her
    came_s: dict[str, float] = field(default_factory=dict)
    ready_s: dict[str, float] = field(default_factory=dict)

    def note(self, kind: str, about: str, times: int = 1) -> None:
        self.entries += [(kind, about)] * times

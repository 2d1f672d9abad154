"""What goes wrong with straps over a trial, and when: seeded, and known to the truth."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Final

from firmware_sim.trial.entered import Entered, Worn


class TroubleKind(StrEnum):
    """What happens to a strap or its woman."""

    STRAP_FORGOTTEN = "strap_forgotten"  # it stayed at home: she wears none
    STRAP_LATE = "strap_late"  # worn from the beginning, heard long after
    LINK_LOST = "link_lost"  # out of reach; the gateway declares the gap
    CONTACT_LOST = "contact_lost"  # the electrodes feel no skin
    SWAPPED = "swapped"  # two women wear each other's; it is corrected after the session


@dataclass(frozen=True, slots=True)
class Trouble:
    """From when to when, UTC ms, of one woman's strap; of the whole evening where both are None."""

    kind: TroubleKind
    participant: str
    from_ms: int | None = None
    until_ms: int | None = None

    def overlap_s(self, from_ms: float, until_ms: float) -> float:
        """How long nothing of her heart was heard because of it."""
        if self.from_ms is None or self.until_ms is None:
            return 0.0
        return max(0.0, min(self.until_ms, until_ms) - max(self.from_ms, from_ms)) / 1000


@dataclass(frozen=True, slots=True)
class Calendar:
    """On which session, counted from 1, or the first after it where it can happen, what happens."""

    forgotten: int
    late: int
    swapped: int


LATE_BY_MIN: Final = 12.0  # of a circuit of 33 to 41 minutes: too little is left of it
LINK_LOST_S: Final = (50.0, 65.0)
CONTACT_LOST_S: Final = (15.0, 30.0)
_MARGIN_MIN: Final = (3.0, 25.0)  # after the clock's start: no loss begins elsewhere


def draw_calendar(seed: int, n_sessions: int) -> Calendar:
    """Three evenings of their own where there are so many."""
    chance = Random(f"{seed} trial's troubles")
    days = [*range(1, n_sessions + 1)] * 3
    return Calendar(*(chance.sample(days[:n_sessions], 3) if n_sessions > 2 else days[:3]))


def draw_losses(entered: Entered, worn: Sequence[Worn], chance: Random) -> list[Trouble]:
    """One strap is out of reach for about a minute, and another loses skin for less, each evening.

    A single strap only does the first: what is lost of each stays a few per cent.
    """
    kinds = ((TroubleKind.LINK_LOST, LINK_LOST_S), (TroubleKind.CONTACT_LOST, CONTACT_LOST_S))
    whose = chance.sample(worn, min(len(worn), len(kinds)))
    return [
        _draw_loss(kind, lasts_s, entered, one, chance)
        for one, (kind, lasts_s) in zip(whose, kinds, strict=False)
    ]


def _draw_loss(
    kind: TroubleKind,
    lasts_s: tuple[float, float],
    entered: Entered,
    worn: Worn,
    chance: Random,
) -> Trouble:
    from_ms = entered.clock.start_ms + round(60_000 * chance.uniform(*_MARGIN_MIN))
    return Trouble(
        kind, worn.participant, from_ms, from_ms + round(1000 * chance.uniform(*lasts_s))
    )


def draw_late(entered: Entered, worn: Sequence[Worn], chance: Random) -> Trouble | None:
    """A strap of a woman who came on time; None where there is none."""
    on_time = [one for one in worn if one.participant not in entered.late]
    if not on_time:
        return None
    one = chance.choice(on_time)
    until_ms = entered.clock.start_ms + round(60_000 * LATE_BY_MIN)
    return Trouble(TroubleKind.STRAP_LATE, one.participant, one.from_ms, until_ms)


def choose_swap(entered: Entered, chance: Random) -> tuple[Worn, Worn] | None:
    """Two who came on time and go by each other's straps; None where there aren't two."""
    on_time = [one for one in entered.worn if one.participant not in entered.late]
    if len(on_time) < 2:
        return None
    one, other = chance.sample(on_time, 2)
    return one, other

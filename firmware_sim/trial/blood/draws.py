"""When blood is drawn, and what moves what is found in it: the study's circumstances."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from firmware_sim.trial.blood.model import BASELINE
from firmware_sim.trial.measured import Row, has_cycle

# The study: 48 hours before the first session and after the last, after a night without food. So
# it is a morning, and that which is at least as far away.
APART: Final = timedelta(hours=48)
FIRST_AT: Final = timedelta(hours=8)
EACH_TAKES: Final = timedelta(minutes=3)
FASTING_H: Final = (11.5, 13.5)  # the study: 12
CYCLE_DAYS: Final = 28


def find_morning(around: datetime, time_point: str) -> datetime:
    """Of `around`, the first session's beginning or the last one's end: when the first draw is."""
    at = around.astimezone(UTC)
    at = at - APART if time_point == BASELINE else at + APART
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    morning = midnight + FIRST_AT
    if time_point == BASELINE:
        return morning if morning + timedelta(hours=2) <= at else morning - timedelta(days=1)
    return morning if morning >= at else morning + timedelta(days=1)


def describe_draw(  # noqa: PLR0913 (whose draw it is, when, and what she did before)
    seed: int,
    code: str,
    time_point: str,
    drawn_at: datetime,
    exercised_until: datetime | None,
    before: Row,
) -> Row:
    """Cells of the draw. `exercised_until` is the end of her last session, None without any;
    `before` is what was measured of her at baseline.
    """
    chance = Random(f"{seed} {code} draw {time_point}")
    usual_h = chance.uniform(48, 160)  # of whoever exercises by herself, if at all
    if exercised_until is not None:
        usual_h = (drawn_at - exercised_until).total_seconds() / 3600
    return {
        "drawn_at": drawn_at.isoformat(timespec="minutes"),
        "fasting_h": f"{chance.uniform(*FASTING_H):.1f}",
        "exercise_h": f"{usual_h:.1f}",
        "cycle_day": _tell_cycle_day(seed, code, before, drawn_at),
        "sleep_h": f"{min(max(chance.gauss(7, 1), 3.5), 10):.1f}",
        "illness": chance.choices(("none", "infection"), (95, 5))[0],
        "caffeine_12h": chance.choices(("no", "yes"), (9, 1))[0],
    }


def describe_refused() -> Row:
    """Cells of a draw that she didn't want."""
    return {"drawn_at": "refused"}


def order_draws(codes: Iterable[str], seed: int, time_point: str) -> dict[str, timedelta]:
    """How long after the first draw each one is; arms are mixed."""
    order = sorted(codes)
    Random(f"{seed} order {time_point}").shuffle(order)
    return {code: EACH_TAKES * place for place, code in enumerate(order)}


def _tell_cycle_day(seed: int, code: str, before: Row, drawn_at: datetime) -> str:
    if not has_cycle(before):
        return "not_applicable"
    first = Random(f"{seed} {code} cycle").randrange(CYCLE_DAYS)
    return str((first + drawn_at.toordinal()) % CYCLE_DAYS + 1)

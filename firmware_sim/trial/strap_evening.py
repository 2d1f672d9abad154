"""One strap's evening: what is under it, when somebody hears it, and what the gateway notes."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from firmware_sim.trial.body import Body
from firmware_sim.trial.entered import Entered, Worn
from firmware_sim.trial.evening_plan import EveningPlan
from firmware_sim.trial.gateway_log import NS_PER_MS, GatewayLog
from firmware_sim.trial.her_hour import COOL_DOWN_S
from firmware_sim.trial.strap_values import Stretch, Value, send_heart, send_movement
from firmware_sim.trial.troubles import TroubleKind

_CONNECTED_AFTER_MS: Final = (3_000, 12_000)  # from strap on to its first value
_NEVER_NS: Final = 1 << 62


def record_strap(
    log: GatewayLog, entered: Entered, plan: EveningPlan, worn: Worn, body: Body
) -> None:
    """Put into `log` what was heard of the strap that the woman with this body wore."""
    code, chance = worn.participant, plan.chance(worn.participant, "strap")
    arrival_ms = entered.arrivals_ms[code]

    def since_arrival(from_ms: int | None, until_ms: int | None) -> Stretch:
        stretch = ((from_ms or 0) - arrival_ms, (until_ms or 0) - arrival_ms)
        return stretch[0] * NS_PER_MS, stretch[1] * NS_PER_MS

    def find(kind: TroubleKind) -> list[Stretch]:
        return [since_arrival(one.from_ms, one.until_ms) for one in plan.find(code, kind)]

    first_ms = worn.from_ms + chance.randint(*_CONNECTED_AFTER_MS)
    on_ns = since_arrival(first_ms, _find_end_ms(entered, worn))
    for late in find(TroubleKind.STRAP_LATE):
        on_ns = (late[1], on_ns[1])
    values = [*send_heart(body.heart, on_ns, find(TroubleKind.CONTACT_LOST), chance)]
    if plan.has_acceleration:
        values += send_movement(body.movement, on_ns, chance)
    values.sort(key=lambda value: value.at_ns)

    def hear(part: Sequence[Value]) -> tuple[int, int]:
        return log.hear(worn.strap, part, arrival_ms * NS_PER_MS, chance)

    _hear_parts(log, worn.strap, _split(values, find(TroubleKind.LINK_LOST)), hear)


def _find_end_ms(entered: Entered, worn: Worn) -> int:
    """Straps end with the cool-down, or as they are taken off before."""
    ends_ms = entered.clock.end_ms + round(1000 * COOL_DOWN_S)
    return ends_ms if worn.until_ms is None else min(worn.until_ms, ends_ms)


def _split(values: Sequence[Value], away: Sequence[Stretch]) -> Iterator[list[Value]]:
    """What was heard, in the pieces between the stretches in which nothing was."""
    bounds = [-_NEVER_NS, *(at for stretch in sorted(away) for at in stretch), _NEVER_NS]
    for from_ns, until_ns in zip(bounds[::2], bounds[1::2], strict=True):
        part = [value for value in values if from_ns <= value.at_ns < until_ns]
        if part:
            yield part


def _hear_parts(
    log: GatewayLog,
    strap: str,
    parts: Iterator[list[Value]],
    hear: Callable[[Sequence[Value]], tuple[int, int]],
) -> None:
    """Between two of them the link was lost, and that is declared."""
    for before, after in pairwise([hear(part) for part in parts]):
        log.lose(strap, before[1], after[0])

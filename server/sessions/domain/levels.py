"""At which level her sets are prescribed, and since when: as planned, or lighter today."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from protocol.ledger.instants import parse_utc_ms
from server.sessions.domain.holding import Holdings
from server.sessions.domain.running import ClockRun, RunSegment

AS_PLANNED: Final = "as_planned"
LIGHTER: Final = "lighter"


@dataclass(frozen=True, slots=True)
class LevelChange:
    """From `active_ms` of running time on."""

    active_ms: int
    level: str


def list_levels(holdings: Holdings, run: ClockRun, participant: str) -> list[LevelChange]:
    """What was decided about her day, in order; the last one that applies counts."""
    return [LevelChange(run.active_ms(ms), level) for ms, level in _list(holdings, participant)]


def read_level(holdings: Holdings, participant: str) -> str:
    """Her level after all that was decided."""
    changes = _list(holdings, participant)
    return changes[-1][1] if changes else AS_PLANNED


def find_level(levels: Sequence[LevelChange], segment: RunSegment) -> str:
    """The last one decided before the segment ended; for one that was cut, the last of all."""
    made = [one for one in levels if segment.is_cut or one.active_ms < segment.end_ms]
    return made[-1].level if made else AS_PLANNED


def lower_to(level: str, prescribed: dict[str, Any] | None) -> dict[str, Any] | None:
    """What is prescribed to her at an exercise at that level."""
    lighter = prescribed and prescribed.get("lighter")
    return {**prescribed, **lighter} if prescribed and lighter and level == LIGHTER else prescribed


def _list(holdings: Holdings, participant: str) -> list[tuple[int, str]]:
    made = [
        (parse_utc_ms(held.value["at"]), held.place, held.value["level"])
        for held in holdings.of("level_changed", participant)
    ]
    return [(at_ms, level) for at_ms, _, level in sorted(made)]

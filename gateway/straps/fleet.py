"""All straps of one gateway: the roster in, one supervisor a strap, their states out."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from gateway.clock import AlarmClock
from gateway.straps.backend import Backend
from gateway.straps.recorder import Recorder
from protocol.identifiers import StrapId
from protocol.messages.roster import Roster
from protocol.moments import ReceivedAt


@dataclass(frozen=True, slots=True)
class StrapStatus:
    """One strap as the lamp and the status page show it."""

    strap: StrapId
    model: str
    label: str | None
    phase: str  # a phase of gateway.straps.link
    since: ReceivedAt  # when that phase began
    stale: bool  # link up, but no heart rate for 5 s
    heart_rate_age_s: float | None
    battery_pct: int | None
    rssi_dbm: int | None
    n_notifications: int
    n_undecodable: int
    n_dropped: int  # not kept: came after its consent was withdrawn
    last_error: str | None  # one sentence


class StrapFleet:
    """Everything between the radio and the recorder.

    `unclosed` holds the last notification journalled of each (strap, characteristic) before an
    unclean stop, and is empty after a clean one: from there a GATEWAY_DOWN gap runs to the first
    new notification.
    """

    def __init__(
        self,
        backend: Backend,
        recorder: Recorder,
        clock: AlarmClock,
        rng: random.Random,
        *,
        hash_address: Callable[[str], str],
        acc_rate_hz: int = 200,
        unclosed: Mapping[tuple[StrapId, str], ReceivedAt] | None = None,
    ) -> None: ...

    def apply_roster(self, roster: Roster) -> None:
        """Follow this roster from now on: start, stop or restart links as it differs."""

    async def run(self) -> None:
        """Scan and keep every rostered strap's link until `stop` is called."""

    async def stop(self) -> None:
        """Stop the streams on the straps, disconnect and declare open gaps; within 10 s."""

    def states(self) -> tuple[StrapStatus, ...]:
        """One status a rostered strap, in the order of serials."""
        return ()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

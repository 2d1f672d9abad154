"""One connection between two controllers: what it carries, delays, and when it is given up."""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from bumble import hci

from firmware_sim.radio.air_connection import AirConnection
from firmware_sim.radio.air_queue import AirQueue, Delay

_NS_PER_S = 1_000_000_000
# Values a strap keeps while the air is bad, then it drops new ones: about 3 s of acceleration at
# 200 Hz with heart rate. No vendor states the figure; radios see bursts of up to a second or two.
STRAP_QUEUE_FRAMES = 20
# LE asks for 100 ms to 32 s (Core Specification Vol 4 Part E 7.8.12); a host that asks for less
# gets the least.
_LEAST_SUPERVISION_S = 0.1
_SUPERVISION_UNIT_S = 0.01
_NO_DELAY = Delay()


@dataclass
class Reach:
    """What one controller's surroundings allow."""

    is_silent: bool = False  # out of range or without power: nothing gets through
    is_host_stuck: bool = False  # its host takes no more bytes: the radio still answers


class AirLink:
    """Two ends. While either is silent, frames wait; after the supervision time both hear reason
    0x08 (connection timeout), which Bumble's own link never reports."""

    def __init__(
        self,
        central: AirConnection,
        peripheral: AirConnection,
        reaches: tuple[Reach, Reach],
        timeout: int,
        rng: random.Random,
    ) -> None:
        """`timeout` in units of 10 ms, as in the create-connection command."""
        self.central, self.peripheral = central, peripheral
        self.delay = _NO_DELAY
        self._reaches = reaches
        self._rng = rng
        self._is_up = True
        self._to_central = AirQueue(STRAP_QUEUE_FRAMES)
        self._to_peripheral = AirQueue(STRAP_QUEUE_FRAMES)
        self._supervision: asyncio.TimerHandle | None = None
        self._delivery: asyncio.TimerHandle | None = None
        self.supervise_for(timeout)

    @property
    def is_up(self) -> bool:
        """False once either end ended it or it timed out."""
        return self._is_up

    @property
    def has_room(self) -> bool:
        """False when the peripheral's queue is full: its firmware drops what comes next."""
        return not self._to_central.is_full

    def supervise_for(self, timeout: int) -> None:
        """Set the supervision time, in units of 10 ms."""
        self._supervision_s = max(timeout * _SUPERVISION_UNIT_S, _LEAST_SUPERVISION_S)

    def peer_of(self, end: AirConnection) -> AirConnection:
        """The other end."""
        return self.peripheral if end is self.central else self.central

    def carry(self, sender: AirConnection, arrive: Callable[[], None]) -> None:
        """Deliver a frame now, or when the air and its delay allow it."""
        if not self._is_up:
            return
        queue = self._to_peripheral if sender is self.central else self._to_central
        if not queue and self.delay == _NO_DELAY and self._can_deliver:
            arrive()
            return
        chance_ns = round(self._rng.random() * self.delay.jitter_ns)
        queue.put(arrive, time.monotonic_ns() + self.delay.fixed_ns + chance_ns)
        self._pump()

    def reach_changed(self) -> None:
        """Someone came into or went out of reach, or a host began or ceased to be stuck."""
        if not self._is_up:
            return
        if self._is_reachable and self._supervision is not None:
            self._supervision.cancel()
            self._supervision = None
        if not self._is_reachable and self._supervision is None:
            loop = asyncio.get_running_loop()
            self._supervision = loop.call_later(self._supervision_s, self._time_out)
        self._pump()

    def terminate(self, end: AirConnection, reason: int) -> None:
        """One end leaves politely: the other hears `reason`, or times out if it can't hear."""
        if not self._is_up:
            return
        peer, heard = self.peer_of(end), self._is_reachable
        self.shut()
        if heard:
            peer.end(reason)
        else:
            self._end_later(peer)

    def vanish(self, end: AirConnection) -> None:
        """One end is gone without a word (reset, power, death of its host)."""
        if not self._is_up:
            return
        self.shut()
        self._end_later(self.peer_of(end))

    def shut(self) -> None:
        """Carry nothing more; nobody is told."""
        self._is_up = False
        self._to_central.clear()
        self._to_peripheral.clear()
        for timer in (self._supervision, self._delivery):
            if timer is not None:
                timer.cancel()
        self._supervision = self._delivery = None

    @property
    def _is_reachable(self) -> bool:
        return not any(reach.is_silent for reach in self._reaches)

    @property
    def _can_deliver(self) -> bool:
        return not any(reach.is_silent or reach.is_host_stuck for reach in self._reaches)

    def _pump(self) -> None:
        if self._delivery is not None:
            self._delivery.cancel()
            self._delivery = None
        if not self._can_deliver:
            return
        now_ns = time.monotonic_ns()
        for queue in (self._to_central, self._to_peripheral):
            while (arrive := queue.take_due(now_ns)) is not None:
                arrive()
        self._pump_later(now_ns)

    def _pump_later(self, now_ns: int) -> None:
        queues = (self._to_central, self._to_peripheral)
        waits_ns = [queue.next_due_ns for queue in queues if queue.next_due_ns is not None]
        if waits_ns:
            delay_s = (min(waits_ns) - now_ns) / _NS_PER_S
            self._delivery = asyncio.get_running_loop().call_later(delay_s, self._pump)

    def _time_out(self) -> None:
        self.shut()
        for end in (self.peripheral, self.central):
            end.end(hci.HCI_ErrorCode.CONNECTION_TIMEOUT_ERROR)

    def _end_later(self, end: AirConnection) -> None:
        loop = asyncio.get_running_loop()
        timed_out = hci.HCI_ErrorCode.CONNECTION_TIMEOUT_ERROR
        self._supervision = loop.call_later(self._supervision_s, end.end, timed_out)

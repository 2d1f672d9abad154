"""What all straps of one gateway share, built once and passed down."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from gateway.clock import AlarmClock
from gateway.straps.backend import Backend
from gateway.straps.first_uses import FirstUses
from gateway.straps.patience import Adapter
from gateway.straps.recorder import Recorder


@dataclass(frozen=True)
class Site:
    """Radio, clock, chance and where everything seen goes."""

    backend: Backend
    recorder: Recorder
    clock: AlarmClock
    rng: random.Random
    adapter: Adapter
    hash_address: Callable[[str], str]
    acc_rate_hz: int
    first_uses: FirstUses

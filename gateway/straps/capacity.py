"""How many straps a machine's radios carry, and at which rate. Pure, estimates named as such."""

from dataclasses import dataclass
from math import ceil

from gateway.straps.models import polar
from gateway.straps.models.profile import ACC_RATES_HZ

# Links that a chip holds at once, as people found them with many straps (bleak-retry-connector).
PLACES = {"CSR": 5, "Broadcom": 7}
ASSUMED_PLACES = 5  # for a chip nobody counted: the smallest count known
# LE 1M PHY: 8 us a byte, 7 + 14 bytes around a value, empty answer 80 us, 2 x 150 us between.
FRAME_AIR_S = (226 + 7 + 14) * 8e-6 + 80e-6 + 300e-6
HEART_AIR_S = (8 + 7 + 14) * 8e-6 + 80e-6 + 300e-6
EMPTY_EVENT_AIR_S = 2 * 80e-6 + 300e-6
EVENTS_PER_S = 20  # connection interval 50 ms, the longest of BlueZ's default range
AIR_BUDGET = 0.5  # the other half is for retransmissions, scanning and the neighbours' networks


@dataclass(frozen=True, slots=True)
class Radio:
    """One adapter: its name on this machine, its maker as far as known."""

    name: str
    maker: str | None

    @property
    def places(self) -> int | None:
        """Links it holds at once; None if nobody counted."""
        return PLACES.get(self.maker or "")


@dataclass(frozen=True, slots=True)
class Capacity:
    """What one gateway carries. `rate_hz` None: not enough at any rate.

    `assumed`: nobody counted the places of this adapter. `adapters_needed`: of such adapters,
    each with a gateway of its own.
    """

    adapter: str | None
    places: int
    assumed: bool
    rate_hz: int | None
    adapters_needed: int


def estimate(radios: list[Radio], n_straps: int) -> Capacity:
    """What a gateway carries of `n_straps` straps with heart rate and acceleration.

    It uses one adapter, the system's first, however many there are.
    """
    if not radios:
        return Capacity(None, 0, assumed=False, rate_hz=None, adapters_needed=_adapters(n_straps))
    used = radios[0]
    places = used.places or ASSUMED_PLACES
    fits = [rate_hz for rate_hz in ACC_RATES_HZ if air_share(n_straps, rate_hz) <= AIR_BUDGET]
    rate_hz = max(fits, default=None) if n_straps <= places else None
    needed = _adapters(n_straps, places)
    return Capacity(used.name, places, used.places is None, rate_hz, needed)


def _adapters(n_straps: int, places: int = ASSUMED_PLACES) -> int:
    return ceil(n_straps / places)


def air_share(n_links: int, rate_hz: int) -> float:
    """Part of an adapter's time on air that so many straps take at a rate (estimate)."""
    frames_per_s = 1e9 / polar.H10.frame_spacing_ns(rate_hz)
    busy_s = frames_per_s * FRAME_AIR_S + HEART_AIR_S
    idle_s = max(0.0, EVENTS_PER_S - frames_per_s - 1) * EMPTY_EVENT_AIR_S
    return n_links * (busy_s + idle_s)

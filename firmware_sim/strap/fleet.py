"""Straps by the dozen, each with her own wearer, all from one seed."""

import random
from collections.abc import Callable

from firmware_sim.errors import SimulatorError
from firmware_sim.strap.battery import Battery
from firmware_sim.strap.generic import Generic, Traits
from firmware_sim.strap.h10 import H10
from firmware_sim.strap.heart_rate_strap import HeartRateStrap
from firmware_sim.strap.movesense import Movesense
from firmware_sim.strap.recording import Recording
from firmware_sim.strap.replay import replay_wearer
from firmware_sim.strap.serials import MAX_SERIAL, make_serial
from firmware_sim.strap.simulated_wearer import Session, draw_body, simulated_wearer
from firmware_sim.strap.strap import Strap
from firmware_sim.strap.verity import Verity
from firmware_sim.strap.wearer import Wearer

_BATTERY_PCT = (55.0, 100.0)

Maker = Callable[[int, str, Wearer, Battery, int, random.Random], HeartRateStrap]


def build_straps(
    count: int,
    model: str = "h10",
    seed: int = 1,
    serial_start: int = 1,
    *,
    start_ns: int,
    session: Session | None = None,
    recording: Recording | None = None,
) -> list[Strap]:
    """`count` straps, with serials counting up from 51ADA000 + `serial_start`.

    `start_ns` is now on the clock that will be handed to them. A `recording` replaces the simulated
    wearers; each strap plays it from another place. Raises SimulatorError.
    """
    make = _MAKERS.get(model)
    if make is None:
        models = ", ".join(MODELS)
        raise SimulatorError(f"there is no simulated {model!r}; the models are {models}")
    if count < 1 or serial_start < 0 or serial_start + count - 1 > MAX_SERIAL:
        raise SimulatorError(
            f"{count} straps from number {serial_start} on can't be numbered: 1 to {MAX_SERIAL}"
        )
    if recording is not None and model not in REPLAYABLE:
        raise SimulatorError(
            f"a recording at 200 Hz can't be replayed on {model!r}; use {' or '.join(REPLAYABLE)}"
        )
    straps: list[Strap] = []
    for index in range(count):
        rng = random.Random(f"{seed}/{index}/strap")
        wearer = _wearer(seed, index, count, start_ns, session or Session(), recording)
        battery = Battery(rng.uniform(*_BATTERY_PCT), start_ns)
        serial = make_serial(serial_start + index)
        straps.append(make(index, serial, wearer, battery, start_ns, rng))
    return straps


def _wearer(
    seed: int,
    index: int,
    count: int,
    start_ns: int,
    session: Session,
    recording: Recording | None,
) -> Wearer:
    if recording is not None:
        return replay_wearer(recording, start_ns - recording.duration_ns * index // count)
    body = draw_body(seed, index, start_ns, session)
    return simulated_wearer(body, start_ns, random.Random(f"{seed}/{index}/report"))


def _make_h10(
    index: int, serial: str, wearer: Wearer, battery: Battery, start_ns: int, rng: random.Random
) -> HeartRateStrap:
    del index
    return H10(serial, wearer, battery, start_ns, rng)


def _make_generic(
    index: int, serial: str, wearer: Wearer, battery: Battery, start_ns: int, rng: random.Random
) -> HeartRateStrap:
    """Makers differ: in eight straps every mixture of flags occurs."""
    traits = Traits(
        contact_bits=index % 2 == 0, energy=index // 2 % 2 == 1, wide=index // 4 % 2 == 1
    )
    return Generic(serial, wearer, battery, start_ns, rng, traits)


def _make_verity(
    index: int, serial: str, wearer: Wearer, battery: Battery, start_ns: int, rng: random.Random
) -> HeartRateStrap:
    """Every second one has the first firmware."""
    return Verity(serial, wearer, battery, start_ns, rng, has_factor=index % 2 == 1)


def _make_movesense(
    index: int, serial: str, wearer: Wearer, battery: Battery, start_ns: int, rng: random.Random
) -> HeartRateStrap:
    del index
    return Movesense(serial, wearer, battery, start_ns, rng)


_MAKERS: dict[str, Maker] = {
    "h10": _make_h10,
    "verity": _make_verity,
    "generic": _make_generic,
    "movesense": _make_movesense,
}
MODELS = tuple(_MAKERS)
REPLAYABLE = ("h10", "generic")  # 52 Hz can't be had from 200 by leaving samples out

"""The lamp of each strap: decoded here, shown, thrown away; what is kept stays undecoded."""

from dataclasses import dataclass, replace

from gateway.straps.recorder import Recorder
from protocol.ble import uuids
from protocol.ble.battery import decode_battery_level
from protocol.ble.heart_rate import decode_heart_rate_measurement
from protocol.errors import MalformedPayloadError
from protocol.identifiers import StrapId
from protocol.messages.uplink import READ_PREFIX, GapReason
from protocol.moments import ReceivedAt

NS_PER_S = 1_000_000_000
STALE_AFTER_S = 3.0  # straps notify about once a second; three misses is not jitter
BATTERY_LOW_PCT = 20  # an H10 still lasts a session, and the trainer has time to find a cell


@dataclass(frozen=True, slots=True)
class Vitals:
    """The newest of each kind from one strap."""

    bpm: int | None = None
    contact: bool | None = None
    heart_rate_ns: int | None = None  # monotonic stamp of the newest heart rate
    battery_pct: int | None = None
    unreadable: str | None = None  # why the newest value couldn't be decoded


@dataclass(frozen=True, slots=True)
class Lamp:
    """Colour and the words that go with it; never the colour alone."""

    colour: str  # "green", "amber", "red", "grey"
    words: str


class HealthWatch:
    """A Recorder that passes everything on and keeps the newest values for the lamps."""

    def __init__(self, inner: Recorder) -> None:
        self._inner = inner
        self.vitals: dict[StrapId, Vitals] = {}

    def record(
        self, strap: StrapId, characteristic: str, received: ReceivedAt, payload: bytes
    ) -> None:
        """See Recorder: kept first, looked at afterwards."""
        self._inner.record(strap, characteristic, received, payload)
        name = characteristic.removeprefix(READ_PREFIX)
        if name in {uuids.HEART_RATE_MEASUREMENT, uuids.BATTERY_LEVEL}:
            before = self.vitals.get(strap, Vitals())
            self.vitals[strap] = update_vitals(before, name, received.monotonic_ns, payload)

    def declare_gap(
        self,
        strap: StrapId,
        reason: GapReason,
        since: ReceivedAt,
        until: ReceivedAt,
        characteristic: str | None = None,
    ) -> None:
        """See Recorder."""
        self._inner.declare_gap(strap, reason, since, until, characteristic)


def update_vitals(before: Vitals, name: str, stamp_ns: int, payload: bytes) -> Vitals:
    """The vitals with one more value; one that can't be decoded is told, not guessed."""
    try:
        if name == uuids.BATTERY_LEVEL:
            return replace(before, battery_pct=decode_battery_level(payload), unreadable=None)
        measurement = decode_heart_rate_measurement(payload)
    except MalformedPayloadError as error:
        return replace(before, unreadable=error.reason)
    return replace(
        before,
        bpm=measurement.bpm or None,  # 0 means "no data"
        contact=measurement.contact,
        heart_rate_ns=stamp_ns,
        unreadable=None,
    )


def choose_lamp(phase: str, vitals: Vitals, now_ns: int) -> Lamp:
    """The worst thing first."""
    if phase == "refused":
        return Lamp("red", "refused: see the reason")
    if phase != "streaming":
        return Lamp("grey", "not connected")
    if vitals.unreadable is not None:
        return Lamp("amber", f"sends what can't be read: {vitals.unreadable}")
    if vitals.heart_rate_ns is None:
        return Lamp("amber", "connected, no heart rate yet")
    age_s = (now_ns - vitals.heart_rate_ns) / NS_PER_S
    if age_s > STALE_AFTER_S:
        return Lamp("amber", f"no heart rate for {age_s:.0f} s")
    if vitals.contact is False:
        return Lamp("amber", "no skin contact: moisten the strap")
    if vitals.battery_pct is not None and vitals.battery_pct < BATTERY_LOW_PCT:
        return Lamp("amber", f"battery at {vitals.battery_pct} %: change the cell")
    return Lamp("green", "heart rate arrives")

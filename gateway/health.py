"""The lamp of each strap: decoded here, shown, thrown away; what is kept stays undecoded."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from gateway.clock import NS_PER_S
from gateway.straps.models.profile import BATTERY_LOW_PCT
from gateway.straps.phases import UP, Phase
from gateway.straps.recorder import Recorder
from protocol.ble import uuids
from protocol.ble.codecs import codec_for
from protocol.ble.heart_rate import HeartRateMeasurement
from protocol.errors import MalformedPayloadError
from protocol.identifiers import StrapId
from protocol.messages.uplink import MAY_SEND, READ_PREFIX, GapReason
from protocol.moments import ReceivedAt

STALE_AFTER_S = 3.0  # straps notify about once a second; three misses is not jitter
MOVEMENT_STALE_AFTER_S = 6.0  # four frames at 25 Hz, the slowest rate
SENDING_WITHIN_S = 5.0  # promise D3: what is silent for longer isn't believed to send
_SHOWN = {uuids.HEART_RATE_MEASUREMENT, uuids.BATTERY_LEVEL}


@dataclass(frozen=True, slots=True)
class Vitals:
    """The newest of each kind from one strap."""

    bpm: int | None = None
    contact: bool | None = None
    heart_rate_ns: int | None = None  # monotonic stamp of the newest heart rate
    movement_ns: int | None = None  # and of the newest acceleration frame
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
        before = self.vitals.get(strap, Vitals())
        if name == uuids.PMD_DATA:
            self.vitals[strap] = replace(before, movement_ns=received.monotonic_ns)
        elif name in _SHOWN:
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

    async def sync(self) -> None:
        """See Recorder."""
        await self._inner.sync()


def update_vitals(before: Vitals, name: str, stamp_ns: int, payload: bytes) -> Vitals:
    """The vitals with one more value; one that can't be decoded is told, not guessed."""
    try:
        value = codec_for(name).decode(payload)
    except MalformedPayloadError as error:
        return replace(before, unreadable=error.reason)
    if not isinstance(value, HeartRateMeasurement):
        battery_pct = value if isinstance(value, int) else before.battery_pct
        return replace(before, battery_pct=battery_pct, unreadable=None)
    return replace(
        before,
        bpm=value.bpm or None,  # 0 means "no data"
        contact=value.contact,
        heart_rate_ns=stamp_ns,
        unreadable=None,
    )


def count_sending(
    phases: Mapping[StrapId, Phase], vitals: Mapping[StrapId, Vitals], now_ns: int
) -> int:
    """How many straps send at this moment: linked, and heard within the last seconds.

    A link proves nothing: it may bring no value for ever, and be given up only later.
    """
    return sum(
        phase in MAY_SEND and _was_heard(vitals.get(strap, Vitals()), now_ns)
        for strap, phase in phases.items()
    )


def _was_heard(vitals: Vitals, now_ns: int) -> bool:
    stamps_ns = (vitals.heart_rate_ns, vitals.movement_ns)
    newest_ns = max((stamp_ns for stamp_ns in stamps_ns if stamp_ns is not None), default=None)
    return newest_ns is not None and now_ns - newest_ns <= SENDING_WITHIN_S * NS_PER_S


def choose_lamp(phase: str, vitals: Vitals, now_ns: int, *, heart_rate_agreed: bool = True) -> Lamp:
    """The worst thing first; one whose wearer agreed to movement alone isn't asked for a pulse."""
    if phase == Phase.REFUSED:
        return Lamp("red", "refused: see the reason")
    if phase not in UP:
        return Lamp("grey", "not connected")
    if vitals.unreadable is not None:
        return Lamp("amber", f"sends what can't be read: {vitals.unreadable}")
    judge = _judge_heart_rate if heart_rate_agreed else _judge_movement
    lamp = judge(vitals, now_ns)
    low = vitals.battery_pct is not None and vitals.battery_pct < BATTERY_LOW_PCT
    if lamp.colour == "green" and low:
        return Lamp("amber", f"battery at {vitals.battery_pct} %: change the cell")
    return lamp


def _judge_heart_rate(vitals: Vitals, now_ns: int) -> Lamp:
    if vitals.heart_rate_ns is None:
        return Lamp("amber", "connected, no heart rate yet")
    age_s = (now_ns - vitals.heart_rate_ns) / NS_PER_S
    if age_s > STALE_AFTER_S:
        return Lamp("amber", f"no heart rate for {age_s:.0f} s")
    if vitals.contact is False:
        return Lamp("amber", "no skin contact: moisten the strap")
    return Lamp("green", "heart rate arrives")


def _judge_movement(vitals: Vitals, now_ns: int) -> Lamp:
    if vitals.movement_ns is None:
        return Lamp("amber", "connected, no movement yet")
    age_s = (now_ns - vitals.movement_ns) / NS_PER_S
    if age_s > MOVEMENT_STALE_AFTER_S:
        return Lamp("amber", f"no movement data for {age_s:.0f} s")
    return Lamp("green", "movement arrives")

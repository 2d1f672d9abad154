"""What a strap showed in an examination, and what it means, in words. Pure."""

from dataclasses import dataclass, field

from gateway.clock import NS_PER_S
from gateway.straps.models.profile import BATTERY_LOW_PCT
from protocol.ble import uuids
from protocol.ble.battery import decode_battery_level
from protocol.ble.device_information import decode_text
from protocol.ble.pmd import AccelerationFrame, decode_frame
from protocol.errors import MalformedPayloadError
from protocol.identifiers import StrapId
from protocol.messages.codec import decode_link_event
from protocol.messages.uplink import LINK_CHARACTERISTIC, READ_PREFIX, GapReason, LinkEvent
from protocol.moments import ReceivedAt

HEART_RATE_PER_S = 0.8  # straps notify about once a second
SERVICE_WORDS = {
    "1800": "generic access",
    "1801": "generic attribute",
    uuids.HEART_RATE_SERVICE: "heart rate",
    uuids.BATTERY_SERVICE: "battery",
    uuids.DEVICE_INFORMATION_SERVICE: "device information",
    uuids.PMD_SERVICE: "Polar measurement data",
    uuids.MOVESENSE_SERVICE: "Movesense sensor data",
}
_TEXTS = {
    "manufacturer": uuids.MANUFACTURER_NAME,
    "model": uuids.MODEL_NUMBER,
    "serial": uuids.SERIAL_NUMBER,
    "hardware": uuids.HARDWARE_REVISION,
    "firmware": uuids.FIRMWARE_REVISION,  # some H10 say 5.0.0 here for ever …
    "software": uuids.SOFTWARE_REVISION,  # … and their real version here: both are shown
}


@dataclass
class Chart:
    """What came from one strap."""

    reads: dict[str, bytes] = field(default_factory=dict)
    values: dict[str, list[tuple[int, bytes]]] = field(default_factory=dict)
    events: list[LinkEvent] = field(default_factory=list)


class Notebook:
    """A Recorder that keeps everything in memory, for the length of an examination."""

    def __init__(self) -> None:
        self.charts: dict[StrapId, Chart] = {}

    def record(
        self, strap: StrapId, characteristic: str, received: ReceivedAt, payload: bytes
    ) -> None:
        """See Recorder."""
        chart = self.charts.setdefault(strap, Chart())
        if characteristic == LINK_CHARACTERISTIC:
            chart.events.append(decode_link_event(payload))
        elif characteristic.startswith(READ_PREFIX):
            chart.reads[characteristic.removeprefix(READ_PREFIX)] = payload
        else:
            values = chart.values.setdefault(characteristic, [])
            values.append((received.monotonic_ns, payload))

    def declare_gap(
        self,
        strap: StrapId,
        reason: GapReason,
        since: ReceivedAt,
        until: ReceivedAt,
        characteristic: str | None = None,
    ) -> None:
        """Gaps show in what the streams delivered."""

    async def sync(self) -> None:
        """Nothing of it is meant to outlive the examination."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """One stream: how many notifications, how often, and samples a second where it has them."""

    stream: str
    n_notifications: int
    per_s: float | None
    sample_rate_hz: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One strap as `doctor` shows it; its fields are those of `--json`."""

    serial: str
    name: str | None
    rssi_dbm: int
    about: dict[str, str]
    battery_pct: int | None
    services: list[str]
    pairing: str
    delivered: list[Delivered]
    verdict: list[str]


def examine(
    strap: StrapId, name: str | None, rssi_dbm: int, services: tuple[str, ...], chart: Chart
) -> Finding:
    """Everything about one strap."""
    delivered = [_delivered(stream, values) for stream, values in sorted(chart.values.items())]
    by_stream = {each.stream: each for each in delivered}
    battery_pct = _battery_pct(chart)
    finding = Finding(
        serial=strap,
        name=name,
        rssi_dbm=rssi_dbm,
        about={word: _text(chart, read) for word, read in _TEXTS.items() if read in chart.reads},
        battery_pct=battery_pct,
        services=[SERVICE_WORDS.get(service, service) for service in services],
        pairing="asked for" if _asked_for_pairing(chart) else "not needed",
        delivered=delivered,
        verdict=[],
    )
    finding.verdict.extend(_judge(chart, by_stream, battery_pct, services))
    return finding


def _judge(
    chart: Chart,
    delivered: dict[str, Delivered],
    battery_pct: int | None,
    services: tuple[str, ...],
) -> list[str]:
    if not services:
        return [_why_no_link(chart)]
    words = [_judge_heart_rate(delivered.get(uuids.HEART_RATE_MEASUREMENT))]
    if uuids.PMD_SERVICE in services:
        words.append(_judge_movement(delivered.get(uuids.PMD_DATA), chart))
    else:
        words.append("it sends no acceleration")
    if battery_pct is not None and battery_pct < BATTERY_LOW_PCT:
        words.append(f"battery at {battery_pct} %: change the cell")
    return words


def _why_no_link(chart: Chart) -> str:
    details = [event.detail for event in chart.events if event.detail]
    if not details:
        return "no link: it was heard, but not long enough to connect; try more --seconds"
    return f"no link: {details[-1]}; is it connected to a phone or a watch?"


def _judge_heart_rate(heart: Delivered | None) -> str:
    if heart is None or not heart.n_notifications:
        return "no heart rate: moisten the electrodes and wear it"
    if heart.per_s is not None and heart.per_s < HEART_RATE_PER_S:
        return f"heart rate comes only {heart.per_s:.1f} times a second: weak signal, or far away"
    return "heart rate arrives"


def _judge_movement(movement: Delivered | None, chart: Chart) -> str:
    if movement is not None and movement.sample_rate_hz:
        return f"acceleration arrives at {movement.sample_rate_hz:.0f} Hz"
    details = [event.detail for event in chart.events if event.detail]
    why = f": {details[-1]}" if details else "; the first start can take 30 s, try more --seconds"
    return f"no acceleration{why}"


def _delivered(stream: str, values: list[tuple[int, bytes]]) -> Delivered:
    span_s = (values[-1][0] - values[0][0]) / NS_PER_S
    if span_s <= 0:
        return Delivered(stream, len(values), None)
    per_s = (len(values) - 1) / span_s
    # The first frame's samples were taken before the span begins.
    n_samples = sum(_count_samples(payload) for _, payload in values[1:])
    rate_hz = n_samples / span_s if stream == uuids.PMD_DATA else None
    return Delivered(stream, len(values), per_s, rate_hz)


def _count_samples(payload: bytes) -> int:
    try:
        frame = decode_frame(payload)
    except MalformedPayloadError:
        return 0
    return len(frame.samples) if isinstance(frame, AccelerationFrame) else 0


def _battery_pct(chart: Chart) -> int | None:
    try:
        return decode_battery_level(chart.reads[uuids.BATTERY_LEVEL])
    except (KeyError, MalformedPayloadError):
        return None


def _text(chart: Chart, name: str) -> str:
    try:
        return decode_text(chart.reads[name])
    except MalformedPayloadError:
        return f"unreadable: {chart.reads[name].hex()}"


def _asked_for_pairing(chart: Chart) -> bool:
    return any("pairing" in (event.detail or "") for event in chart.events)

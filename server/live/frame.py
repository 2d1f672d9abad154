"""What all viewers get once a second, as one JSON document. Pure."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from protocol.messages.uplink import RadioReport
from server.live.moment import ServerNow

FRAME_VERSION = 1

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_encoder = msgspec.json.Encoder()


class Stamp(msgspec.Struct, frozen=True):
    """When the gateway received the value that is shown."""

    boot_id: str
    monotonic_ns: int
    wall_ns: int


class Tile(msgspec.Struct, frozen=True):
    """One strap. `bpm_shown` is fresh (black), stale (grey with its age) or none (a dash)."""

    strap: str
    label: str | None
    model: str | None
    simulated: bool
    state: str
    shape: str
    word: str
    act: str
    bpm_shown: str = "none"
    bpm: int | None = None
    bpm_age_s: float | None = None
    bpm_received: Stamp | None = None
    contact: bool | None = None
    battery_pct: int | None = None
    activity_mg: float | None = None  # mean absolute deviation of |a| over the last second
    activity_age_s: float | None = None
    knocked_age_s: float | None = None  # since the last of three knocks on the sensor
    link: str | None = None
    conflict: bool = False  # two devices claimed to be this strap lately
    clock: str | None = None  # why times of its movement are unsure: a ClockWarning's value
    signal: str | None = None  # weak, fair or strong, as last heard; None once a minute old


class Gateway(msgspec.Struct, frozen=True):
    """`age_s`: since its newest upload.

    `clock_behind_ms`: server's UTC less the gateway's, the least of the last minute's uploads, so
    with the quickest one's way in it; negative: ahead. None: it isn't known. `radio`: what it said
    last; None where it says nothing, or is silent.
    """

    gateway: str
    age_s: float
    clock_behind_ms: int | None = None
    radio: RadioReport | None = None


class GapRow(msgspec.Struct, frozen=True):
    """A stretch that a gateway declared missing; both ends on the server's clock.

    `stream` is heart_rate, movement, other, or all of the strap; `reason` a GapReason's value.
    """

    strap: str
    label: str | None
    stream: str
    reason: str
    from_utc: str
    to_utc: str


class Frame(msgspec.Struct, frozen=True):
    """One second of the live view."""

    v: int
    frame: int
    server_utc: str
    server_monotonic_ns: int
    tiles: list[Tile]
    gateways: list[Gateway]
    gaps: list[GapRow]  # the newest of the last half hour


def encode_frame(
    number: int,
    tiles: list[Tile],
    gateways: list[Gateway],
    now: ServerNow,
    gaps: Sequence[GapRow] = (),
) -> bytes:
    """The frame as one JSON document without line breaks."""
    frame = Frame(
        v=FRAME_VERSION,
        frame=number,
        server_utc=format_utc(now.wall_ns),
        server_monotonic_ns=now.monotonic_ns,
        tiles=tiles,
        gateways=gateways,
        gaps=list(gaps),
    )
    return _encoder.encode(frame)


def format_utc(wall_ns: int) -> str:
    """ISO 8601 with milliseconds and a Z."""
    instant = _EPOCH + timedelta(microseconds=wall_ns // 1000)
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")

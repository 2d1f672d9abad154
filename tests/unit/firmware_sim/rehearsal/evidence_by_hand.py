"""Evidence made by hand: a stream as a strap sends it and as an archive keeps it."""

from collections.abc import Sequence

from firmware_sim.rehearsal.verdict.evidence import (
    Archive,
    ArchivedValue,
    LinkBegin,
    LiveFrame,
    RehearsedStrap,
    SentValue,
    Truth,
)

STRAP = "51ADA001"
HEART_RATE, SERIAL_READ, BATTERY_READ = "2a37", "read/2a25", "read/2a19"
PMD_DATA = "fb005c82-02e7-f387-1cad-8acd2d8df0c8"
SECOND_NS = 10**9
START_NS = 1_000 * SECOND_NS
FLIGHT_NS = 5_000_000  # strap to gateway stamp in these tests: 5 ms
WALL_MINUS_MONOTONIC_NS = 1_700_000_000 * SECOND_NS


def sent_value(at_s: float, payload: bytes, characteristic: str = HEART_RATE) -> SentValue:
    at_ns = START_NS + round(at_s * SECOND_NS)
    return SentValue(STRAP, characteristic, at_ns, at_ns + WALL_MINUS_MONOTONIC_NS, payload)


def kept_value(value: SentValue, seq: int, flight_ns: int = FLIGHT_NS) -> ArchivedValue:
    return ArchivedValue(
        seq=seq,
        strap=value.strap,
        characteristic=value.characteristic,
        boot_id="boot",
        monotonic_ns=value.monotonic_ns + flight_ns,
        wall_ns=value.wall_ns + flight_ns,
        payload=value.payload,
        gateway="gym",
        epoch="epoch",
    )


def keep_all(values: Sequence[SentValue]) -> list[ArchivedValue]:
    return [kept_value(value, seq) for seq, value in enumerate(values, start=1)]


def introduce(at_s: float) -> tuple[LinkBegin, list[SentValue]]:
    """A link begins: who are you? Then, to be kept, the serial again and the battery."""
    begin = sent_value(at_s, STRAP.encode(), SERIAL_READ)
    kept = [
        sent_value(at_s + 0.01, STRAP.encode(), SERIAL_READ),
        sent_value(at_s + 0.02, b"d", BATTERY_READ),
    ]
    return LinkBegin(STRAP, begin.monotonic_ns), [begin, *kept]


def healthy_run() -> tuple[Truth, Archive, list[LiveFrame]]:
    """One H10 for twenty seconds: heart rate each second, movement twice, a frame each second."""
    values = []
    for second in range(20):
        values.append(sent_value(second, bytes([0x10, 70 + second % 3, 0, 4])))
        values.append(sent_value(second + 0.2, b"\x02acc" + bytes([second]), PMD_DATA))
        values.append(sent_value(second + 0.7, b"\x02acc" + bytes([second + 100]), PMD_DATA))
    link, answers = introduce(-1)
    strap = RehearsedStrap(STRAP, "h10", f"Polar H10 {STRAP}", ("heart_rate", "movement"))
    frames = [
        LiveFrame(
            START_NS + round((second + 0.5) * SECOND_NS),
            {STRAP: START_NS + second * SECOND_NS + FLIGHT_NS},
            {STRAP: 0.5},
        )
        for second in range(20)
    ]
    archive = Archive([*keep_all(values), *keep_all(answers[1:])])
    return Truth([strap], values, answers=answers, links=[link]), archive, frames

"""The lamp: the worst thing first, in words, and what can't be read is told."""

import pytest

from gateway.health import HealthWatch, Vitals, choose_lamp, count_sending, update_vitals
from gateway.straps.phases import Phase
from protocol.ble.uuids import PMD_DATA
from protocol.identifiers import BootId, StrapId
from protocol.messages.uplink import GapReason
from protocol.moments import ReceivedAt

STRAP = StrapId("51ADA001")
NOW_NS = 100 * 10**9
FRESH_NS = NOW_NS - 10**9


@pytest.mark.parametrize(
    ("phase", "vitals", "colour", "words"),
    [
        ("refused", Vitals(), "red", "refused"),
        ("waiting", Vitals(bpm=70, heart_rate_ns=FRESH_NS), "grey", "not connected"),
        ("streaming", Vitals(), "amber", "no heart rate yet"),
        ("streaming", Vitals(bpm=70, heart_rate_ns=NOW_NS - 8 * 10**9), "amber", "for 8 s"),
        ("streaming", Vitals(bpm=70, heart_rate_ns=FRESH_NS, contact=False), "amber", "contact"),
        ("streaming", Vitals(bpm=70, heart_rate_ns=FRESH_NS, battery_pct=19), "amber", "19 %"),
        ("streaming", Vitals(heart_rate_ns=FRESH_NS, unreadable="short"), "amber", "short"),
        ("streaming", Vitals(bpm=70, heart_rate_ns=FRESH_NS, contact=None), "green", "arrives"),
    ],
)
def test_the_lamp_says_the_worst_thing(phase: str, vitals: Vitals, colour: str, words: str) -> None:
    lamp = choose_lamp(phase, vitals, NOW_NS)
    assert lamp.colour == colour
    assert words in lamp.words


@pytest.mark.parametrize("phase", ["features", "settings", "starting", "subscribing"])
def test_heart_rate_that_arrives_while_acceleration_is_being_started_is_shown(phase: str) -> None:
    assert choose_lamp(phase, Vitals(bpm=70, heart_rate_ns=FRESH_NS), NOW_NS).colour == "green"


@pytest.mark.parametrize(
    ("vitals", "colour", "words"),
    [
        (Vitals(), "amber", "no movement yet"),
        (Vitals(movement_ns=FRESH_NS), "green", "movement arrives"),
        (Vitals(movement_ns=NOW_NS - 7 * 10**9), "amber", "for 7 s"),
        (Vitals(movement_ns=FRESH_NS, battery_pct=19), "amber", "19 %"),
    ],
)
def test_who_agreed_to_movement_alone_isn_t_asked_for_a_heart_rate(
    vitals: Vitals, colour: str, words: str
) -> None:
    lamp = choose_lamp("streaming", vitals, NOW_NS, heart_rate_agreed=False)
    assert lamp.colour == colour
    assert words in lamp.words


def test_an_acceleration_frame_is_noted_undecoded() -> None:
    watch = HealthWatch(Kept())
    watch.record(STRAP, PMD_DATA, ReceivedAt(BootId("boot"), 7, 8), b"")
    assert watch.vitals[STRAP] == Vitals(movement_ns=7)


def test_vitals_follow_what_arrives() -> None:
    vitals = update_vitals(Vitals(), "2a37", 5, bytes.fromhex("064a"))
    assert (vitals.bpm, vitals.contact, vitals.heart_rate_ns) == (74, True, 5)
    vitals = update_vitals(vitals, "2a19", 6, b"\x60")
    assert (vitals.bpm, vitals.battery_pct) == (74, 96)


def test_a_value_that_can_t_be_read_is_told_and_changes_no_number() -> None:
    vitals = update_vitals(Vitals(bpm=74, heart_rate_ns=5), "2a37", 9, b"\x00")
    assert (vitals.bpm, vitals.heart_rate_ns) == (74, 5)
    assert vitals.unreadable is not None
    assert update_vitals(vitals, "2a37", 10, b"\x00\x4a").unreadable is None


class Kept:
    """Remembers what was passed on."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []

    def record(
        self, strap: StrapId, characteristic: str, received: ReceivedAt, payload: bytes
    ) -> None:
        self.calls.append((strap, characteristic, received, payload))

    def declare_gap(
        self,
        strap: StrapId,
        reason: GapReason,
        since: ReceivedAt,
        until: ReceivedAt,
        characteristic: str | None = None,
    ) -> None:
        self.calls.append((strap, reason, since, until, characteristic))

    async def sync(self) -> None:
        self.calls.append(("sync",))


async def test_everything_is_passed_on_as_it_came_also_what_can_t_be_read() -> None:
    kept = Kept()
    watch = HealthWatch(kept)
    at = ReceivedAt(BootId("boot"), 1, 2)
    watch.record(STRAP, "2a37", at, b"")
    watch.record(STRAP, "read/2a19", at, b"\x30")
    watch.declare_gap(STRAP, GapReason.LINK_LOST, at, at, "2a37")
    await watch.sync()
    assert kept.calls == [
        (STRAP, "2a37", at, b""),
        (STRAP, "read/2a19", at, b"\x30"),
        (STRAP, GapReason.LINK_LOST, at, at, "2a37"),
        ("sync",),
    ]
    assert watch.vitals[STRAP].battery_pct == 48


@pytest.mark.parametrize(
    ("phase", "vitals", "n_sending"),
    [
        (Phase.STREAMING, Vitals(heart_rate_ns=FRESH_NS), 1),
        (Phase.STREAMING, Vitals(movement_ns=FRESH_NS), 1),
        (Phase.STREAMING, Vitals(heart_rate_ns=NOW_NS - 60 * 10**9, movement_ns=FRESH_NS), 1),
        (Phase.STREAMING, Vitals(heart_rate_ns=FRESH_NS, movement_ns=NOW_NS - 60 * 10**9), 1),
        (Phase.STARTING, Vitals(heart_rate_ns=FRESH_NS), 1),
        (Phase.STREAMING, Vitals(heart_rate_ns=NOW_NS - 5 * 10**9), 1),
        (Phase.STREAMING, Vitals(heart_rate_ns=NOW_NS - 5 * 10**9 - 1), 0),
        (Phase.STREAMING, Vitals(battery_pct=90), 0),
        (Phase.WAITING, Vitals(heart_rate_ns=FRESH_NS), 0),
        (Phase.IDENTIFYING, Vitals(heart_rate_ns=FRESH_NS), 0),
        (Phase.CLOSED, Vitals(heart_rate_ns=FRESH_NS), 0),
    ],
)
def test_a_strap_sends_while_its_link_is_up_and_a_value_came_lately(
    phase: Phase, vitals: Vitals, n_sending: int
) -> None:
    assert count_sending({STRAP: phase}, {STRAP: vitals}, NOW_NS) == n_sending


def test_a_link_that_never_brought_a_value_is_not_counted_and_nor_is_a_strap_that_left() -> None:
    gone, silent = StrapId("51ADA002"), StrapId("51ADA003")
    phases = {STRAP: Phase.STREAMING, silent: Phase.STREAMING}
    vitals = {STRAP: Vitals(heart_rate_ns=FRESH_NS), gone: Vitals(heart_rate_ns=FRESH_NS)}
    assert count_sending(phases, vitals, NOW_NS) == 1

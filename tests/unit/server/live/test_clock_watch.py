import numpy as np

from protocol.identifiers import BootId
from protocol.moments import ReceivedAt
from server.decoding.clocks.fit import ClockWarning
from server.live.clock_watch import ClockWatch

KEY = ("gym", "8AA87D20")
FRAME_NS, SAMPLES = 180_000_000, 36
START_NS = 600_000_000_000_000_000
BURST_NS = 3_000_000_000


def judge(
    n_frames: int, *, step_at: int | None = None, late_ns: int = 0, boot: str = "b"
) -> list[ClockWarning | None]:
    """Verdicts on a stream of 200 Hz; `late_ns` is the mean delay of arrivals beyond 5 ms."""
    watch, chance = ClockWatch(), np.random.default_rng(3)
    verdicts: list[ClockWarning | None] = []
    newest_ns = 0
    for n in range(n_frames):
        set_ns = 86_400_000_000_000 if step_at is not None and n >= step_at else 0
        delay_ns = 5_000_000 + int(chance.exponential(late_ns)) if late_ns else 5_000_000
        newest_ns = max(newest_ns, n * FRAME_NS + delay_ns)
        received = ReceivedAt(BootId(boot), newest_ns, 0)
        if watch.add(KEY, received, START_NS + n * FRAME_NS + set_ns, SAMPLES):
            verdicts.append(watch.judge(KEY))
    return verdicts


def test_a_good_clock_is_judged_every_fifteen_seconds_and_never_doubted() -> None:
    verdicts = judge(700)  # 126 s
    assert len(verdicts) == 8
    assert set(verdicts) == {None}


def test_a_clock_that_was_set_is_told_within_fifteen_seconds() -> None:
    verdicts = judge(400, step_at=200)  # after 36 s
    assert verdicts[:2] == [None, None]
    assert verdicts[2:] == [ClockWarning.CLOCK_STEP] * len(verdicts[2:])


def test_times_that_arrive_anyhow_are_a_bad_fit() -> None:
    assert judge(400, late_ns=2_000_000_000)[-1] is ClockWarning.BAD_FIT


def test_what_came_before_the_gateway_started_anew_says_nothing() -> None:
    watch = ClockWatch()
    for n in range(200):
        due = watch.add(KEY, ReceivedAt(BootId("a"), n * FRAME_NS, 0), START_NS + n, SAMPLES)
    assert due
    assert not watch.add(KEY, ReceivedAt(BootId("b"), 5, 0), START_NS, SAMPLES)


def test_frames_that_make_no_sense_break_nothing() -> None:
    watch = ClockWatch()
    for n in range(200):
        stamp_ns = START_NS if n % 2 else 2**63 - 1
        watch.add(KEY, ReceivedAt(BootId("b"), (200 - n) * FRAME_NS, 0), stamp_ns, SAMPLES)
    assert watch.judge(KEY) in {None, *ClockWarning}

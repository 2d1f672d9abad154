from protocol.ble.heart_rate import HeartRateMeasurement
from server.decoding.contact import Doubt, HeardHeartRate, infer_contact
from tests.recorded_heart_rates import heart_rate, read_heard

SECOND_NS = 1_000_000_000


def _heard(*values: HeartRateMeasurement) -> list[HeardHeartRate]:
    """One a second."""
    return [HeardHeartRate(at * SECOND_NS, value) for at, value in enumerate(values)]


def _beats(*ticks: int) -> list[HeartRateMeasurement]:
    return [heart_rate(each) for each in ticks]


def test_real_hearts_are_hearts() -> None:
    """A strap that says nothing of contact; one of them with all its ectopic beats."""
    for name in ("h10-polarstream", "h10-pvc"):
        assert set(infer_contact(read_heard(name))) == {None}


def test_a_bit_that_says_no_and_a_rate_of_0_are_believed() -> None:
    heard = _heard(
        heart_rate(800, contact=True), heart_rate(801, contact=False), heart_rate(802, bpm=0)
    )
    assert infer_contact(heard) == [None, Doubt.CONTACT_BIT, Doubt.NO_RATE]


def test_a_rate_without_beats_is_doubted_from_its_first_second() -> None:
    heard = _heard(*_beats(800, 801), *[heart_rate()] * 6, heart_rate(802))
    assert infer_contact(heard) == [None, None, *[Doubt.NO_BEATS] * 6, None]


def test_five_seconds_without_a_beat_can_be_a_slow_heart() -> None:
    heard = _heard(*_beats(800, 801), *[heart_rate()] * 5, heart_rate(802))
    assert set(infer_contact(heard)) == {None}


def test_beats_may_be_missing_at_either_end() -> None:
    heard = _heard(*[heart_rate()] * 7, heart_rate(800), *[heart_rate()] * 7)
    assert infer_contact(heard) == [*[Doubt.NO_BEATS] * 7, None, *[Doubt.NO_BEATS] * 7]


def test_0_ticks_are_no_beat() -> None:
    heard = _heard(*_beats(800), *[heart_rate(0)] * 6, heart_rate(802))
    assert infer_contact(heard)[1:7] == [Doubt.NO_BEATS] * 6


def test_a_strap_that_never_sends_beats_is_not_judged_by_them() -> None:
    assert set(infer_contact(_heard(*[heart_rate()] * 60))) == {None}


def test_beats_as_even_as_no_hearts_are_doubted() -> None:
    heard = _heard(*_beats(801), *_beats(*[1024] * 14), *_beats(802))
    assert infer_contact(heard) == [None, *[Doubt.FLAT_BEATS] * 14, None]


def test_a_dozen_seconds_of_even_beats_can_be_chance() -> None:
    assert set(infer_contact(_heard(*_beats(801), *_beats(*[1024] * 13)))) == {None}


def test_few_beats_far_apart_prove_nothing() -> None:
    rare = [HeardHeartRate(at * 3 * SECOND_NS, heart_rate(3072)) for at in range(7)]
    assert set(infer_contact(rare)) == {None}
    few = [HeardHeartRate(at * 2 * SECOND_NS, heart_rate(2048)) for at in range(7)]
    assert set(infer_contact(few)) == {None}
    assert set(infer_contact([*few, HeardHeartRate(14 * SECOND_NS, heart_rate(2048))])) == {
        Doubt.FLAT_BEATS
    }


def test_nothing_heard_gives_nothing() -> None:
    assert infer_contact([]) == []

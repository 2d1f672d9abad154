import pytest

from server.live.events import HeartRateSeen
from server.live.evidence import BeatEvidence, gives_a_clue, is_doubtful, start_evidence
from server.live.evidence import weigh_heart_rate as weigh
from tests.unit.server.live.strap_events import heart


def weigh_all(*seen: HeartRateSeen) -> BeatEvidence:
    evidence = start_evidence(seen[0])
    for one in seen[1:]:
        evidence = weigh(evidence, one)
    return evidence


def test_beats_that_wander_are_believed() -> None:
    evidence = weigh_all(*(heart(s, 80 + s % 2, None, (750 + s % 7,)) for s in range(60)))
    assert not is_doubtful(evidence, activity_mg=300.0)


def test_contact_lost_is_doubted_at_once() -> None:
    assert is_doubtful(weigh_all(heart(0), heart(1, contact=False)), None)


def test_nought_bpm_means_no_heart() -> None:
    assert is_doubtful(weigh_all(heart(0), heart(1, bpm=0)), None)


@pytest.mark.parametrize(("silent_s", "doubted"), [(4, False), (6, True)])
def test_missing_beats(silent_s: int, doubted: bool) -> None:
    """An H10 without a new beat sends `00 hh`: the number stays and the intervals stop."""
    beats = [heart(s, 80, None, (750 + s,)) for s in range(3)]
    without = [heart(2 + s, 80 + s, None) for s in range(1, silent_s + 1)]
    assert is_doubtful(weigh_all(*beats, *without), None) is doubted


def test_flat_intervals_are_no_heart() -> None:
    seen = [heart(s, 80 + s % 2, True, (768,)) for s in range(14)]
    assert is_doubtful(weigh_all(*seen), None)
    assert not is_doubtful(weigh_all(*seen[:12]), None)


def test_a_moving_body_with_a_frozen_heart_rate() -> None:
    frozen = weigh_all(*(heart(s, 80, None) for s in range(17)))
    assert is_doubtful(frozen, activity_mg=120.0)
    assert not is_doubtful(frozen, activity_mg=8.0)
    assert not is_doubtful(frozen, activity_mg=None)


def test_a_moving_body_whose_intervals_vary_is_believed() -> None:
    steady = weigh_all(*(heart(s, 80, None, (768 + s % 2,)) for s in range(17)))
    assert not is_doubtful(steady, activity_mg=120.0)


def test_an_interval_of_nought_is_no_beat() -> None:
    assert weigh_all(heart(0, rr=(0,))).beat_ns is None


def test_a_strap_that_tells_only_one_number_gives_no_clue() -> None:
    assert not gives_a_clue(weigh_all(heart(0, 80, None), heart(1, 80, None)))
    assert gives_a_clue(weigh_all(heart(0, 80, None), heart(1, 81, None)))
    assert gives_a_clue(weigh_all(heart(0, 80, True)))
    assert gives_a_clue(weigh_all(heart(0, 80, None, (700,))))

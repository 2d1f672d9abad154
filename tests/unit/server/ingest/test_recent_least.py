from server.ingest.recent_least import HALF_NS, NS_PER_S, RecentLeast


def test_a_quick_value_counts_for_half_a_minute_at_least() -> None:
    least = RecentLeast(10, 0)
    least.add(90, HALF_NS - 1)
    least.add(90, HALF_NS)
    least.add(90, 2 * HALF_NS - 1)
    assert least.least == 10


def test_it_is_forgotten_after_a_minute() -> None:
    least = RecentLeast(10, 0)
    least.add(90, HALF_NS)
    least.add(80, 2 * HALF_NS)
    assert least.least == 80


def test_after_a_silence_of_a_minute_all_before_is_forgotten() -> None:
    least = RecentLeast(10, 0)
    least.add(90, 2 * HALF_NS)
    assert least.least == 90


def test_a_smaller_value_counts_at_once() -> None:
    least = RecentLeast(10, 0)
    least.add(5, NS_PER_S)
    assert least.least == 5

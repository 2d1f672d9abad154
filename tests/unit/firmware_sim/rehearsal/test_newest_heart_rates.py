"""What a live page that keeps up must show."""

from dataclasses import replace

from firmware_sim.rehearsal.newest_heart_rates import find_newest_heart_rates
from tests.unit.firmware_sim.rehearsal.evidence_by_hand import (
    PMD_DATA,
    SECOND_NS,
    START_NS,
    STRAP,
    sent_value,
)

OTHER = "51ADA002"


def test_each_strap_s_newest_heart_rate_of_up_to_a_moment_counts() -> None:
    sent = [
        sent_value(1, b"a"),
        replace(sent_value(2, b"b"), strap=OTHER),
        sent_value(3, b"c"),
        sent_value(4, b"acc", PMD_DATA),
        sent_value(5, b"d"),
    ]

    def find(until_s: int) -> dict[str, int]:
        newest = find_newest_heart_rates(sent, START_NS + until_s * SECOND_NS)
        return {strap: (at_ns - START_NS) // SECOND_NS for strap, at_ns in newest.items()}

    assert find(0) == {}
    assert find(1) == {STRAP: 1}
    assert find(4) == {STRAP: 3, OTHER: 2}
    assert find(9) == {STRAP: 5, OTHER: 2}
    assert find_newest_heart_rates(reversed(sent), START_NS + 4 * SECOND_NS) == (
        find_newest_heart_rates(sent, START_NS + 4 * SECOND_NS)
    )

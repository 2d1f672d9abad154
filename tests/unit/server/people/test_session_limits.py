"""Promise F2: idle 30 min at a console, 12 h absolute everywhere."""

import pytest

from server.people.session_limits import is_over, is_use_to_be_noted, valid_until_ns

MINUTE_NS = 60 * 10**9
HOUR_NS = 60 * MINUTE_NS
START_NS = 1_795_000_000 * 10**9


@pytest.mark.parametrize(
    ("on_tablet", "seen_after_ns", "now_after_ns", "over"),
    [
        (False, 0, 30 * MINUTE_NS - 1, False),
        (False, 0, 30 * MINUTE_NS, True),
        (False, 5 * HOUR_NS, 5 * HOUR_NS + 29 * MINUTE_NS, False),
        (False, 12 * HOUR_NS - 1, 12 * HOUR_NS, True),
        (True, 0, 11 * HOUR_NS, False),
        (True, 0, 12 * HOUR_NS - 1, False),
        (True, 12 * HOUR_NS - 1, 12 * HOUR_NS, True),
    ],
)
def test_f2_the_limits(on_tablet: bool, seen_after_ns: int, now_after_ns: int, over: bool) -> None:
    found = is_over(
        on_tablet=on_tablet,
        signed_in_ns=START_NS,
        seen_ns=START_NS + seen_after_ns,
        now_ns=START_NS + now_after_ns,
    )
    assert found is over


def test_use_is_written_once_a_minute() -> None:
    assert not is_use_to_be_noted(seen_ns=START_NS, now_ns=START_NS + MINUTE_NS - 1)
    assert is_use_to_be_noted(seen_ns=START_NS, now_ns=START_NS + MINUTE_NS)
    assert valid_until_ns(START_NS) == START_NS + 12 * HOUR_NS

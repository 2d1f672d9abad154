"""Wall and monotonic stamps must fit each other."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from firmware_sim.rehearsal.verdict.stamps import find_misstamped, list_boots
from tests.unit.firmware_sim.rehearsal.evidence_by_hand import SECOND_NS, kept_value, sent_value

SENT = [sent_value(second, b"") for second in range(5)]


@given(st.integers(-2 * SECOND_NS, 2 * SECOND_NS))
def test_a_wall_stamp_a_second_off_is_found(off_ns: int) -> None:
    kept = [kept_value(value, seq) for seq, value in enumerate(SENT)]
    kept[2] = replace(kept[2], wall_ns=kept[2].wall_ns + off_ns)
    assert find_misstamped(SENT, kept) == ([kept[2]] if abs(off_ns) >= SECOND_NS else [])


def test_boots_are_listed_once_each() -> None:
    kept = [kept_value(value, seq) for seq, value in enumerate(SENT)]
    assert list_boots(kept) == ["boot"]
    assert list_boots([*kept, replace(kept[0], boot_id="again")]) == ["again", "boot"]

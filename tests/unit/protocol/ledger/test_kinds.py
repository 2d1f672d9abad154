import msgspec
import pytest

from protocol.ledger.kinds import KINDS, Kind, Sort

# The contract's facts; everything else happened and stands beside its like.
FACTS = {
    "session_planned", "room_check", "room_climate", "staff_present", "readiness",
    "readiness_decision", "wearing", "resting_hr", "warmup_hr", "prescription", "set", "rpe",
    "session_rpe", "adverse_event", "progression_decision", "plyometric_signoff", "feeling",
}  # fmt: skip


def test_facts_are_facts_and_acts_are_acts() -> None:
    assert {name for name, kind in KINDS.items() if kind.sort is Sort.FACT} == FACTS


def test_only_the_server_writes_that_something_was_erased() -> None:
    assert [name for name, kind in KINDS.items() if not kind.posted] == ["content_erased"]


def _wire_names(kind: Kind) -> list[str]:
    return [field.encode_name for field in msgspec.structs.fields(kind.value)]


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_times_that_move_with_the_clock_are_keys_of_the_value(kind: Kind) -> None:
    assert set(kind.times) <= set(_wire_names(kind))


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_time_that_a_tablet_reads_off_its_clock_moves_with_it(kind: Kind) -> None:
    """All but the planned start, which was agreed on."""
    clock_names = {"at", "from", "until", "to", "settled_at", "locked_from"} & set(
        _wire_names(kind)
    )
    assert set(kind.times) == clock_names

import numpy as np
import pytest

from protocol.identifiers import BootId
from protocol.messages.uplink import NotificationRecord
from server.decoding.clocks.gateway_clock import GatewayClock
from server.projection.strap_heart import StrapHeart, join_hearts, read_strap_heart


def heart(first_ns: int, n: int, strap: str = "51ADA001") -> StrapHeart:
    """A value and a beat every ten ns; the first beat begins a run."""
    times = first_ns + np.arange(n, dtype=np.int64) * 10
    begins = np.arange(n) == 0
    return StrapHeart(
        strap, times, times % 200, np.ones(n, dtype=np.bool_), times, times + 1, begins
    )


def test_a_beat_whose_neighbour_is_left_out_begins_a_run() -> None:
    kept = heart(0, 5).keep(np.ones(5, dtype=np.bool_), np.array([True, True, False, True, True]))
    assert kept.beats_utc_ns.tolist() == [0, 10, 30, 40]
    assert kept.begins_run.tolist() == [True, False, True, False]


def test_some_values_and_no_beats() -> None:
    kept = heart(0, 3).keep(np.array([False, True, True]), np.zeros(3, dtype=np.bool_))
    assert kept.utc_ns.tolist() == [10, 20]
    assert len(kept.rr_ticks) == 0


def test_pieces_are_joined_by_time_and_a_new_piece_begins_a_run() -> None:
    second = heart(100, 2).keep(np.ones(2, dtype=np.bool_), np.ones(2, dtype=np.bool_))
    joined = join_hearts([second, heart(0, 2)])
    assert joined.utc_ns.tolist() == [0, 10, 100, 110]
    assert joined.begins_run.tolist() == [True, False, True, False]


BOOT = BootId("boot-1")
CLOCKS = {BOOT: GatewayClock(BOOT, 1_763_800_000_000_000_001, ())}


def record(payload_hex: str, monotonic_ns: int, characteristic: str = "2a37") -> NotificationRecord:
    payload = bytes.fromhex(payload_hex)
    return NotificationRecord(1, "51ADA001", characteristic, BOOT, monotonic_ns, 0, payload)


def test_values_are_stamped_with_their_arrival() -> None:
    records = [record("104a4103", 5), record("02", 6, "2a19"), record("0600", 7)]
    (heard,), n_refused = read_strap_heart(records, CLOCKS)
    assert n_refused == 0
    assert heard.strap == "51ADA001"
    assert heard.utc_ns.tolist() == [1_763_800_000_000_000_006, 1_763_800_000_000_000_008]
    assert heard.hr_bpm.tolist() == [74, 0]  # 0: no value, kept as it came
    assert heard.rr_ticks.tolist() == [833]


def test_an_unreadable_value_is_counted() -> None:
    assert read_strap_heart([record("10", 5)], CLOCKS) == ([], 1)


def test_a_boot_without_a_clock_is_the_callers_mistake() -> None:
    with pytest.raises(KeyError):
        read_strap_heart([record("104a4103", 5)], {})


def test_joined_hearts_are_of_a_strap_only_where_all_are() -> None:
    assert join_hearts([heart(0, 2), heart(100, 2)]).strap == "51ADA001"
    assert join_hearts([heart(0, 2), heart(100, 2, "51ADA002")]).strap == ""

import numpy as np
import pytest

from protocol.identifiers import BootId
from protocol.messages.uplink import NotificationRecord
from server.decoding.clocks.gateway_clock import GatewayClock
from server.dose.heart.nn_cleaning import clean_intervals
from server.dose.heart.variability import compute_pnn50_pct, compute_rmssd_ms
from server.projection.strap_heart import StrapHeart, join_hearts, read_strap_heart

TENTH_NS = 100_000_000


def heart(first: int, n: int, strap: str = "51ADA001") -> StrapHeart:
    """A value and a beat every ten tenths of a second; the first beat begins a run."""
    times = (first + np.arange(n, dtype=np.int64) * 10) * TENTH_NS
    begins = np.arange(n) == 0
    return StrapHeart(
        strap, times, times % 200, np.ones(n, dtype=np.bool_), times, times + 1, begins
    )


def test_a_beat_whose_neighbour_is_left_out_begins_a_run() -> None:
    kept = heart(0, 5).keep(np.ones(5, dtype=np.bool_), np.array([True, True, False, True, True]))
    assert (kept.beats_utc_ns // TENTH_NS).tolist() == [0, 10, 30, 40]
    assert kept.begins_run.tolist() == [True, False, True, False]


def test_some_values_and_no_beats() -> None:
    kept = heart(0, 3).keep(np.array([False, True, True]), np.zeros(3, dtype=np.bool_))
    assert (kept.utc_ns // TENTH_NS).tolist() == [10, 20]
    assert len(kept.rr_ticks) == 0


def test_pieces_are_joined_by_time_and_a_new_piece_begins_a_run() -> None:
    second = heart(100, 2).keep(np.ones(2, dtype=np.bool_), np.ones(2, dtype=np.bool_))
    joined = join_hearts([second, heart(0, 2)])
    assert (joined.utc_ns // TENTH_NS).tolist() == [0, 10, 100, 110]
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


def beating(rr_ticks: list[int], at_s: list[float], late_s: float = 0.0) -> StrapHeart:
    """A value with a beat at each of these seconds, by a gateway that hears it so late."""
    utc_ns = np.round((np.array(at_s) + late_s) * 1e9).astype(np.int64)
    is_first = np.arange(len(at_s)) == 0
    ticks = np.array(rr_ticks, dtype=np.int64)
    return StrapHeart(
        "51ADA001", utc_ns, ticks // 10, np.ones(len(at_s), dtype=np.bool_), utc_ns, ticks, is_first
    )


def test_beats_that_two_gateways_heard_are_one_hearts() -> None:
    """820 and 870 ticks in turn: each pair differs by 50/1024 s, which is then the RMSSD, too."""
    ticks, at_s = [820, 870] * 30, [0.825 * n for n in range(60)]
    joined = join_hearts([beating(ticks, at_s), beating(ticks, at_s, late_s=0.1)])
    assert joined.rr_ticks.tolist() == ticks  # the last of the second came later, and is the same
    assert np.flatnonzero(joined.begins_run).tolist() == [0]
    cleaned = clean_intervals(joined.rr_ticks, joined.begins_run)
    assert compute_rmssd_ms(cleaned) == pytest.approx(50_000 / 1024)
    assert compute_pnn50_pct(cleaned) == 0.0


def test_where_the_first_gateway_is_silent_the_second_is_taken() -> None:
    """The first lacks seconds 10 to 29; the second has all, 0.1 s later."""
    at_s = [float(n) for n in range(40)]
    own = [at for at in at_s if not 10 <= at < 30]
    first = beating([1000] * 20, own)
    second = beating([2000] * 40, at_s, late_s=0.1)
    joined = join_hearts([second, first])
    assert joined.rr_ticks.tolist() == [1000] * 10 + [2000] * 30
    assert np.flatnonzero(joined.begins_run).tolist() == [0, 10]
    assert (joined.utc_ns // (10 * TENTH_NS)).tolist() == [*range(40)]


def test_a_strap_that_was_lent_for_a_while_is_hers_before_and_after() -> None:
    """Seconds 0 to 9 and 20 to 29 are of the first, 10 to 19 of the second."""
    first = beating([1000] * 20, [*map(float, range(10)), *map(float, range(20, 30))])
    joined = join_hearts([first, beating([2000] * 10, [float(n) for n in range(10, 20)])])
    assert joined.rr_ticks.tolist() == [1000] * 10 + [2000] * 10 + [1000] * 10
    assert np.flatnonzero(joined.begins_run).tolist() == [0, 10, 20]

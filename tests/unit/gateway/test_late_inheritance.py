"""Which gaps of a run that died are over already, when at last it is known where they begin."""

from gateway.journal.entries import Observation
from gateway.journal.heard import Streams
from gateway.journal.late_ends import follow_ends
from gateway.journal.stamp_table import OWED
from gateway.late_inheritance import find_open, find_over
from gateway.straps.accounts import Gap
from protocol.ble import uuids
from protocol.identifiers import BootId, StrapId
from protocol.messages.uplink import LINK_CHARACTERISTIC, GapReason
from protocol.moments import ReceivedAt

A, B = StrapId("51ADA001"), StrapId("51ADA002")
HR, ACC = uuids.HEART_RATE_MEASUREMENT, uuids.PMD_DATA
LINK = LINK_CHARACTERISTIC
DOWN = GapReason.GATEWAY_DOWN


def at(s: int) -> ReceivedAt:
    return ReceivedAt(BootId("boot"), s * 10**9, s * 10**9)


def ends_of(*values: tuple[StrapId, str, int]) -> Streams:
    return follow_ends({}, [Observation(strap, name, at(s), b"") for strap, name, s in values])


def test_each_stream_is_over_by_itself_and_the_others_are_open() -> None:
    left = {(A, HR): at(1), (A, ACC): at(2), (B, HR): at(3)}
    ends = ends_of((A, HR, 6), (B, ACC, 8))
    assert find_over(left, ends) == [(A, Gap(DOWN, at(1), at(6), HR))]
    assert find_open(left, ends) == {(A, ACC): at(2), (B, HR): at(3)}


def test_a_link_that_had_sent_nothing_is_the_whole_strap_s() -> None:
    """What came over it beside the streams says how far its account goes."""
    left = {(A, LINK): at(1), (B, LINK): at(1), (B, "2a19"): at(2)}
    ends = ends_of((A, ACC, 6))
    assert find_over(left, ends) == [(A, Gap(DOWN, at(1), at(6)))]
    assert find_open(left, ends) == {(B, LINK): at(1), (B, "2a19"): at(2)}


def test_a_link_says_nothing_beside_a_stream_of_its_strap() -> None:
    """Goes red if, once her heart rate is withdrawn, a gap begins before all of it."""
    left = {(A, LINK): at(1), (A, "2a19"): at(4), (A, HR): at(5)}
    assert find_open(left, {}) == {(A, HR): at(5)}
    over = ends_of((A, HR, 9))
    assert find_over(left, over) == [(A, Gap(DOWN, at(5), at(9)))]
    assert find_open(left, over) == {}


def test_a12_a_stream_that_is_open_goes_on_with_the_last_value_of_one_that_is_over() -> None:
    """Goes red if the strap's gap, which begins with it, is over a value that is kept."""
    left = {(A, HR): at(1), (A, ACC): at(4), (B, HR): at(2)}
    ends = ends_of((A, ACC, 9), (B, HR, 7))
    told = [(A, Gap(DOWN, at(1), at(4), HR)), (A, Gap(DOWN, at(4), at(9), ACC))]
    assert find_over(left, ends) == [*told, (B, Gap(DOWN, at(2), at(7), HR))]
    assert find_open(left, ends) == {(A, HR): at(4)}
    assert find_open(left, ends_of((A, HR, 9))) == {(A, ACC): at(4), (B, HR): at(2)}


def test_a12_where_a_stream_had_no_value_yet_the_strap_s_gap_comes_before_the_streams_own() -> None:
    """Goes red if it is over a value that is kept, or a stretch is declared twice."""
    left = {(A, LINK): at(1), (A, HR): at(5)}
    over = ends_of((A, ACC, 7), (A, HR, 9))
    assert find_over(left, over) == [(A, Gap(DOWN, at(5), at(7))), (A, Gap(DOWN, at(7), at(9), HR))]
    withdrawn = ends_of((A, ACC, 7)) | {(A, f"{OWED}over/{HR}"): at(6)}
    assert find_over(left, withdrawn) == [(A, Gap(DOWN, at(5), at(7)))]
    still_open = ends_of((A, ACC, 7))
    assert find_over(left, still_open) == [(A, Gap(DOWN, at(5), at(7)))]
    assert find_open(left, still_open) == {(A, HR): at(7)}

"""Gaps by hand: every moment is a literal, so that a reader can draw each case on paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.clock import NS_PER_S
from gateway.straps.accounts import Gap
from gateway.straps.gaps import StrapGaps
from protocol.identifiers import BootId
from protocol.messages.uplink import LINK_CHARACTERISTIC, GapReason
from protocol.moments import ReceivedAt

HR, ACC = "2a37", "fb005c82-02e7-f387-1cad-8acd2d8df0c8"
BOOT = BootId("boot-a")


def at(seconds: float, wall_step_s: float = 0.0) -> ReceivedAt:
    monotonic_ns = round(seconds * NS_PER_S)
    return ReceivedAt(BOOT, monotonic_ns, monotonic_ns + round(wall_step_s * NS_PER_S))


def short(gaps: list[Gap]) -> list[tuple[str, float, float, str | None]]:
    return [
        (
            gap.reason.value,
            gap.since.monotonic_ns / NS_PER_S,
            gap.until.monotonic_ns / NS_PER_S,
            gap.characteristic,
        )
        for gap in gaps
    ]


def fed(*heard: tuple[str, float], streams: tuple[str, ...] = (HR, ACC)) -> StrapGaps:
    gaps = StrapGaps(streams)
    for characteristic, seconds in heard:
        assert gaps.heard(characteristic, at(seconds)) == []
    return gaps


def test_a_strap_never_heard_has_no_gap() -> None:
    gaps = StrapGaps([HR])
    assert gaps.tick(at(500)) == [] == gaps.stop(at(600))
    assert gaps.heard(HR, at(700)) == []


def test_a12_a_crash_that_becomes_known_late_is_a_gap_up_to_the_first_value_since() -> None:
    """Goes red if the gap runs to now, over values that are kept, or isn't declared at all."""
    gaps = fed((HR, 100), (HR, 101))
    told = gaps.resume({HR: at(10), ACC: at(11), "elsewhere": at(12)}, at(101.5))
    assert short(told) == [("gateway_down", 10, 100, HR)]
    assert gaps.heard(HR, at(102)) == []
    assert short(gaps.heard(ACC, at(103))) == [("gateway_down", 11, 103, ACC)]


def test_a12_a_crash_that_becomes_known_before_the_first_value_is_one_gap() -> None:
    gaps = fed()
    assert gaps.resume({HR: at(10), ACC: at(11)}, at(50)) == []
    assert short(gaps.heard(HR, at(60))) == [("gateway_down", 11, 60, None)]


def test_a12_a_silence_of_two_seconds_is_a_gap_and_a_shorter_one_is_not() -> None:
    assert fed((HR, 10), streams=(HR,)).heard(HR, at(11.999)) == []
    whole = fed((HR, 10), streams=(HR,)).heard(HR, at(12.0))
    assert short(whole) == [("stream_stalled", 10, 12, HR)]


def test_a12_a_lost_link_is_one_gap_of_the_whole_strap_and_a_late_stream_one_more() -> None:
    gaps = fed((HR, 9.5), (ACC, 10.1))
    gaps.lost()
    assert short(gaps.heard(HR, at(21))) == [("link_lost", 10.1, 21, None)]
    assert gaps.heard(HR, at(22)) == []
    assert gaps.heard(HR, at(23)) == []
    assert short(gaps.heard(ACC, at(24))) == [("link_lost", 21, 24, ACC)]


def test_a_lost_link_is_declared_however_short_since_values_may_be_gone() -> None:
    gaps = fed((HR, 10))
    gaps.lost()
    assert short(gaps.heard(HR, at(11.2))) == [("link_lost", 10, 11.2, None)]


def test_one_silent_stream_beside_a_flowing_one_is_its_own_gap() -> None:
    gaps = fed((ACC, 10), (HR, 10.5), (HR, 11.5), (HR, 12.5))
    assert short(gaps.heard(ACC, at(13))) == [("stream_stalled", 10, 13, ACC)]


def test_a_stream_that_stalled_before_the_link_went_has_both_stretches_and_no_overlap() -> None:
    gaps = fed((ACC, 5), *((HR, 5.5 + second) for second in range(5)))
    gaps.lost()
    assert short(gaps.heard(HR, at(20))) == [
        ("stream_stalled", 5, 9.5, ACC),
        ("link_lost", 9.5, 20, None),
    ]
    assert short(gaps.heard(ACC, at(23))) == [("link_lost", 20, 23, ACC)]


def test_a_long_gap_is_declared_in_slices_that_touch() -> None:
    gaps = fed((HR, 10))
    gaps.lost()
    assert gaps.tick(at(69.9)) == []
    assert short(gaps.tick(at(70))) == [("link_lost", 10, 70, None)]
    assert gaps.tick(at(71)) == []
    assert gaps.next_ns() == 130 * NS_PER_S
    assert short(gaps.tick(at(131))) == [("link_lost", 70, 131, None)]
    assert short(gaps.heard(HR, at(140))) == [("link_lost", 131, 140, None)]


def test_a_clean_stop_declares_what_is_open_and_starts_afresh() -> None:
    gaps = fed((ACC, 10), (HR, 10.5), (HR, 11.5), (HR, 12.5))
    assert short(gaps.stop(at(13))) == [("stream_stalled", 10, 13, ACC)]
    assert gaps.heard(HR, at(100)) == []


def test_after_an_unclean_stop_the_gap_runs_to_the_first_new_notification() -> None:
    gaps = StrapGaps([HR, ACC])
    gaps.resume({HR: at(9.5), ACC: at(10.1)}, at(30))
    assert short(gaps.heard(HR, at(32))) == [("gateway_down", 10.1, 32, None)]
    assert short(gaps.heard(ACC, at(35))) == [("link_lost", 32, 35, ACC)]


def test_a12_killed_before_a_first_value_was_written_the_gap_begins_with_the_link() -> None:
    """As a night found: values of the first moments were lost, and nothing said so."""
    gaps = StrapGaps([HR, ACC])
    assert gaps.resume({LINK_CHARACTERISTIC: at(9)}, at(30)) == []
    assert gaps.follow([HR], at(31)) == []
    assert short(gaps.heard(HR, at(32))) == [("gateway_down", 9, 32, None)]
    assert gaps.heard(HR, at(33)) == []


def test_a12_so_it_does_where_the_crash_becomes_known_late() -> None:
    gaps = fed((HR, 100), (ACC, 101))
    told = gaps.resume({LINK_CHARACTERISTIC: at(10)}, at(102))
    assert short(told) == [("gateway_down", 10, 100, None)]
    assert gaps.heard(HR, at(101.5)) == []


def test_what_was_kept_of_a_stream_says_more_than_its_link() -> None:
    gaps = StrapGaps([HR, ACC])
    gaps.resume({HR: at(9.5), LINK_CHARACTERISTIC: at(2)}, at(30))
    assert short(gaps.heard(HR, at(32))) == [("gateway_down", 9.5, 32, None)]
    assert StrapGaps([]).resume({LINK_CHARACTERISTIC: at(2)}, at(3)) == []


def test_where_only_other_streams_were_kept_the_gap_begins_with_the_newest_of_them() -> None:
    """Goes red if it begins with the link, over values that are kept, or with an older boot's."""
    gaps = StrapGaps([ACC])
    before = ReceivedAt(BootId("boot-0"), 10**18, 10**18)
    gaps.resume({HR: at(9.5), LINK_CHARACTERISTIC: at(2), "2a19": before}, at(30))
    assert short(gaps.heard(ACC, at(32))) == [("gateway_down", 9.5, 32, None)]


def test_after_another_boot_the_wall_places_the_gap_and_nothing_is_measured_across() -> None:
    gaps = StrapGaps([HR])
    before = ReceivedAt(BootId("boot-0"), 10**18, 5)
    gaps.resume({HR: before}, at(3))
    (gap,) = gaps.heard(HR, at(4))
    assert (gap.since, gap.until, gap.reason) == (before, at(4), GapReason.GATEWAY_DOWN)


def before_reboot(seconds: float) -> ReceivedAt:
    moment = at(1e6 + seconds)
    return ReceivedAt(BootId("boot-0"), moment.monotonic_ns, moment.wall_ns)


def test_a12_what_was_silent_before_a_power_cut_is_a_gap_from_then_on() -> None:
    """Goes red if nobody knows after a reboot which of two streams fell silent first."""
    for silent, flowing in ((ACC, HR), (HR, ACC)):
        gaps = StrapGaps([HR, ACC])
        gaps.resume({silent: before_reboot(6), flowing: before_reboot(10)}, at(3))
        own, whole = gaps.heard(HR, at(4))
        stalled = Gap(GapReason.STREAM_STALLED, before_reboot(6), before_reboot(10), silent)
        assert (own, whole) == (stalled, Gap(GapReason.GATEWAY_DOWN, before_reboot(10), at(4)))


def test_a12_a_stream_that_becomes_known_late_lies_before_what_is_known_of_the_others() -> None:
    """Goes red if its gap is too short to count because nobody knows how long the reboot took."""
    gaps = fed((HR, 100))
    assert gaps.resume({ACC: before_reboot(6)}, at(100.5)) == []
    assert gaps.heard(ACC, at(101)) == [Gap(GapReason.GATEWAY_DOWN, before_reboot(6), at(101), ACC)]


@pytest.mark.parametrize("opened", [at(9), before_reboot(20)])
def test_a12_what_a_search_finds_begins_before_a_link_that_had_not_sent_yet(
    opened: ReceivedAt,
) -> None:
    """Goes red if the gap of the link that died hides what died before it."""
    left = {HR: before_reboot(10), ACC: before_reboot(10.5)}
    for n_slices in range(2):
        gaps = StrapGaps([HR, ACC])
        gaps.resume({LINK_CHARACTERISTIC: opened}, at(30))
        assert len([gap for n in range(n_slices) for gap in gaps.tick(at(100 + n))]) == n_slices
        assert gaps.resume(left, at(110)) == []
        assert gaps.heard(HR, at(120)) == [
            Gap(GapReason.GATEWAY_DOWN, before_reboot(10.5), at(120))
        ]


def test_a12_what_a_search_finds_of_one_stream_ends_where_the_other_was_kept_since() -> None:
    """Goes red if it hides the other's gap, or lies over what is kept of that."""
    for n_slices, reason in enumerate(["gateway_down", "link_lost"]):
        gaps = StrapGaps([HR, ACC])
        gaps.resume({HR: at(20)}, at(30))
        assert len([gap for n in range(n_slices) for gap in gaps.tick(at(90 + n))]) == n_slices
        gaps.resume({ACC: at(10)}, at(95))
        own, whole = short(gaps.heard(HR, at(97)))
        since_s = [20, 90][n_slices]
        assert own[1:] == (10, since_s, ACC)
        assert whole == (reason, since_s, 97, None)


def test_a12_a_search_that_finds_nothing_of_her_leaves_the_link_s_break_open() -> None:
    gaps = StrapGaps([HR])
    gaps.resume({LINK_CHARACTERISTIC: at(9)}, at(30))
    assert gaps.resume({ACC: at(2)}, at(31)) == []
    assert short(gaps.heard(HR, at(32))) == [("gateway_down", 9, 32, None)]


def test_a12_what_a_dead_gateway_lost_of_a_stream_is_no_stall_where_the_link_broke_since() -> None:
    gaps = fed((HR, 100), (HR, 101))
    gaps.resume({ACC: at(10)}, at(101.5))
    gaps.lost()
    assert short(gaps.heard(HR, at(110))) == [
        ("gateway_down", 10, 101, ACC),
        ("link_lost", 101, 110, None),
    ]


def test_a12_slices_of_a_broken_link_and_of_a_stream_silent_before_do_not_overlap() -> None:
    gaps = fed((ACC, 10), *((HR, 10.5 + second) for second in range(50)))
    gaps.lost()
    assert short(gaps.tick(at(70))) == [
        ("stream_stalled", 10, 59.5, ACC),
        ("link_lost", 59.5, 70, None),
    ]
    assert short(gaps.heard(HR, at(80))) == [("link_lost", 70, 80, None)]


def test_a_withdrawn_stream_has_no_gaps_any_more() -> None:
    gaps = fed((HR, 10), (ACC, 10.2))
    assert gaps.follow([HR], at(11)) == []
    assert gaps.heard(HR, at(11)) == []
    assert short(gaps.tick(at(71))) == [("stream_stalled", 11, 71, HR)]
    assert gaps.follow([], at(72)) == []
    assert gaps.stop(at(200)) == []


def test_a12_an_open_gap_of_a_withdrawn_stream_is_declared_up_to_then() -> None:
    gaps = fed((HR, 10), (ACC, 11), (ACC, 12.5), (ACC, 14), (ACC, 15))
    assert short(gaps.follow([ACC], at(16))) == [("stream_stalled", 10, 16, HR)]
    gaps.lost()
    assert short(gaps.follow([HR], at(20))) == [("link_lost", 15, 20, None)]
    assert gaps.heard(HR, at(30)) == []


@pytest.mark.parametrize(
    ("newest_s", "stalled", "since_s"),
    [(11.5, [], 11.5), (13, [("stream_stalled", 10, 13.25, HR)], 13.25)],
)
def test_a12_a_break_after_a_stream_was_withdrawn_holds_nothing_that_it_sent(
    newest_s: float, stalled: list[tuple[str, float, float, str]], since_s: float
) -> None:
    """Goes red if it begins with the last value of those that stay, or hides their silence."""
    gaps = fed((HR, 10), (ACC, newest_s))
    assert short(gaps.follow([HR], at(newest_s + 0.25))) == stalled
    gaps.lost()
    assert short(gaps.heard(HR, at(20))) == [("link_lost", since_s, 20, None)]


def test_a12_silence_beside_a_stream_that_never_came_is_declared_as_that_is_withdrawn() -> None:
    """Goes red if only one that came counts: all is taken for told up to its row."""
    assert short(fed((HR, 10)).follow([HR], at(40))) == [("stream_stalled", 10, 40, HR)]


def test_a12_a_broken_link_s_gap_goes_on_for_the_streams_that_stay() -> None:
    gaps = fed((HR, 10), (ACC, 10.2))
    gaps.lost()
    assert short(gaps.follow([ACC], at(16))) == [("link_lost", 10.2, 16, None)]
    assert short(gaps.heard(ACC, at(20))) == [("link_lost", 16, 20, None)]


def test_b1_wall_clock_steps_make_and_hide_no_gap() -> None:
    gaps = fed((HR, 10), streams=(HR,))
    for second in range(11, 40):
        step_s = (3600.0, -3600.0, 86400.0, -86400.0)[second % 4]
        assert gaps.heard(HR, at(second, step_s)) == []
    assert len(gaps.heard(HR, at(45, -3600.0))) == 1


@given(
    st.lists(
        st.tuples(st.sampled_from([HR, ACC, "lost", "tick"]), st.integers(1, 90_000)), max_size=60
    )
)
def test_a12_notifications_and_gaps_leave_no_hole_of_two_seconds(
    story: list[tuple[str, int]],
) -> None:
    gaps, now_ms = StrapGaps([HR, ACC]), 0
    covered: dict[str, list[tuple[int, int]]] = {HR: [], ACC: []}
    kept: dict[str, list[int]] = {HR: [], ACC: []}
    for word, step_ms in story:
        now_ms += step_ms
        now = at(now_ms / 1000)
        if word == "lost":
            gaps.lost()
            continue
        found = gaps.tick(now) if word == "tick" else gaps.heard(word, now)
        if word in kept:
            kept[word].append(now.monotonic_ns)
        _cover(covered, found)
    _cover(covered, gaps.stop(at(now_ms / 1000)))
    for stream, moments in kept.items():
        _assert_no_hole(moments, covered[stream])


def _cover(covered: dict[str, list[tuple[int, int]]], found: list[Gap]) -> None:
    for gap in found:
        assert gap.since.monotonic_ns <= gap.until.monotonic_ns
        for stream in [gap.characteristic] if gap.characteristic else list(covered):
            covered[stream].append((gap.since.monotonic_ns, gap.until.monotonic_ns))


def _assert_no_hole(moments: list[int], spans: list[tuple[int, int]]) -> None:
    if not moments:
        return
    edges = sorted([*((moment, moment) for moment in moments), *spans])
    reached = moments[0]
    for begins, ends in edges:
        if ends > reached:
            # A stream's own edges beside a gap of the whole strap are shorter than 2 s each.
            assert begins - reached < 4 * NS_PER_S
            reached = ends

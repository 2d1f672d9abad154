"""Up to when each stream is accounted for."""

import sqlite3

import pytest

from gateway.errors import JournalCorruptError
from gateway.journal.entries import Observation, Silence, number_entry
from gateway.journal.heard import Streams, follow, follow_numbered, inherit
from gateway.journal.schema import create_tables
from gateway.journal.stamp_table import read_stamps, write_stamps
from gateway.straps.phases import UP, Phase
from gateway.straps.recorder import NOT_AGREED, OFF_ROSTER, STREAM_OF
from protocol.identifiers import BootId, StrapId
from protocol.messages.codec import encode_link_event
from protocol.messages.uplink import LINK_CHARACTERISTIC, MAY_SEND, GapReason, LinkEvent
from protocol.moments import ReceivedAt

STRAP = StrapId("51ADA001")


def at_boot(boot: str, ns: int) -> ReceivedAt:
    return ReceivedAt(BootId(boot), ns, ns)


def at(ns: int) -> ReceivedAt:
    return at_boot("boot", ns)


def stored_stamps(entries: list[Observation | Silence], *, apart: bool) -> Streams:
    """What the table has of them, written at once or one after the other."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    create_tables(connection, "e")
    stamps: Streams = {}
    for part in [[one] for one in entries] if apart else [entries]:
        before, stamps = stamps, follow(stamps, part)
        write_stamps(connection, before, stamps)
    assert read_stamps(connection) == stamps
    return stamps


def numbered_stamps(entries: list[Observation | Silence]) -> Streams:
    """What a damaged journal's entries say."""
    numbered: Streams = {}
    follow_numbered(numbered, [number_entry(one, n) for n, one in enumerate(entries, 1)])
    return numbered


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("named", [None, "pmd"])
def test_a12_a_gap_written_after_the_next_value_moves_no_stamp_back(
    named: str | None, *, apart: bool
) -> None:
    """As a night found: killed right then, the next gap would hold a value that was kept."""
    entries: list[Observation | Silence] = [
        Observation(STRAP, "2a37", at(100), b""),
        Observation(STRAP, "pmd", at(101), b""),
        Silence(STRAP, GapReason.GATEWAY_DOWN, at(10), at(100), characteristic=named),
    ]
    expected = {(STRAP, "2a37"): at(100), (STRAP, "pmd"): at(101)}
    assert stored_stamps(entries, apart=apart) == expected == numbered_stamps(entries)


@pytest.mark.parametrize("apart", [False, True])
def test_stamps_of_another_boot_are_newer_whatever_they_count(*, apart: bool) -> None:
    later = at_boot("next", 5)
    entries: list[Observation | Silence] = [
        Observation(STRAP, "2a37", at(900), b""),
        Silence(STRAP, GapReason.GATEWAY_DOWN, at(900), later),
    ]
    assert stored_stamps(entries, apart=apart) == {(STRAP, "2a37"): later}


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("named", [None, "2a37"])
@pytest.mark.parametrize("until", [at_boot("a", 700), at_boot("b", 10)])
def test_a12_a_gap_of_boots_before_the_stamp_s_moves_nothing_back(
    until: ReceivedAt, named: str | None, *, apart: bool
) -> None:
    """Goes red if, after the next kill, a gap lies over what is kept since that boot."""
    value = Observation(STRAP, "2a37", at_boot("c", 5), b"")
    late = Silence(STRAP, GapReason.GATEWAY_DOWN, at_boot("a", 600), until, named)
    expected = {(STRAP, "2a37"): at_boot("c", 5)}
    entries: list[Observation | Silence] = [value, late]
    assert stored_stamps(entries, apart=apart) == expected
    told = dict(expected)
    follow_numbered(told, [number_entry(one, n) for n, one in enumerate(entries, 1)])
    assert told == expected


def test_a_gap_over_a_reboot_moves_on_what_this_boot_has_from_before_its_end() -> None:
    stamps = {OPENED: at_boot("b", 4), (STRAP, "2a37"): at_boot("a", 900)}
    gap = Silence(STRAP, GapReason.GATEWAY_DOWN, at_boot("a", 900), at_boot("b", 10))
    assert set(follow(stamps, [gap]).values()) == {at_boot("b", 10)}


def test_a12_where_a_gap_over_a_reboot_ended_a_damaged_journal_s_stamps_tell() -> None:
    """Goes red if a stamp is set back to before the reboot, or to a boot that nobody knows."""
    old, back = at_boot("a", 900), at_boot("b", 5)
    entries: list[Observation | Silence] = [
        Observation(STRAP, "pmd", old, b""),
        Observation(STRAP, "2a37", back, b""),
        Silence(STRAP, GapReason.GATEWAY_DOWN, old, back),
    ]
    stamps: Streams = {(STRAP, "2a37"): back, (STRAP, "pmd"): back}
    told = dict(stamps)
    follow_numbered(told, [number_entry(one, n) for n, one in enumerate(entries, 1)])
    assert told == stamps


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize(
    ("reason", "boot"), [(GapReason.SERVER_LOST, ""), (GapReason.JOURNAL_DAMAGED, "before")]
)
def test_a_gap_that_tells_of_the_past_moves_no_stamp(
    reason: GapReason, boot: str, *, apart: bool
) -> None:
    """Goes red if, after a crash, a gap begins where a restored server's loss ended.

    Or one of a journal that was damaged before the machine was started anew.
    """
    value = Observation(STRAP, "2a37", at(900), b"")
    lost = Silence(STRAP, reason, at_boot(boot, 1000), at_boot(boot, 2000))
    expected = {(STRAP, "2a37"): at(900)}
    assert stored_stamps([value, lost], apart=apart) == expected == numbered_stamps([value, lost])


def link(phase: str, ns: int, detail: str | None = None) -> Observation:
    payload = encode_link_event(LinkEvent(phase, detail=detail))
    return Observation(STRAP, LINK_CHARACTERISTIC, at(ns), payload)


OPENED = (STRAP, LINK_CHARACTERISTIC)
NONSENSE = Observation(STRAP, LINK_CHARACTERISTIC, at(30), b"\xc1")


@pytest.mark.parametrize("apart", [False, True])
def test_a12_a_link_that_may_send_is_open_from_its_first_moment_until_it_may_no_more(
    *, apart: bool
) -> None:
    opening = [link("identifying", 5), link("subscribing", 10), link("streaming", 20)]
    assert stored_stamps([*opening], apart=apart) == {OPENED: at(10)}
    for closing in (link("waiting", 30), NONSENSE):
        assert stored_stamps([*opening, closing], apart=apart) == {}


def test_a12_a_link_that_an_earlier_run_left_open_is_closed_by_no_phase_of_this_one() -> None:
    """Goes red if a run that never meets the strap makes the next one forget what was lost."""
    left = {OPENED: at(10)}
    assert follow(left, [link("waiting", 30), link("subscribing", 40)], left) == left
    assert follow(left, [link("subscribing", 40), link("waiting", 50)], left) == left


def test_a12_a_link_s_stamp_moves_on_with_a_gap_of_its_whole_strap() -> None:
    covered = Silence(STRAP, GapReason.GATEWAY_DOWN, at(10), at(70))
    left = {OPENED: at(10), (StrapId("51ADA002"), LINK_CHARACTERISTIC): at(11)}
    assert follow(left, [covered], left) == left | {OPENED: at(70)}


def test_an_old_link_s_stamp_is_of_this_run_once_it_was_covered_or_erased() -> None:
    """Goes red if a link that closed in this run leaves a gap because one before it didn't."""
    left = {OPENED: at(10)}
    covered = Silence(STRAP, GapReason.GATEWAY_DOWN, at(10), at(70))
    assert follow(left, [covered, link("waiting", 80)], left) == {}
    again = [link("closed", 20, OFF_ROSTER), link("subscribing", 30)]
    assert follow(left, again, left) == {OPENED: at(30)}
    assert follow(left, [*again, link("waiting", 40)], left) == {}


@pytest.mark.parametrize("apart", [False, True])
def test_of_a_strap_off_the_roster_nothing_is_expected_any_more(*, apart: bool) -> None:
    """Goes red if a return after weeks is a gap of weeks."""
    other = Observation(StrapId("51ADA002"), "2a37", at(30), b"")
    beats = [Observation(STRAP, name, at(20), b"") for name in ("2a37", "2a19")]
    entries = [link("subscribing", 10), *beats, other, link("closed", 40, OFF_ROSTER)]
    expected = {(other.strap, "2a37"): at(30)}
    assert stored_stamps([*entries], apart=apart) == expected
    left = {OPENED: at(5), **expected}
    assert follow(left, entries, left) == expected


@pytest.mark.parametrize("apart", [False, True])
def test_of_a_stream_that_was_withdrawn_nothing_is_expected_any_more(*, apart: bool) -> None:
    """Goes red if her heart rate is said to have stalled while she didn't agree to it.

    Or if the next gap begins before the last value of it that was kept.
    """
    beats = [Observation(STRAP, uuid, at(20), b"") for uuid in STREAM_OF.values()]
    entries = [link("subscribing", 10), *beats]
    left = {OPENED: at(10)} | {(STRAP, uuid): at(20) for uuid in STREAM_OF.values()}
    assert stored_stamps([*entries, link("streaming", 30, NOT_AGREED + "x")], apart=apart) == left
    for stream, uuid in STREAM_OF.items():
        row = link("streaming", 30, NOT_AGREED + stream)
        expected = {key: at(30) for key in left if key[1] != uuid}
        assert stored_stamps([*entries, row], apart=apart) == expected
        assert numbered_stamps([*entries, row]).items() >= expected.items() - {(OPENED, at(30))}


def test_a12_a_link_of_an_earlier_run_stays_where_it_is_as_a_stream_is_withdrawn() -> None:
    """Goes red if what that link may have sent is in no gap, or a closed link opens with it."""
    left = {OPENED: at(10), (STRAP, "2a19"): at(11)}
    row = link("streaming", 30, NOT_AGREED + "heart_rate")
    assert follow(left, [row], left) == left
    assert follow({}, [link("waiting", 30, NOT_AGREED + "heart_rate")]) == {}


def test_a12_what_came_beside_the_streams_of_a_later_link_says_nothing_of_an_old_one() -> None:
    """Goes red if a battery's level hides what that link had sent: its gap would begin there."""
    battery = (STRAP, "2a19")
    left = {OPENED: at(10), battery: at(11)}
    value = Observation(*battery, at(40), b"")
    dropped = Silence(STRAP, GapReason.JOURNAL_FULL, at(40), at(50), "2a19")
    assert follow(left, [link("subscribing", 30), value, dropped], left) == left
    told = Silence(STRAP, GapReason.GATEWAY_DOWN, at(11), at(35))
    assert follow(left, [told, value], left) == {OPENED: at(35), battery: at(40)}
    numbered = dict(left)
    follow_numbered(numbered, [number_entry(value, 1)])
    assert numbered == left


def test_a12_no_entry_sets_back_what_a_damaged_journal_s_link_says_and_what_came_over_it() -> None:
    """Goes red if a gap before a clean stop counts for the link after it."""
    battery = (STRAP, "2a19")
    left = {OPENED: at(80), battery: at(81), (STRAP, "2a37"): at(20)}
    told = dict(left)
    covered = Silence(STRAP, GapReason.LINK_LOST, at(20), at(30))
    follow_numbered(told, [number_entry(covered, 1)])
    assert told == left | {(STRAP, "2a37"): at(30)}


def test_a12_a_gap_that_is_told_late_sets_no_damaged_journal_s_stamp_back_over_a_reboot() -> None:
    """Goes red if the strap's next gap is over all that was kept before the reboot."""
    left = {(STRAP, "2a37"): at_boot("next", 5)}
    told = dict(left)
    entries: list[Observation | Silence] = [
        Observation(STRAP, "2a37", at(900), b""),
        Silence(STRAP, GapReason.GATEWAY_DOWN, at(900), at_boot("next", 5)),
        Silence(STRAP, GapReason.GATEWAY_DOWN, at(100), at(800)),
    ]
    follow_numbered(told, [number_entry(one, n) for n, one in enumerate(entries, 1)])
    assert told == left
    again = Observation(STRAP, "2a37", at_boot("next", 7), b"")
    follow_numbered(told, [number_entry(one, n) for n, one in enumerate([*entries, again], 1)])
    assert told == {(STRAP, "2a37"): at_boot("next", 7)}


@pytest.mark.parametrize("apart", [False, True])
def test_a_gap_in_the_gateway_s_own_rows_opens_no_link(*, apart: bool) -> None:
    """Goes red if a strap that was never linked has a gap after a disk that was full."""
    dropped = Silence(STRAP, GapReason.JOURNAL_FULL, at(10), at(80), LINK_CHARACTERISTIC)
    entries: list[Observation | Silence] = [link("waiting", 0), dropped]
    assert stored_stamps(entries, apart=apart) == {} == numbered_stamps(entries)


def test_what_a_dead_gateway_lost_of_a_stream_that_was_withdrawn_since_opens_no_account() -> None:
    """Goes red if her return is the end of one more gap."""
    down = Silence(STRAP, GapReason.GATEWAY_DOWN, at(10), at(80), "2a37")
    assert follow({}, [down]) == {}
    assert follow({(STRAP, "2a37"): at(10)}, [down]) == {(STRAP, "2a37"): at(80)}
    dropped = Silence(STRAP, GapReason.JOURNAL_FULL, at(10), at(80), "2a37")
    assert follow({}, [dropped]) == {(STRAP, "2a37"): at(80)}


def test_a12_of_what_a_damaged_journal_left_nothing_is_lost_and_nothing_set_back() -> None:
    """Goes red if a stamp of now gives way to an old one, or a link's beginning to a later."""
    old = at_boot("before", 900)
    beat, frame = (STRAP, "2a37"), (STRAP, "pmd")
    left = {beat: old, frame: old, OPENED: old}
    own = {beat: at(5), OPENED: at(3)}
    assert inherit(own, left) == {beat: at(5), frame: old, OPENED: at(3)}
    assert inherit(own, {}) == own
    assert inherit({OPENED: at(3)}, left) == left
    battery = {(STRAP, "2a19"): at(4)}
    assert inherit(battery | own, left) == {beat: at(5), frame: old, OPENED: at(3)} | battery
    assert inherit(battery, left) == left  # it came over a later link than the one that counts


def test_a12_an_old_link_is_over_once_its_strap_was_heard() -> None:
    """Goes red if, after the next kill, the gap begins with a link of an earlier boot."""
    old = at_boot("before", 900)
    beat = (STRAP, "2a37")
    assert inherit({beat: at(5)}, {OPENED: old, beat: old}) == {beat: at(5)}


def test_following_changes_nothing_of_what_was_before() -> None:
    """A write that fails leaves the journal with the stamps that are on its disk."""
    before = {OPENED: at(10)}
    follow(before, [link("waiting", 20), Observation(STRAP, "2a37", at(30), b"")])
    assert before == {OPENED: at(10)}


def test_a_stamp_of_another_kind_is_damage() -> None:
    """Goes red if a flipped bit in a row without a digest stops every later commit."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    create_tables(connection, "e")
    write_stamps(connection, {}, {OPENED: at(10)})
    connection.execute("UPDATE stream SET monotonic_ns = x'0a'")
    with pytest.raises(JournalCorruptError):
        read_stamps(connection)


def test_the_phases_in_which_a_strap_may_send_are_those_of_a_link() -> None:
    assert (UP | {Phase.DRAINING}) - {Phase.IDENTIFYING} == MAY_SEND

from hypothesis import given
from hypothesis import strategies as st

from protocol.identifiers import BootId
from protocol.moments import ReceivedAt
from server.ingest.feed import GatewayContact
from server.live.moment import SHOWN_FOR_S, ServerNow, compute_age_ns

S = 1_000_000_000
RECEIVED = ReceivedAt(BootId("b1"), 100 * S, 1_700_000_100 * S)


def contact(boot: str | None = "b1", offset_ns: int = 0, wall_offset_ns: int = 0) -> GatewayContact:
    return GatewayContact("gym", boot, offset_ns, wall_offset_ns, 0)


@given(st.integers(-(10**18), 10**18), st.integers(0, 10**12))
def test_a_step_of_any_wall_clock_changes_no_age(wall_ns: int, age_ns: int) -> None:
    now = ServerNow(500 * S + age_ns, wall_ns)
    assert compute_age_ns(RECEIVED, contact(offset_ns=400 * S), now) == age_ns


def test_another_boot_is_aged_on_the_wall_clocks_with_their_offset() -> None:
    now = ServerNow(0, 1_700_000_217 * S)
    known = contact(boot="b2", offset_ns=1, wall_offset_ns=100 * S)
    assert compute_age_ns(RECEIVED, known, now) == 17 * S


@given(st.integers(-(10**18), 10**18), st.integers(-(10**18), 10**18))
def test_d3_after_a_reboot_no_value_of_the_old_boot_is_shown(
    wall_ns: int, wall_offset_ns: int
) -> None:
    """The wall clock may have come back behind or ahead: the old stamp proves nothing."""
    known = contact(boot="b2", wall_offset_ns=wall_offset_ns)
    now = ServerNow(500 * S, wall_ns)
    assert compute_age_ns(RECEIVED, known, now) >= SHOWN_FOR_S * S


@given(st.integers(-(10**18), 10**18))
def test_d3_after_a_server_restart_no_value_is_shown_before_its_gateway_is_heard(
    wall_ns: int,
) -> None:
    """The gateway's wall clock may be ahead of ours."""
    assert compute_age_ns(RECEIVED, None, ServerNow(500 * S, wall_ns)) >= SHOWN_FOR_S * S


def test_before_any_contact_the_wall_clocks_tell_how_long_at_least() -> None:
    assert compute_age_ns(RECEIVED, None, ServerNow(0, 1_700_000_703 * S)) == 603 * S


def test_d3_without_sent_a_stamp_from_the_future_is_not_shown() -> None:
    known = contact(boot=None, wall_offset_ns=0)
    assert compute_age_ns(RECEIVED, known, ServerNow(0, 1_700_000_040 * S)) == SHOWN_FOR_S * S


def test_no_age_is_negative() -> None:
    """An upload quicker than those the offset was learnt from makes its stamps just younger."""
    assert compute_age_ns(RECEIVED, contact(offset_ns=S), ServerNow(100 * S, 0)) == 0
    without_sent = contact(boot=None, wall_offset_ns=S // 2)
    assert compute_age_ns(RECEIVED, without_sent, ServerNow(0, RECEIVED.wall_ns)) == 0

from hypothesis import given
from hypothesis import strategies as st

from protocol.identifiers import BootId
from protocol.moments import ReceivedAt
from server.ingest.feed import GatewayContact
from server.live.moment import ServerNow, compute_age_ns

S = 1_000_000_000
RECEIVED = ReceivedAt(BootId("b1"), 100 * S, 1_700_000_100 * S)


def contact(boot: str | None = "b1", offset_ns: int = 0, wall_offset_ns: int = 0) -> GatewayContact:
    return GatewayContact("gym", boot, offset_ns, wall_offset_ns, 0)


@given(st.integers(-(10**18), 10**18), st.integers(0, 10**12))
def test_a_step_of_any_wall_clock_changes_no_age(wall_ns: int, age_ns: int) -> None:
    now = ServerNow(500 * S + age_ns, wall_ns)
    assert compute_age_ns(RECEIVED, contact(offset_ns=400 * S), now) == age_ns


def test_another_boot_is_aged_on_the_wall_clocks_with_their_offset() -> None:
    now = ServerNow(0, 1_700_000_207 * S)
    known = contact(boot="b2", offset_ns=1, wall_offset_ns=100 * S)
    assert compute_age_ns(RECEIVED, known, now) == 7 * S


def test_before_any_contact_the_wall_clocks_have_to_do() -> None:
    assert compute_age_ns(RECEIVED, None, ServerNow(0, 1_700_000_103 * S)) == 3 * S


def test_no_age_is_negative() -> None:
    assert compute_age_ns(RECEIVED, None, ServerNow(0, 0)) == 0

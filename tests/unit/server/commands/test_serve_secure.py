"""What `serve` warns of at its start: a certificate that ends, an address that isn't in it."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from server.certificates.served import ServedCertificate
from server.commands.serve_secure import list_warnings
from tests.certificates import GYM

ENDS = datetime(2027, 12, 29, 12, tzinfo=UTC)
SERVED = ServedCertificate(GYM, ENDS, "doseline authority, gym", b"")
EARLY, LATE = ENDS - timedelta(days=100), ENDS - timedelta(days=7)
HERE, MOVED = ip_address("192.168.1.20"), ip_address("192.168.1.33")
EVERYWHERE = "0.0.0.0"  # noqa: S104


def test_nothing_is_said_while_all_is_well() -> None:
    assert list_warnings(EVERYWHERE, SERVED, [HERE], EARLY) == []


def test_a_machine_that_moved_is_told_to_renew() -> None:
    (said,) = list_warnings(EVERYWHERE, SERVED, [HERE, MOVED], EARLY)
    assert "isn't for 192.168.1.33" in said
    assert "certs renew" in said


def test_on_loopback_other_addresses_do_not_matter() -> None:
    assert list_warnings("127.0.0.1", SERVED, [MOVED], EARLY) == []


def test_an_end_within_thirty_days_is_told_too() -> None:
    told = list_warnings(EVERYWHERE, SERVED, [MOVED], LATE)
    assert len(told) == 2
    assert "ends in 7 days" in told[0]

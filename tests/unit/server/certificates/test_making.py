"""What stands in the certificates: their names, their limits, their days."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from server.certificates.making import (
    Signed,
    make_authority,
    make_server_certificate,
)
from server.certificates.names import Names, name_machine
from server.certificates.reading import read_names_of, read_scope
from server.errors import SettingsError

NOW = datetime(2026, 11, 28, 12, 0, 0, 987_654, UTC)
DAY = timedelta(days=1)
GYM = name_machine("gym", [ip_address("192.168.1.20")])


@pytest.fixture(scope="module")
def authority() -> Signed:
    return make_authority("gym", GYM, NOW)


def read_lasts(certificate: x509.Certificate) -> timedelta:
    """Both ends count: RFC 5280, 4.1.2.5, as support.apple.com/102028 measures."""
    between = certificate.not_valid_after_utc - certificate.not_valid_before_utc
    return between + timedelta(seconds=1)


def test_a_server_certificate_lasts_as_long_as_every_browser_takes(authority: Signed) -> None:
    """support.apple.com/102028 recommends 397 days; 103769 refuses more than 825."""
    made = make_server_certificate(authority, GYM, NOW).certificate
    assert read_lasts(made) == 397 * DAY
    assert made.not_valid_before_utc == NOW.replace(microsecond=0) - DAY


def test_it_carries_its_names_and_is_for_servers_alone(authority: Signed) -> None:
    """support.apple.com/103769: names in the SAN, id-kp-serverAuth."""
    made = make_server_certificate(authority, GYM, NOW).certificate
    assert read_names_of(made) == GYM
    usage = made.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usage) == [ExtendedKeyUsageOID.SERVER_AUTH]
    basic = made.extensions.get_extension_for_class(x509.BasicConstraints)
    assert basic.critical
    assert not basic.value.ca


def test_an_authority_is_bounded_whether_a_client_knows_how_or_not(authority: Signed) -> None:
    """RFC 5280, 4.2.1.10: critical, so that whoever doesn't know it refuses the whole."""
    found = authority.certificate.extensions.get_extension_for_class(x509.NameConstraints)
    assert found.critical
    assert found.value.excluded_subtrees is None
    scope = read_scope(authority.certificate)
    assert scope.dns == ("local", "localhost", "gym")
    assert "192.168.0.0/16" in map(str, scope.networks)
    basic = authority.certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert (basic.ca, basic.path_length) == (True, 0)


@pytest.mark.parametrize(
    "names", [Names(("example.org",), ()), Names(("gym",), (ip_address("8.8.8.8"),))]
)
def test_no_certificate_is_made_that_clients_would_refuse(authority: Signed, names: Names) -> None:
    with pytest.raises(SettingsError, match="can't vouch for .*every tablet must then trust"):
        make_server_certificate(authority, names, NOW)


def test_a_certificate_does_not_outlast_its_authority(authority: Signed) -> None:
    late = authority.certificate.not_valid_after_utc - 10 * DAY
    made = make_server_certificate(authority, GYM, late).certificate
    assert made.not_valid_after_utc <= authority.certificate.not_valid_after_utc
    assert read_lasts(made) < 12 * DAY


def test_an_authority_that_has_ended_signs_nothing(authority: Signed) -> None:
    after = authority.certificate.not_valid_after_utc + timedelta(seconds=1)
    with pytest.raises(SettingsError, match="the authority itself has ended"):
        make_server_certificate(authority, GYM, after)


def test_every_certificate_has_a_key_and_a_number_of_its_own(authority: Signed) -> None:
    one, two = (make_server_certificate(authority, GYM, NOW).certificate for _ in range(2))
    assert one.public_key() != two.public_key()
    assert one.serial_number != two.serial_number


def test_certificates_of_another_kind_are_told(authority: Signed) -> None:
    """Somebody exchanged the files: the authority's has no names, a server's no bounds."""
    server = make_server_certificate(authority, GYM, NOW)
    with pytest.raises(SettingsError, match="names nobody; .*certs renew"):
        read_names_of(authority.certificate)
    with pytest.raises(SettingsError, match="isn't one that certs init made"):
        make_server_certificate(server, GYM, NOW)

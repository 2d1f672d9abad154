"""What a machine is called, and what its authority may vouch for."""

from ipaddress import ip_address

import pytest

from server.certificates.names import (
    Names,
    bound_authority,
    name_machine,
    parse_address,
    parse_dns_name,
)
from server.errors import SettingsError

GYM = name_machine("Gym", [ip_address("192.168.1.20")])


def test_a_machine_is_reached_by_its_name_its_local_name_and_its_addresses() -> None:
    assert GYM.tell() == ["gym.local", "gym", "localhost", "192.168.1.20", "127.0.0.1", "::1"]


def test_a_long_host_name_gives_a_short_one_for_the_local_network() -> None:
    assert name_machine("gym.uni.example", []).dns == (
        "gym.local", "gym", "gym.uni.example", "localhost",
    )  # fmt: skip


@pytest.mark.parametrize("host", ["localhost", "gym_1", "", "a" * 64, "-gym"])
def test_a_host_name_that_no_certificate_can_hold_is_left_out(host: str) -> None:
    assert name_machine(host, []).dns == ("localhost",)


@pytest.mark.parametrize(
    ("text", "name"), [("Gym.Local.", "gym.local"), ("xn--mgbaam7a8h", "xn--mgbaam7a8h")]
)
def test_names_are_kept_in_one_form(text: str, name: str) -> None:
    assert parse_dns_name(text) == name


@pytest.mark.parametrize("text", ["", "*.local", "gym local", "gym..local", "سالن", "a." * 130])
def test_what_is_no_name_is_told(text: str) -> None:
    with pytest.raises(SettingsError, match="no name of a machine"):
        parse_dns_name(text)


def test_an_address_given_as_a_name_is_told() -> None:
    with pytest.raises(SettingsError, match="give it with --address"):
        parse_dns_name("192.168.1.20")


@pytest.mark.parametrize("text", ["gym.local", "192.168.1", "192.168.1.0/24", ""])
def test_what_is_no_address_is_told(text: str) -> None:
    with pytest.raises(SettingsError, match="no IP address"):
        parse_address(text)


@pytest.mark.parametrize("text", ["0.0.0.0", "::", "224.0.0.1"])  # noqa: S104
def test_an_address_of_nobody_or_many_is_told(text: str) -> None:
    with pytest.raises(SettingsError, match="no address of one machine"):
        parse_address(text)


@pytest.mark.parametrize(
    "name", ["example.org", "local.example.org", "notlocal", "gym.uni.example", "xgym"]
)
def test_an_authority_vouches_for_no_name_outside_unless_it_was_given(name: str) -> None:
    scope = bound_authority(GYM)
    assert scope.find_outside(Names((name,), ())) == [name]
    assert bound_authority(Names((name,), ())).find_outside(Names((name,), ())) == []


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f::1", "172.32.0.1", "11.0.0.1"])
def test_an_authority_vouches_for_no_routed_address_unless_it_was_given(address: str) -> None:
    far = Names((), (ip_address(address),))
    assert bound_authority(GYM).find_outside(far) == [address]
    assert bound_authority(far).find_outside(far) == []


@pytest.mark.parametrize(
    "address", ["10.1.2.3", "172.16.0.1", "172.31.255.254", "192.168.9.9", "169.254.1.1", "fd00::1"]
)
def test_another_local_address_needs_no_new_authority(address: str) -> None:
    moved = Names(("other.local",), (ip_address(address),))
    assert bound_authority(GYM).find_outside(moved) == []


def test_names_are_joined_without_repeating_any() -> None:
    joined = Names(("a.local",), ()) | GYM | GYM
    assert joined.dns == ("a.local", "gym.local", "gym", "localhost")
    assert len(joined.addresses) == 3

"""Which address is given out first, and which one the code has."""

from ipaddress import ip_address

import pytest

from server.certificates.addresses import list_app_urls, make_trust_url
from server.certificates.names import Names, name_machine

GYM = name_machine("gym", [ip_address("192.168.1.20"), ip_address("fd00::7")])


def test_the_app_is_opened_by_the_name_that_stays() -> None:
    named = Names(("gym.uni.example",), ()) | GYM
    assert list_app_urls(named, 8000) == [
        "https://gym.local:8000",
        "https://gym.uni.example:8000",
        "https://192.168.1.20:8000",
        "https://[fd00::7]:8000",
    ]


def test_the_code_has_a_number_which_every_camera_and_network_takes() -> None:
    assert make_trust_url(GYM, 8080) == "http://192.168.1.20:8080/trust"


@pytest.mark.parametrize(
    ("names", "url"),
    [
        (name_machine("gym", []), "http://gym.local:8080/trust"),
        (name_machine("localhost", []), "http://localhost:8080/trust"),
        (name_machine("localhost", [ip_address("fd00::7")]), "http://[fd00::7]:8080/trust"),
    ],
)
def test_without_a_number_it_has_a_name(names: Names, url: str) -> None:
    assert make_trust_url(names, 8080) == url


def test_a_machine_without_names_is_reached_by_itself() -> None:
    assert list_app_urls(name_machine("localhost", []), 8000) == ["https://localhost:8000"]

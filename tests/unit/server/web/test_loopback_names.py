"""Only loopback names are answered: a page elsewhere can't borrow ours."""

import pytest

from server.web.loopback_names import is_loopback_host


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.0.0.1:8000", "127.8.0.1:1", "localhost", "LocalHost:80", "[::1]:8000"],
)
def test_loopback_names(host: str) -> None:
    assert is_loopback_host(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        ":8000",
        "example.org",
        "127.0.0.1.example.org",
        "localhost.example.org:8000",
        "192.168.0.7:8000",
        "[fe80::1]:8000",
        "[::1",
        "]",
    ],
)
def test_f13_any_other_name_is_refused(host: str) -> None:
    assert not is_loopback_host(host)

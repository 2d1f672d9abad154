"""A radio is for programs of the same machine."""

import pytest

from firmware_sim.errors import RadioError
from firmware_sim.radio.endpoint import Endpoint, parse_endpoint


@pytest.mark.parametrize(
    ("text", "endpoint"),
    [
        ("127.0.0.1:0", Endpoint("127.0.0.1", 0)),
        ("localhost:9000", Endpoint("localhost", 9000)),
        ("[::1]:65535", Endpoint("::1", 65535)),
    ],
)
def test_good(text: str, endpoint: Endpoint) -> None:
    assert parse_endpoint(text) == endpoint
    assert str(endpoint) == text


@pytest.mark.parametrize(
    "text",
    ["", "127.0.0.1", "127.0.0.1:", ":80", "127.0.0.1:x", "127.0.0.1:-1", "127.0.0.1:65536",
     "0.0.0.0:80", "192.168.1.2:80", "[::]:80", "radio.example:80", "127.0.0.1:²"],
)  # fmt: skip
def test_refused(text: str) -> None:
    with pytest.raises(RadioError):
        parse_endpoint(text)

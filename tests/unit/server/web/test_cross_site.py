"""Promise F3, every combination: what another site makes a browser send is refused."""

from itertools import product

import pytest
from starlette.datastructures import Headers

from server.web.cross_site import is_cross_site

HOST = "127.0.0.1:8000"
OWN = f"http://{HOST}"


def headers(*given: tuple[str, str]) -> Headers:
    raw = [("host", HOST), *given]
    return Headers(raw=[(name.encode(), value.encode()) for name, value in raw])


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_f3_reading_is_not_stopped_here(method: str) -> None:
    crossing = headers(("cookie", "a=b"), ("sec-fetch-site", "cross-site"))
    assert not is_cross_site(method, "http", crossing)


# (Sec-Fetch-Site, Origin) -> refused with a cookie, refused without one.
MATRIX = {
    ("same-origin", None): (False, False),
    ("same-origin", OWN): (False, False),
    ("none", None): (False, False),
    ("same-site", OWN): (True, True),
    ("cross-site", OWN): (True, True),
    ("cross-site", None): (True, True),
    ("", None): (True, True),
    ("SAME-ORIGIN", None): (True, True),
    (None, OWN): (False, False),
    (None, "http://127.0.0.1:8001"): (True, True),
    (None, "https://127.0.0.1:8000"): (True, True),
    (None, "http://evil.example"): (True, True),
    (None, "null"): (True, True),
    (None, None): (True, False),
}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "BREW"])
@pytest.mark.parametrize(("site", "origin"), MATRIX)
def test_f3_the_whole_matrix(method: str, site: str | None, origin: str | None) -> None:
    given = [("sec-fetch-site", site), ("origin", origin)]
    sent = [(name, value) for name, value in given if value is not None]
    with_cookie, without = MATRIX[site, origin]
    assert is_cross_site(method, "http", headers(*sent, ("cookie", "a=b"))) is with_cookie
    assert is_cross_site(method, "http", headers(*sent)) is without


def test_f3_a_header_given_twice_convinces_nobody() -> None:
    twice = headers(("sec-fetch-site", "same-origin"), ("sec-fetch-site", "same-origin"))
    assert is_cross_site("POST", "http", twice)
    assert is_cross_site("POST", "http", headers(("origin", OWN), ("origin", OWN)))


@pytest.mark.parametrize(
    ("site", "origin"), list(product([None, "cross-site"], [None, "http://x"]))
)
def test_f3_a_gateways_token_without_a_cookie_needs_neither(
    site: str | None, origin: str | None
) -> None:
    given = [("sec-fetch-site", site), ("origin", origin), ("authorization", "Bearer dsg_x")]
    sent = [(name, value) for name, value in given if value is not None]
    assert not is_cross_site("POST", "http", headers(*sent))
    assert is_cross_site("POST", "http", headers(*sent, ("cookie", "a=b")))

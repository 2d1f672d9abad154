"""Promise F2: the cookie's attributes are those of the promise, and only one cookie counts."""

import pytest

from server.people.cookie import clear_cookie_header, read_session_id, set_cookie_header


def test_f2_the_cookie_is_host_bound_secure_and_out_of_reach_of_scripts() -> None:
    assert set_cookie_header("abc") == (
        "__Host-doseline=abc; Path=/; Secure; HttpOnly; SameSite=Lax"
    )
    assert clear_cookie_header() == (
        "__Host-doseline=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"
    )


@pytest.mark.parametrize(
    ("headers", "session_id"),
    [
        (["__Host-doseline=abc-_9"], "abc-_9"),
        (["a=b; __Host-doseline=abc; c=d"], "abc"),
        (["a=b", "__Host-doseline=abc"], "abc"),
        ([], None),
        (["a=b"], None),
        (["__Host-doseline="], None),
        (["__Host-doseline=abc; __Host-doseline=def"], None),
        (["__Host-doseline=abc", "__Host-doseline=def"], None),
        (["__Host-doseline=" + "a" * 5000], None),
        (["\x00;;=;"], None),
    ],
)
def test_one_cookie_or_none(headers: list[str], session_id: str | None) -> None:
    assert read_session_id(headers) == session_id

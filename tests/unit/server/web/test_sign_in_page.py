import pytest

from server.errors import InvalidRequestError
from server.web.sign_in_page import choose_next, read_attempt, read_form


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        ("/live", "/live"),
        ("/home", "/home"),
        ("/", "/"),
        ("//evil.example/live", "/"),
        ("https://evil.example", "/"),
        ("/live?x=1", "/"),
        ("/sign-in", "/"),
        ("javascript:alert(1)", "/"),
        ("/\\evil.example", "/"),
        ("", "/"),
    ],
)
def test_after_signing_in_only_our_own_pages_follow(wanted: str, chosen: str) -> None:
    assert choose_next(wanted) == chosen


def test_six_digits_are_a_pin_and_everything_else_a_password() -> None:
    assert read_attempt({"name": "sara", "secret": "271828"}).is_pin
    assert not read_attempt({"name": "sara", "secret": "2718281"}).is_pin


def test_f48_a_pin_may_be_typed_with_persian_or_arabic_digits() -> None:
    wanted = read_attempt({"name": "sara", "secret": "271828"})
    for typed in ("۲۷۱۸۲۸", "٢٧١٨٢٨"):
        assert read_attempt({"name": "sara", "secret": typed}) == wanted


@pytest.mark.parametrize(
    "form", [{}, {"name": "sara"}, {"secret": "x"}, {"name": "", "secret": "x"}]
)
def test_an_incomplete_form_is_no_attempt(form: dict[str, str]) -> None:
    with pytest.raises(InvalidRequestError):
        read_attempt(form)


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (b"name=sara&secret=a%26b+c", {"name": "sara", "secret": "a&b c"}),
        (b"name=sara&name=nour&secret=x", {"secret": "x"}),
        (b"a=1&b=2&c=3&d=4", {}),
        (b"\xff\xfe", {}),
        (b"", {}),
    ],
)
def test_a_form_is_read_or_is_empty(body: bytes, fields: dict[str, str]) -> None:
    assert read_form(body) == fields

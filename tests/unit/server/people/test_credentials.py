import pytest

from server.errors import RuleError
from server.people.credentials import (
    check_password,
    check_pin,
    is_obvious_pin,
    mint_password,
    mint_pin,
)


def test_made_passwords_differ_and_pass_their_own_check() -> None:
    made = {mint_password() for _ in range(200)}
    assert len(made) == 200
    assert all(check_password(password, "sara") == password for password in list(made)[:5])
    assert all(len(password) == 23 and not set(password) & set("il1o0") for password in made)


def test_made_pins_are_six_digits_and_never_obvious() -> None:
    assert all(check_pin(mint_pin()) for _ in range(2_000))


@pytest.mark.parametrize(
    "pin", ["000000", "111111", "121212", "123123", "123456", "654321", "890123", "210987"]
)
def test_pins_that_everybody_tries_first_are_refused(pin: str) -> None:
    assert is_obvious_pin(pin)
    with pytest.raises(RuleError, match="first that anybody tries"):
        check_pin(pin)


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "27182a", "\u0661" * 6, " 271828"])
def test_only_six_digits_are_a_pin(pin: str) -> None:
    with pytest.raises(RuleError, match="a PIN has 6 digits"):
        check_pin(pin)


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "qwertyuiop12",
        "123456789012",
        "doseline-sara",
        "aaaaaaaaaaaaaaa",
        "iloveyou1234",
    ],
)
def test_f6_leaked_and_guessed_passwords_are_refused_without_naming_them(password: str) -> None:
    with pytest.raises(RuleError, match="leaked ones or easily guessed") as refused:
        check_password(password, "sara")
    assert password not in str(refused.value)


@pytest.mark.parametrize("password", ["short-one", "", "x" * 129, "tab\tin-the-middle"])
def test_passwords_too_short_or_too_long_are_refused(password: str) -> None:
    with pytest.raises(RuleError, match="a password has 12 to 128"):
        check_password(password, "sara")


def test_a_long_sentence_is_a_password() -> None:
    assert check_password("fifteen women, eight stations", "sara")

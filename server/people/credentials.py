"""Passwords and PINs as people type them: made here, judged here, kept nowhere here."""

import secrets
from typing import Final

from server.errors import RuleError

PIN_DIGITS: Final = 6
MIN_PASSWORD: Final = 12  # characters; ASVS 5.0 6.2.1 asks for 8 and recommends 15
MAX_PASSWORD: Final = 128  # ASVS 5.0 6.2.9 asks for at least 64
# zxcvbn 3: safe against offline guessing of a slow hash. Its lists hold 30,000 leaked passwords.
MIN_STRENGTH: Final = 3

_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another one
_GROUPS, _GROUP = 4, 5  # 20 of 31 letters: 99 bits


def mint_password() -> str:
    """A new password that can be read out and typed: four groups of five."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def mint_pin() -> str:
    """Six random digits that aren't the ones everybody tries first."""
    while is_obvious_pin(pin := f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}d}"):
        pass
    return pin


def check_password(password: str, name: str) -> str:
    """The password, if it may be one. Raises RuleError."""
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD or not password.isprintable():
        raise RuleError(
            f"a password has {MIN_PASSWORD} to {MAX_PASSWORD} printable characters;"
            " leave the file out and one is made"
        )
    from zxcvbn import zxcvbn  # only the commands that set a password need its lists

    if zxcvbn(password, user_inputs=[name, "doseline"])["score"] < MIN_STRENGTH:
        raise RuleError(
            "this password is on lists of leaked ones or easily guessed;"
            " leave the file out and one is made"
        )
    return password


def check_pin(pin: str) -> str:
    """The PIN, if it may be one. Raises RuleError."""
    if not is_pin(pin):
        raise RuleError(f"a PIN has {PIN_DIGITS} digits; leave the file out and one is made")
    if is_obvious_pin(pin):
        raise RuleError("this PIN is one of the first that anybody tries; choose another one")
    return pin


def is_pin(text: str) -> bool:
    """Six ASCII digits."""
    return len(text) == PIN_DIGITS and text.isascii() and text.isdigit()


def is_obvious_pin(pin: str) -> bool:
    """111111, 121212, 123123, 123456, 654321 and their like."""
    digits = [int(digit) for digit in pin]
    steps = {(b - a) % 10 for a, b in zip(digits, digits[1:], strict=False)}
    repeats = any(pin == pin[:n] * (PIN_DIGITS // n) for n in (1, 2, 3))
    return repeats or steps in ({1}, {9})

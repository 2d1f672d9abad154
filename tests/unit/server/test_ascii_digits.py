import pytest

from server.ascii_digits import to_ascii_digits


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("۱۶۱٫۵", "161.5"),
        ("١٦١٫٥", "161.5"),
        ("161.5", "161.5"),
        ("\u200e۱۲", "12"),
        ("۲۰۲۶-۱۱-۲۷", "2026-11-27"),
        ("علی ۷", "علی 7"),
    ],
)
def test_f48_persian_and_arabic_digits_become_ascii(typed: str, stored: str) -> None:
    assert to_ascii_digits(typed) == stored

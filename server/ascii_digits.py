"""Digits as people type them, as ASCII, which is all that is stored. Pure."""

from typing import Final

_PERSIAN: Final = "۰۱۲۳۴۵۶۷۸۹"  # U+06F0 to U+06F9
_ARABIC: Final = "٠١٢٣٤٥٦٧٨٩"  # U+0660 to U+0669
_ASCII: Final = "0123456789"
# The Arabic decimal separator, and the marks of direction that come along when a number is pasted.
_TABLE: Final = str.maketrans(
    _PERSIAN + _ARABIC + "٫", _ASCII + _ASCII + ".", "\u200e\u200f\u2066\u2067\u2068\u2069"
)


def to_ascii_digits(typed: str) -> str:
    """The same with ASCII digits and a decimal point; everything else stays as it is."""
    return typed.translate(_TABLE)

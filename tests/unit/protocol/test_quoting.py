import pytest

from protocol.quoting import quote


@pytest.mark.parametrize(
    ("text", "shown"),
    [("", "''"), ("gym 1", "'gym 1'"), ("a\nb", r"'a\nb'"), ("x" * 80, f"'{'x' * 80}'")],
)
def test_a_name_is_shown_whole_on_one_line(text: str, shown: str) -> None:
    assert quote(text) == shown


def test_c4_a_megabyte_is_shown_as_about_a_line() -> None:
    assert quote("x" * 1_000_000) == f"'{'x' * 80}'…"
    assert len(quote("\U0001f600\x00" * 500_000)) < 1_000

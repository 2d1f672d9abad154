import pytest

from protocol.errors import PlanError
from protocol.training.toml_text import CHARACTERS_MOST, load_toml


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("weeks == 8", "line 1, column 8"),
        ("a = 1\na = 2\n", "line 2"),
        ('a = "open\n', "line 1"),
        ("a = " + "9" * 5000, "not TOML that can be read"),
        ("a = " + "[" * 100_000, "not TOML"),
        ("#" * (CHARACTERS_MOST + 1), "too many"),
    ],
)
def test_what_is_not_toml_is_told_with_its_line(text: str, told: str) -> None:
    with pytest.raises(PlanError, match=told):
        load_toml(text)


def test_toml_is_a_table() -> None:
    assert load_toml("a = 1") == {"a": 1}

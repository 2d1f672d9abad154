import logging

import pytest

from server.errors import RuleError
from server.vault.identity import EmergencyCard, Identity, parse_identity

CANARY = "Canarina"


def test_a_card_is_read_from_toml() -> None:
    text = """
first_name = " Maryam "
contact = "sister, 0123 456"
drugs = '''
fingolimod
baclofen'''
"""
    card = EmergencyCard("sister, 0123 456", None, "fingolimod\nbaclofen", None)
    assert parse_identity(text) == Identity("Maryam", card)


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"first_name = {CANARY}",
        f'first_name = "{CANARY}',
        f'surname = "{CANARY}"',
        f'"{CANARY}" = "x"',
        f'first_name = ["{CANARY}"]',
        f'first_name = "{CANARY * 6}"',
        'first_name = "  "',
        f'first_name = "{CANARY}\\u0007"',
        f'contact = "{CANARY * 100}"',
    ],
)
def test_f11_what_is_wrong_is_told_without_the_names(text: str) -> None:
    with pytest.raises(RuleError) as refused:
        parse_identity(text)
    assert CANARY not in str(refused.value)


def test_f11_no_log_and_no_traceback_shows_a_name(caplog: pytest.LogCaptureFixture) -> None:
    identity = parse_identity(f'first_name = "{CANARY}"\ncontact = "{CANARY}"')
    logging.getLogger("x").error("%r %s %r", identity, identity, identity.card)
    assert CANARY not in caplog.text

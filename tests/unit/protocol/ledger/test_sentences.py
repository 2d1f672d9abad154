import pytest

from protocol.ledger.sentences import explain


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        ("Expected `int` <= 20 - at `$.a.rating`", "a.rating: must be a whole number <= 20"),
        ("Expected `str | null`, got `int` - at `$.reason`",
         "reason: must be a text or null, got a whole number"),
        ("Expected `bool`, got `str` - at `$.fan_on`",
         "fan_on: must be yes or no (true or false), got a text"),
        ("Object missing required field `actor`", "Object missing required field `actor`"),
        ("Expected `str` matching regex '^[0-9a-f]{16}$(?!\\\\n)' - at `$.device`",
         "device: must be a tablet's id: 16 hexadecimal digits in lower case"),
        ("Expected `str` matching regex '^other$' - at `$.a`", "a: must be of another form"),
        ("a sentence of our own", "a sentence of our own"),
    ],
)  # fmt: skip
def test_findings_are_told_in_plain_words(finding: str, said: str) -> None:
    assert explain(finding) == said

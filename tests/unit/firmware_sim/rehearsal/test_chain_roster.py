"""Who is on the roster, and what each wearer agreed to."""

from firmware_sim.rehearsal.chain_plan import ChainPlan
from firmware_sim.rehearsal.chain_roster import list_roster_words, list_straps
from firmware_sim.rehearsal.verdict.evidence import RehearsedStrap

BOTH = ("heart_rate", "movement")


def _told(count: int) -> list[dict[str, str]]:
    return [
        {"serial": f"51ADA00{n}", "model": "h10", "name": f"Polar H10 51ADA00{n}", "address": "AA"}
        for n in range(1, count + 1)
    ]


def test_strangers_are_the_last_and_consent_goes_by_place() -> None:
    plan = ChainPlan(4, n_strangers=1, heart_rate_only=frozenset({0}))
    straps = list_straps(plan, _told(4))
    assert [strap.streams for strap in straps] == [("heart_rate",), BOTH, BOTH, None]
    assert straps[1] == RehearsedStrap("51ADA002", "h10", "Polar H10 51ADA002", BOTH)


def test_neighbours_that_agree_are_entered_together() -> None:
    plan = ChainPlan(5, n_strangers=1, heart_rate_only=frozenset({1}))
    assert list(list_roster_words(list_straps(plan, _told(5)))) == [
        ("straps", "add", "51ADA001", "--model", "h10", "--label", "01",
         "--streams", "heart_rate,movement"),
        ("straps", "add", "51ADA002", "--model", "h10", "--label", "02",
         "--streams", "heart_rate"),
        ("straps", "add", "51ADA003", "51ADA004", "--model", "h10", "--label", "03",
         "--streams", "heart_rate,movement"),
    ]  # fmt: skip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.messages.roster import ConsentedStream
from server.decoding.clocks.fit import ClockWarning
from server.ingest.feed import GatewayContact
from server.live.events import ClockSeen, KnocksSeen
from server.live.frame import Tile
from server.live.moment import ServerNow
from server.live.tile_view import StrapCard, show_strap, show_unheard
from tests.unit.server.live.strap_events import (
    S,
    at,
    battery,
    beating,
    data,
    fold,
    heart,
    link,
    moving,
)

CARD = StrapCard("8AA87D20", "h10", "07")
OFFSET_S = 1000  # server's monotonic clock minus the gateway's


def show_at(
    seconds: float, *events: object, heard_s: float | None = None, card: StrapCard = CARD
) -> Tile:
    """The tile when the gateway's clock says `seconds`."""
    heard_ns = round((OFFSET_S + (seconds if heard_s is None else heard_s)) * S)
    contact = GatewayContact("gym", "boot-1", OFFSET_S * S, 0, heard_ns)
    now = ServerNow(round((OFFSET_S + seconds) * S), 0)
    return show_strap(card, fold(*events), contact, now)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now_s", "shown", "bpm"),
    [(20.0, "fresh", 102), (22.9, "fresh", 102), (23.0, "stale", 102), (29.9, "stale", 102)]
    + [(30.0, "none", None), (500.0, "none", None)],
)
def test_d3_a_heart_rate_goes_grey_then_becomes_a_dash(
    now_s: float, shown: str, bpm: int | None
) -> None:
    tile = show_at(now_s, *beating(20))
    assert (tile.bpm_shown, tile.bpm) == (shown, bpm)
    assert tile.bpm_age_s == pytest.approx(now_s - 20)


def test_d6_two_devices_that_claim_one_strap_are_told_for_five_minutes() -> None:
    """Told once, and streaming goes on: neither is cut off, a person looks."""
    told = [*beating(20), link(20, "streaming", in_conflict=True), link(21, "streaming")]
    assert show_at(22, *told, *beating(22, from_s=21)).conflict
    assert show_at(22, *told, *beating(22, from_s=21)).word == "Good"
    assert show_at(319, *told, *beating(319, from_s=21)).conflict
    assert not show_at(320, *told, *beating(320, from_s=21)).conflict
    assert not show_at(22, *beating(22)).conflict


def test_the_signal_is_told_until_it_is_a_minute_old() -> None:
    told = [*beating(20), link(20, "streaming", -72)]
    assert show_at(21, *told).signal == "fair"
    assert show_at(79.9, *told).signal == "fair"
    assert show_at(80, *told).signal is None
    assert show_at(21, *beating(20), link(20, "streaming")).signal is None


def test_what_a_wearer_withdrew_is_not_shown_and_no_fault() -> None:
    movement_alone = StrapCard("8AA87D20", "h10", "07", frozenset({ConsentedStream.MOVEMENT}))
    heart_alone = StrapCard("8AA87D20", "h10", "07", frozenset({ConsentedStream.HEART_RATE}))
    both = [*beating(20), moving(20, 80)]
    tile = show_at(20.5, *both, card=movement_alone)
    assert (tile.bpm, tile.bpm_shown, tile.activity_mg) == (None, "none", 80)
    tile = show_at(20.5, *both, card=heart_alone)
    assert (tile.bpm, tile.activity_mg) == (102, None)
    beats_stopped = [*both, *(data(s) for s in range(21, 41))]
    assert show_at(40, *beats_stopped).word == "No contact?"
    assert show_at(40, *beats_stopped, card=movement_alone).word == "Good"


@given(st.floats(0, 100), st.floats(0, 20))
def test_d3_no_frozen_number(newest_s: float, age_s: float) -> None:
    tile = show_at(newest_s + age_s, heart(newest_s))
    assert tile.bpm is None or age_s < 10.05


def test_age_counts_from_the_gateways_stamp_of_the_value_that_is_shown() -> None:
    tile = show_at(21.4, *beating(20), link(21.3, "streaming"))
    assert tile.bpm_age_s == pytest.approx(1.4)
    assert tile.bpm_received is not None
    assert tile.bpm_received.monotonic_ns == 20 * S
    assert tile.bpm_received.wall_ns == at(20).wall_ns


def test_no_contact_shows_a_dash_and_not_the_straps_number() -> None:
    tile = show_at(20.5, *beating(20), heart(20.2, 120, contact=False))
    assert (tile.state, tile.bpm, tile.bpm_shown, tile.contact) == (
        "no_contact",
        None,
        "none",
        False,
    )


def test_everything_else_on_the_tile() -> None:
    tile = show_at(20.5, battery(3, 82), *beating(20), moving(20.2, 38.04), link(20, "streaming"))
    assert (tile.strap, tile.label, tile.model) == ("8AA87D20", "07", "h10")
    assert (tile.shape, tile.word, tile.act) == ("●", "Good", "")
    assert (tile.battery_pct, tile.activity_mg, tile.link) == (82, 38.0, "streaming")
    assert tile.activity_age_s == pytest.approx(0.3)
    assert not tile.simulated


def test_old_movement_is_no_movement() -> None:
    tile = show_at(31, *beating(30), moving(20, 300.0))
    assert tile.activity_mg is None


def test_a_silent_gateway_is_named_as_the_cause() -> None:
    tile = show_at(50, *beating(30), heard_s=30)
    assert tile.state == "lost"
    assert "gateway" in tile.act


def test_on_the_roster_and_not_heard() -> None:
    tile = show_unheard(CARD)
    assert (tile.state, tile.word, tile.bpm_shown) == ("lost", "Not heard", "none")


@pytest.mark.parametrize(
    ("serial", "simulated"),
    [("51ADA001", True), ("51ADAF0F", True), ("51ADA0012", False), ("8AA87D20", False)],
)
def test_simulated_serials(serial: str, simulated: bool) -> None:
    assert show_unheard(StrapCard(serial)).simulated is simulated


def test_a_clock_that_is_unsure_is_told_until_two_verdicts_are_missed() -> None:
    unsure = ClockSeen(at(20.0), ClockWarning.CLOCK_STEP)
    assert show_at(20.5, *beating(20), unsure).clock == "clock_step"
    assert show_at(64.9, *beating(64), unsure).clock == "clock_step"
    assert show_at(65.0, *beating(65), unsure).clock is None
    assert show_at(30.0, *beating(30), unsure, ClockSeen(at(29.0), None)).clock is None


def test_knocks_are_shown_from_the_last_one_on_for_a_while() -> None:
    knocks = KnocksSeen(at(20.3), lag_s=0.9)
    assert show_at(20.5, *beating(20), knocks).knocked_age_s == pytest.approx(1.1)
    assert show_at(30.0, *beating(30), knocks).knocked_age_s is None
    assert show_at(20.5, *beating(20)).knocked_age_s is None

"""Clocks and knocks in words, each number and reason where a reader looks for it."""

from server.projection.session_knocks import SessionSync
from server.projection.strap_clocks import ClockStretch, StrapClocks
from server.web.review_clocks import list_clock_rows, view_syncs

AT_MS = 1_795_802_700_000  # 2026-11-27 18:05 UTC
LABELS = {"8AA87D01": "07"}


def stretch(**how: object) -> ClockStretch:
    told: dict[str, object] = {
        "from_ms": AT_MS, "until_ms": AT_MS + 3_600_000, "began": "start", "n_frames": 20_000,
        "n_samples": 720_000, "rate_hz": 200.4, "nominal_hz": 200, "rate_ppm": 2000.0,
        "slope_ppm": -21.4, "slope_source": "fitted", "residual_p50_ms": 6.2,
        "residual_p95_ms": 18.7, "residual_max_ms": 412.3, "n_lost": 36, "n_gaps": 1,
    }  # fmt: skip
    return ClockStretch(**{**told, **how})  # type: ignore[arg-type]


def clocks(*stretches: ClockStretch, strap: str = "8AA87D01") -> StrapClocks:
    return StrapClocks("gym", strap, stretches, 0, 36, 0, 0, 0)


def test_a_clock_with_rate_slope_delays_and_losses() -> None:
    (row,) = list_clock_rows([clocks(stretch())], ["8AA87D01"], LABELS)
    assert (row.strap, row.gateway) == ("strap 07", "gym")
    assert (row.begins, row.ends, row.lost) == ("18:05:00", "19:05:00", "36")
    assert row.samples == "720\N{NARROW NO-BREAK SPACE}000"
    assert row.rate == "200 Hz +2000 ppm"
    assert row.slope == "-21 ppm, fitted"
    assert row.residuals == "6 / 19 / 412"
    assert row.note == ""


def test_why_a_stretch_begins_and_what_is_wrong_with_it() -> None:
    odd = stretch(began="clock_step", slope_source="held", slope_ppm=0.0,
                  warnings=("clock_step", "bad_fit"))  # fmt: skip
    (row,) = list_clock_rows([clocks(odd)], [], {})
    assert row.note == (
        "after the strap's clock was set, fits badly: times may be off by more than 20 ms"
    )
    assert row.slope == "held at 0: under 40 min"
    unknown = stretch(rate_hz=71.0, nominal_hz=None, rate_ppm=None)
    (row,) = list_clock_rows([clocks(unknown)], [], {})
    assert row.rate == "71.0 Hz: no strap's rate"


def test_a_strap_of_heart_rates_only_says_so() -> None:
    (row,) = list_clock_rows([clocks()], ["8AA87D01"], LABELS)
    assert row.strap == "strap 07"
    assert row.note == (
        "No movement came: no clock to fit. Heart rates are timed by their arrival, ± 1 s."
    )


def test_knocks_that_all_felt_and_straps_that_did_not() -> None:
    sync = SessionSync(AT_MS, AT_MS - 4000, {"8AA87D01": -12.4, "8AA87D02": 12.4}, 24.8, 0.4,
                       {"8AA87D03": "no_knocks"})  # fmt: skip
    (view,) = view_syncs([sync], LABELS)
    assert view.words == (
        "Three knocks at 18:04:56 felt by straps: 2. Their times are 25 ms apart."
    )
    assert view.straps == [
        "strap 07: -12 ms", "strap 8AA87D02: +12 ms", "strap 8AA87D03: felt no three knocks",
    ]  # fmt: skip


def test_hands_that_were_not_together_are_said() -> None:
    sync = SessionSync(AT_MS, AT_MS, {"A": -60.0, "B": 60.0}, 120.0, 31.0)
    assert view_syncs([sync], {})[0].words.endswith(
        "The rhythms differ by 31 ms: hands that weren't together, not only clocks."
    )


def test_no_sync_moment_has_its_reason() -> None:
    entered, found = SessionSync(AT_MS, missing="several"), SessionSync(None, missing="no_movement")
    first, second = (one.words for one in view_syncs([entered, found], {}))
    assert first == (
        "Sync moment entered at 18:05:00: not measured, straps were knocked together more than"
        " once."
    )
    assert second == (
        "No sync moment: none was entered, and before the circuit no strap sent movement."
    )

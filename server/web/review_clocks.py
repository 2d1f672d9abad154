"""Clocks of straps, and strap against strap, in words for a session's review. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from protocol.ledger.instants import format_utc_ms
from server.decoding.clocks.fit import ClockWarning
from server.decoding.clocks.slope import SlopeSource
from server.decoding.clocks.sync_moment import CannotTell
from server.decoding.clocks.timed import SampleGapCause
from server.projection.session_knocks import NO_MOVEMENT, NOBODY_KNOCKED, SessionSync
from server.projection.strap_clocks import START, ClockStretch, StrapClocks
from server.web.catalogue.spoken import Wording, t
from server.web.review_page_context import ClockRow, SyncView
from server.web.review_straps import name_strap
from server.web.review_tables import tell_clock

_SOURCES: Final[Mapping[str, str]] = Wording(
    lambda: {
        SlopeSource.HELD: t("held at 0: under 40 min"),
        SlopeSource.CARRIED: t("{ppm} ppm, from before"),
        SlopeSource.FITTED: t("{ppm} ppm, fitted"),
    }
)
_BEGINNINGS: Final[Mapping[str, str]] = Wording(
    lambda: {
        START: "",
        SampleGapCause.RECONNECT: t("after the link began anew"),
        SampleGapCause.CLOCK_STEP: t("after the strap's clock was set"),
        SampleGapCause.NEW_BOOT: t("after the gateway began anew"),
    }
)
_WARNINGS: Final[Mapping[str, str]] = Wording(
    lambda: {
        ClockWarning.BAD_FIT: t("fits badly: times may be off by more than 20 ms"),
        ClockWarning.RATE_MISMATCH: t("rate more than 1 % off"),
        ClockWarning.TOO_SHORT: t("under 10 s"),
    }
)
_REASONS: Final[Mapping[str, str]] = Wording(
    lambda: {
        NO_MOVEMENT: t("no strap sent movement"),
        NOBODY_KNOCKED: t("nobody knocked three times"),
        CannotTell.TOO_FEW_STRAPS: t("no two straps felt the same three knocks"),
        CannotTell.SEVERAL: t("straps were knocked together more than once"),
        CannotTell.NO_KNOCKS: t("felt no three knocks"),
        CannotTell.OTHER_KNOCKS: t("felt other knocks"),
    }
)


def list_clock_rows(
    clocks: Iterable[StrapClocks], worn: Iterable[str], labels: Mapping[str, str]
) -> list[ClockRow]:
    """One for each stretch of a clock; a worn strap (by its serial) without any says so."""
    rows: list[ClockRow] = []
    known = set()
    for one in clocks:
        for stretch in one.stretches:
            known.add(one.strap)
            rows.append(_view_stretch(one, stretch, labels))
    rows += [
        ClockRow(name_strap(labels, strap), "", "", "", "", "", "", "", "", _tell_heart_only())
        for strap in sorted(set(worn) - known)
    ]
    return sorted(rows, key=lambda row: (row.strap, row.begins))


def view_syncs(syncs: Sequence[SessionSync], labels: Mapping[str, str]) -> list[SyncView]:
    """Each sync moment in a sentence, and its straps."""
    return [SyncView(_tell_sync(one), _list_offsets(one, labels)) for one in syncs]


def _view_stretch(
    clocks: StrapClocks, stretch: ClockStretch, labels: Mapping[str, str]
) -> ClockRow:
    noted = [_BEGINNINGS.get(stretch.began, stretch.began)]
    noted += [_WARNINGS[one] for one in stretch.warnings if one in _WARNINGS]
    slope = _SOURCES.get(stretch.slope_source, stretch.slope_source)
    residuals = (stretch.residual_p50_ms, stretch.residual_p95_ms, stretch.residual_max_ms)
    return ClockRow(
        strap=name_strap(labels, clocks.strap),
        gateway=clocks.gateway,
        begins=tell_clock(format_utc_ms(stretch.from_ms)),
        ends=tell_clock(format_utc_ms(stretch.until_ms)),
        samples=format(stretch.n_samples, ",").replace(",", "\N{NARROW NO-BREAK SPACE}"),
        rate=_tell_rate(stretch),
        slope=slope.replace("{ppm}", f"{stretch.slope_ppm:+.0f}"),
        residuals=" / ".join(f"{one:.0f}" for one in residuals),
        lost=str(stretch.n_lost),
        note=", ".join(filter(None, noted)),
    )


def _tell_rate(stretch: ClockStretch) -> str:
    if stretch.rate_ppm is None:
        return t("{hz} Hz: no strap's rate", hz=format(stretch.rate_hz, ".1f"))
    return t("{hz} Hz {ppm} ppm", hz=stretch.nominal_hz, ppm=format(stretch.rate_ppm, "+.0f"))


def _tell_heart_only() -> str:
    return t("No movement came: no clock to fit. Heart rates are timed by their arrival, ± 1 s.")


def _tell_sync(sync: SessionSync) -> str:
    when = "" if sync.entered_ms is None else tell_clock(format_utc_ms(sync.entered_ms))
    if sync.missing is not None or sync.at_ms is None or sync.spread_ms is None:
        why = _REASONS.get(sync.missing or "", sync.missing or "")
        if when:
            return t("Sync moment entered at {when}: not measured, {why}.", when=when, why=why)
        return t("No sync moment: none was entered, and before the circuit {why}.", why=why)
    told = t(
        "Three knocks at {at} felt by straps: {n}. Their times are {spread} ms apart.",
        at=tell_clock(format_utc_ms(sync.at_ms)),
        n=len(sync.offsets_ms),
        spread=format(sync.spread_ms, ".0f"),
    )
    if sync.is_one_shock:
        return told
    return f"{told} " + t(
        "The rhythms differ by {n} ms: hands that weren't together, not only clocks.",
        n=format(sync.rhythm_ms or 0.0, ".0f"),
    )


def _list_offsets(sync: SessionSync, labels: Mapping[str, str]) -> list[str]:
    told = [
        t("{name}: {n} ms", name=name_strap(labels, strap), n=format(offset_ms, "+.0f"))
        for strap, offset_ms in sync.offsets_ms.items()
    ]
    told += [
        t("{name}: {why}", name=name_strap(labels, strap), why=_REASONS.get(why, why))
        for strap, why in sync.unplaced.items()
    ]
    return told

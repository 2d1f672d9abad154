"""A heart's dose in names that scripts rely on, and as a table for a person. Pure."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from server.dose.heart.measures import HeartDose
    from server.dose.heart.reserve import HeartScale
    from server.dose.heart.trimp import BanisterCoefficients
    from server.dose.heart.zones import ZoneMinutes
    from server.dose.quantity import Quantity

_NS_PER_S = 1e9
_GAPS_SHOWN = 10  # of a screen; --json has all
_REASONS = {
    "no_data": "no heart rate in it",
    "low_coverage": "under 80 % of the time was heard",
    "unusable": "every heart rate had to be refused",
    "not_measured": "her thresholds were never measured",
}
_FLAGS = {
    "above_max": "her heart went above the maximum given: it was too low",
    "below_rest": "her heart went below the resting heart rate given",
    "flat_stretches_kept": "all of it is in level steps, so a stretch without change was kept",
    "hr_max_estimated": "the maximum comes from a formula of age, ± 10 bpm",
    "hr_unreliable": "her heart rate is marked as unreliable",
}


def list_fields(
    dose: "HeartDose", scale: "HeartScale", curve: "BanisterCoefficients"
) -> dict[str, Any]:
    """What `--json` prints: every number or null, and under `missing` why it is null."""
    from server.dose.heart.measures import VERSIONS

    quantities = _name_quantities(dose)
    heard = dose.heard
    return {
        **{name: quantity.value for name, quantity in quantities.items()},
        "minutes_in_zone": _name_zones(dose.minutes_of_max),
        "minutes_in_hrr_zone": _name_zones(dose.minutes_of_reserve),
        "minutes_below_zones": dose.minutes_of_max and dose.minutes_of_max.below,
        "minutes_above_max": dose.minutes_of_max and dose.minutes_of_max.over,
        "coverage": heard.coverage,
        "valid_min": heard.valid_s / 60.0,
        "planned_min": heard.planned_s / 60.0,
        "span_min": dose.span_s / 60.0,
        "rejected": dict(dose.refused),
        "gaps": [
            {"from_s": g.from_ns / _NS_PER_S, "to_s": g.to_ns / _NS_PER_S, "cause": g.cause.value}
            for g in dose.gaps
        ],
        "missing": {name: q.missing.value for name, q in quantities.items() if q.missing},
        "flags": list(dose.prorated_banister.flags or dose.flags),
        "hr_rest_bpm": scale.rest_bpm,
        "hr_max_bpm": scale.max.bpm,
        "hr_max_source": scale.max.source and scale.max.source.value,
        "hr_max_see_bpm": scale.max.see_bpm,
        "banister_k": curve.k,
        "banister_b": curve.b,
        "versions": dict(VERSIONS),
    }


def write_table(name: str, dose: "HeartDose", scale: "HeartScale") -> str:
    """The same for a person to read."""
    return "\n".join(_write_lines(name, dose, scale)) + "\n"


def _name_quantities(dose: "HeartDose") -> "dict[str, Quantity]":
    return {
        "banister_au": dose.banister,
        "banister_session_mean_au": dose.banister_of_mean,
        "edwards_au": dose.edwards,
        "lucia_au": dose.lucia,
        "prorated_banister_au": dose.prorated_banister,
        "prorated_edwards_au": dose.prorated_edwards,
        "prorated_lucia_au": dose.prorated_lucia,
        "mean_bpm": dose.mean_bpm,
        "mean_hrr": dose.mean_hrr,
        "mean_share_of_max": dose.mean_share_of_max,
    }


def _name_zones(minutes: "ZoneMinutes | None") -> dict[str, float] | None:
    from server.dose.heart.zones import ZONE_NAMES

    if minutes is None:
        return None
    return dict(zip(ZONE_NAMES, minutes.zones, strict=True))


def _write_lines(name: str, dose: "HeartDose", scale: "HeartScale") -> Iterator[str]:
    heard = dose.heard
    share = "" if heard.coverage is None else f" ({heard.coverage:.1%})"
    yield f"{name}: {heard.valid_s / 60:.1f} of {heard.planned_s / 60:.1f} min heard{share}"
    yield f"rest {scale.rest_bpm:g} bpm, maximum {scale.max.bpm:g} bpm ({_say_source(scale)})"
    yield ""
    for label, quantity, digits in (
        ("mean heart rate", dose.mean_bpm, 1),
        ("  of the reserve", dose.mean_hrr, 3),
        ("  of the maximum", dose.mean_share_of_max, 3),
        ("TRIMP Banister", dose.banister, 2),
        ("  prorated", dose.prorated_banister, 2),
        ("  of the session's mean", dose.banister_of_mean, 2),
        ("TRIMP Edwards", dose.edwards, 2),
        ("TRIMP Lucia", dose.lucia, 2),
    ):
        yield f"{label:<26}{_say(quantity, digits)}"
    yield from _write_zones(dose)
    yield from _write_remarks(dose)


def _say(quantity: "Quantity", digits: int) -> str:
    if quantity.value is None:
        reason = quantity.missing.value if quantity.missing else ""
        return f"missing: {_REASONS.get(reason, reason)}"
    unit = "" if quantity.unit == "1" else f" {quantity.unit}"
    return f"{quantity.value:.{digits}f}{unit}"


def _say_source(scale: "HeartScale") -> str:
    return scale.max.source.value if scale.max.source else "its source wasn't said"


def _write_zones(dose: "HeartDose") -> Iterator[str]:
    of_max, of_reserve = _name_zones(dose.minutes_of_max), _name_zones(dose.minutes_of_reserve)
    if of_max is None or of_reserve is None:
        return
    yield ""
    yield f"{'minutes at':<26}{'of maximum':>12}{'of reserve':>12}"
    for zone, minutes in of_max.items():
        yield f"{zone.replace('_', ' to ') + ' %':<26}{minutes:>12.1f}{of_reserve[zone]:>12.1f}"


def _write_remarks(dose: "HeartDose") -> Iterator[str]:
    remarks = [_FLAGS.get(flag, flag) for flag in dose.flags]
    remarks += [f"{n} rows refused: {verdict}" for verdict, n in dose.refused.items()]
    remarks += [
        f"gap from {g.from_ns / _NS_PER_S:g} to {g.to_ns / _NS_PER_S:g} s: {g.cause.value}"
        for g in dose.gaps[:_GAPS_SHOWN]
    ]
    if len(dose.gaps) > _GAPS_SHOWN:
        remarks.append(f"and {len(dose.gaps) - _GAPS_SHOWN} more gaps; a hole over 5 s is one")
    if remarks:
        yield ""
    yield from remarks

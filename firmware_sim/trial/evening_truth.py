"""The truth about one woman on one evening, as `truth.json` tells it."""

from typing import Any, Final

from firmware_sim.physiology.heart import MAX_RR_S
from firmware_sim.physiology.kinetics import HeartTraits
from firmware_sim.trial.body import Body
from firmware_sim.trial.entered import Entered, Worn
from firmware_sim.trial.evening_plan import EveningPlan
from firmware_sim.trial.her_hour import list_main_s, name_exercise
from firmware_sim.trial.troubles import Trouble, TroubleKind
from firmware_sim.trial.true_beats import measure_heart
from protocol.ledger.instants import format_utc_ms

Truth = dict[str, Any]

MIN_COVERAGE: Final = 0.8  # dose-metrics 7: a number below that is missing


def describe_absent(code: str) -> Truth:
    """She stayed away."""
    return {"participant": code, "came": False, "strap": None, "expected_missing": "absent"}


def describe_woman(
    entered: Entered, plan: EveningPlan, worn: tuple[str, Worn | None], body: Body,
    traits: HeartTraits,
) -> Truth:  # fmt: skip
    """`worn`: who she is, and which strap she truly wore."""
    code, strap = worn
    parts_s = list_main_s(entered, code)
    body.heart.beats_until(round((parts_s[-1][1] + MAX_RR_S) * 1e9))  # heard or not
    heart = measure_heart(body.notes.rr_s, parts_s, traits.resting_bpm, traits.peak_bpm)
    own = [one for one in plan.troubles if one.participant == code]
    arrival_ms = entered.arrivals_ms[code]
    parts_ms = [(arrival_ms + round(1000 * a), arrival_ms + round(1000 * b)) for a, b in parts_s]
    share = _compute_share(own, strap, parts_ms)
    return {
        "participant": code,
        "came": True,
        "strap": strap.strap if strap else None,
        "main": [{"from": format_utc_ms(a), "until": format_utc_ms(b)} for a, b in parts_ms],
        "mean_hr_bpm": round(heart.mean_bpm, 3),
        "trimp_banister_au": round(heart.trimp_banister_au, 4),
        "heard_share": round(share, 4),
        "expected_missing": _expect(strap, share),
        "troubles": [_describe_trouble(one) for one in own],
        "repetitions": _list_repetitions(entered, code, body) if plan.has_acceleration else None,
    }


def _compute_share(
    own: list[Trouble], strap: Worn | None, parts_ms: list[tuple[int, int]]
) -> float:
    """Of the main part: troubles may touch, and don't overlap by much."""
    if strap is None:
        return 0.0
    not_on = Trouble(TroubleKind.STRAP_LATE, strap.participant, 0, strap.from_ms)
    unheard_s = sum(one.overlap_s(*part) for one in (*own, not_on) for part in parts_ms)
    return 1.0 - 1000 * unheard_s / sum(b - a for a, b in parts_ms)


def _expect(strap: Worn | None, share: float) -> str | None:
    if strap is None:
        return "no_strap"
    return "low_coverage" if share < MIN_COVERAGE else None


def _describe_trouble(trouble: Trouble) -> Truth:
    ends = (trouble.from_ms, trouble.until_ms)
    from_utc, until_utc = (None if at is None else format_utc_ms(at) for at in ends)
    return {"kind": trouble.kind.value, "from": from_utc, "until": until_utc}


def _list_repetitions(entered: Entered, code: str, body: Body) -> list[Truth]:
    """Of every set of hers: how many there really were, and when each began."""
    arrival_ms = entered.arrivals_ms[code]
    told = []
    for one in body.hour.segments:
        if one.station is None or one.set_number is None:
            continue
        starts_s = body.repetitions.in_segment(one)
        told.append({
            "station": one.station,
            "round": one.set_number + 1,
            "exercise": name_exercise(entered, code, one.station),
            "movement": one.activity.value,
            "from": format_utc_ms(arrival_ms + round(1000 * one.starts_s)),
            "until": format_utc_ms(arrival_ms + round(1000 * one.ends_s)),
            "repetitions": len(starts_s),
            "begin_s": [round(at_s - one.starts_s, 2) for at_s in starts_s],
        })  # fmt: skip
    return told

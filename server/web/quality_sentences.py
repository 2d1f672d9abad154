"""A finding as one plain sentence with its evidence. Pure."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from server.dose.quantity import Missing
from server.projection.quality.finding import Hit
from server.projection.quality.seen import MOVEMENT
from server.web.catalogue.spoken import Wording, t
from server.web.coverage_words import tell_losses, tell_seconds
from server.web.dose_words import find_reason, tell_number, tell_utc, tell_when
from server.web.entry_words import tell_value

_SIGNS: Final = Wording(
    lambda: {"seated_bpm": t("Seated"), "mean_bpm": t("Mean at the same effort")}
)
_WARNINGS: Final = Wording(
    lambda: {
        "bad_fit": t("arrivals don't lie along a line"),
        "rate_mismatch": t("another rate than the one asked for"),
    }
)


def tell_finding(rule: str, hit: Hit) -> str:
    """What was found, and by which evidence."""
    return _TELLERS[rule](hit, hit.facts)


def _tell_swap(hit: Hit, facts: Mapping[str, Any]) -> str:
    one, other = hit.participants
    told = [
        t(
            "{sign}: {one} {a} bpm (hers is {hers}), {other} {b} bpm (hers is {others})",
            sign=_SIGNS.get(sign["sign"], sign["sign"]),
            one=one,
            a=sign["values"][0],
            hers=sign["usual"][0],
            other=other,
            b=sign["values"][1],
            others=sign["usual"][1],
        )
        for sign in facts["signs"]
    ]
    return t(
        "{one} and {other} may have worn each other's strap. {evidence}.",
        one=one,
        other=other,
        evidence="; ".join(told),
    )


def _tell_disputed(hit: Hit, facts: Mapping[str, Any]) -> str:
    one, other = hit.participants
    return t(
        "{one} and {other} are both said to have worn strap {strap} at one time.",
        one=one,
        other=other,
        strap=facts["strap"],
    )


def _tell_seated(hit: Hit, facts: Mapping[str, Any]) -> str:
    return t(
        "{who} sat at {bpm} bpm; on earlier evenings it was {usual}.",
        who=hit.participants[0],
        bpm=facts["seated_bpm"],
        usual=facts["usual_bpm"],
    )


def _tell_coverage(hit: Hit, facts: Mapping[str, Any]) -> str:
    if "n_silent" in facts:
        return t(
            "Straps of {n} women were worn, and nothing of any came in: never uploaded, or no"
            " gateway heard them.",
            n=facts["n_silent"],
        )
    stream = t("movement") if hit.thing == MOVEMENT else t("heart rate")
    who = hit.participants[0]
    losses = tell_losses(dict(facts["lost_s"]))
    why = t(" Not heard: {losses}.", losses=losses) if losses else ""
    if facts["coverage_pct"] is None:
        reason = find_reason(Missing(facts["missing"])).words
        return t("{who}, {stream}: {reason}.", who=who, stream=stream, reason=reason) + why
    told = t(
        "{who}, {stream}: {percent} % of her main phase was heard.",
        who=who,
        stream=stream,
        percent=tell_number(facts["coverage_pct"]),
    )
    return told + why


def _tell_peak(hit: Hit, facts: Mapping[str, Any]) -> str:
    source = t("from a formula of age") if facts["is_estimated"] else t("measured")
    return t(
        "{who} went up to {peak} bpm and was above her maximum of {most} ({source}) for {time}.",
        who=hit.participants[0],
        peak=facts["peak_bpm"],
        most=facts["max_bpm"],
        source=source,
        time=tell_seconds(facts["above_s"]),
    )


def _tell_artefacts(hit: Hit, facts: Mapping[str, Any]) -> str:
    told = t(
        "{who}: {percent} % of her beat intervals are no heart's.",
        who=hit.participants[0],
        percent=tell_number(facts["share_pct"]),
    )
    if not facts["is_unusable"]:
        return told
    nothing = t("Nothing is told of them.")
    return f"{told} {nothing}"


def _tell_jump(hit: Hit, facts: Mapping[str, Any]) -> str:
    pairs = [
        t("{a}, then {b}", a=_tell_round(*pair[:3]), b=_tell_round(*pair[3:]))
        for pair in facts["pairs"]
    ]
    return f"{hit.participants[0]}: {'; '.join(pairs)}."


def _tell_round(number: int, rating: float, exercise: str | None) -> str:
    told = t("{rating} in round {n}", rating=tell_number(rating), n=number)
    return told if exercise is None else f"{told} ({exercise})"


def _tell_far(hit: Hit, facts: Mapping[str, Any]) -> str:
    return t(
        "{who} rated the session {rating}, and her heart was at {percent} % of its reserve.",
        who=hit.participants[0],
        rating=tell_number(facts["rating"]),
        percent=facts["reserve_pct"],
    )


def _tell_attendance(hit: Hit, facts: Mapping[str, Any]) -> str:
    return t(
        "{who}: straps {straps}, sets entered {n}, and nobody said whether she came.",
        who=hit.participants[0],
        straps=", ".join(facts["straps"]) or t("none"),
        n=facts["n_sets"],
    )


def _tell_conflict(_hit: Hit, facts: Mapping[str, Any]) -> str:
    return t(
        "{n} entries say different things: {kind} of {about}. {versions}.",
        n=len(facts["values"]),
        kind=facts["kind"].replace("_", " "),
        about=facts["about"],
        versions=t(" or ").join(tell_value(facts["kind"], one) for one in facts["values"]),
    )


def _tell_untimed(hit: Hit, facts: Mapping[str, Any]) -> str:
    return t(
        "{who}: {n} sets on no clock: {sets}.",
        who=hit.participants[0],
        n=len(facts["sets"]),
        sets=", ".join(facts["sets"]),
    )


def _tell_fit(_hit: Hit, facts: Mapping[str, Any]) -> str:
    why = ", ".join(_WARNINGS.get(word, word) for word in facts["warnings"])
    return t(
        "Strap {strap} on {gateway}, {minutes} min: {why}. Delays: half above {p50} ms, one in"
        " twenty above {p95} ms.",
        strap=facts["strap"],
        gateway=facts["gateway"],
        minutes=facts["minutes"],
        why=why,
        p50=facts["p50_ms"],
        p95=facts["p95_ms"],
    )


def _tell_setting(hit: Hit, facts: Mapping[str, Any]) -> str:
    steps = [
        t("by {n} s at {when}", n=change, when=tell_when(at_ms * 1_000_000))
        for at_ms, step_s in facts["steps"]
        for change in [f"{step_s:+g}"]
    ]
    return t("The clock of {gateway} was set {steps}.", gateway=hit.thing, steps=", ".join(steps))


def _tell_unreadable(_hit: Hit, facts: Mapping[str, Any]) -> str:
    return t(
        "{refused} values couldn't be decoded, {damaged} no longer match their hash.",
        refused=facts["n_undecodable"],
        damaged=facts["n_damaged"],
    )


def _tell_not_closed(_hit: Hit, facts: Mapping[str, Any]) -> str:
    when = tell_utc(facts["planned_start"])
    return t("Planned for {when}; it was begun, and nobody closed it.", when=when)


def _tell_not_held(_hit: Hit, facts: Mapping[str, Any]) -> str:
    return t("Planned for {when}; nobody began it.", when=tell_utc(facts["planned_start"]))


_TELLERS: Final[Mapping[str, Callable[[Hit, Mapping[str, Any]], str]]] = {
    "swap_suspected": _tell_swap,
    "strap_disputed": _tell_disputed,
    "seated_unlike_hers": _tell_seated,
    "coverage_low": _tell_coverage,
    "above_her_maximum": _tell_peak,
    "artefacts_many": _tell_artefacts,
    "effort_jump": _tell_jump,
    "effort_far_from_heart": _tell_far,
    "attendance_missing": _tell_attendance,
    "entries_in_conflict": _tell_conflict,
    "sets_without_time": _tell_untimed,
    "clock_fit_poor": _tell_fit,
    "gateway_clock_set": _tell_setting,
    "values_unreadable": _tell_unreadable,
    "not_closed": _tell_not_closed,
    "not_held": _tell_not_held,
}

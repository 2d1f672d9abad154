"""What happened in a session, in words: phases, sets, efforts and events."""

from collections.abc import Mapping
from typing import Any, Final

from protocol.ledger.event import LedgerEvent
from server.web.catalogue.spoken import Wording, t
from server.web.plan_words import say_id
from server.web.unit_words import tell_unit

_PHASES: Final[Mapping[str, str]] = Wording(
    lambda: {
        "room_check": t("Room check"),
        "arrivals": t("Arrivals"),
        "warmup": t("Warm-up"),
        "circuit": t("Circuit"),
        "cooldown": t("Cool-down"),
        "closing": t("Closing"),
    }
)
EVENTS: Final[Mapping[str, str]] = Wording(
    lambda: {
        "fall": t("Fall"),
        "near_fall": t("Near-fall"),
        "dizzy": t("Dizzy or faint"),
        "heat_vision": t("Heat or vision"),
        "new_numbness": t("New numbness or weakness"),
        "pain": t("Pain"),
        "spasm": t("Spasm"),
        "chest_breath": t("Chest or breath"),
        "other": t("Another adverse event"),
    }
)
_STANDINGS: Final[Mapping[str, str]] = Wording(
    lambda: {
        "present": t("present"),
        "late": t("came late"),
        "back": t("came back"),
        "held": t("resting, her sets held"),
        "stopped": t("stopped"),
        "away": t("away"),
        "left": t("left early"),
        "absent": t("absent"),
        "not_today": t("didn't train that day"),
        "expected": t("nobody said whether she came"),
        "cut": t("the round was left out"),
    }
)
_EVIDENCE: Final[Mapping[str, str]] = Wording(
    lambda: {
        "observed": t("observed"),
        "sensor": t("counted by a sensor"),
        "self_report": t("as she told it"),
        "assumed": t("assumed as planned, nobody looked"),
    }
)
_UNASKED: Final[Mapping[str, str]] = Wording(
    lambda: {
        "not_asked": t("not asked"),
        "refused": t("she didn't say"),
        "away": t("away"),
        "unknown": t("she wasn't sure"),
    }
)
_SOURCES: Final[Mapping[str, str]] = Wording(
    lambda: {
        "said": t("she said it"),
        "pointed": t("she pointed"),
        "guessed": t("guessed by somebody else"),
        "self_report": t("she gave it herself"),
    }
)
_SCALES: Final[Mapping[str, str]] = Wording(
    lambda: {"borg_6_20": t("of 6 to 20"), "cr10": t("of 0 to 10")}
)


def tell_phase(phase: str) -> str:
    return _PHASES.get(phase, tell_unknown(phase))


def tell_event(what: str) -> str:
    return EVENTS.get(what, tell_unknown(what))


def tell_standing(word: str | None) -> str:
    """How she stood; None: nobody said."""
    return _STANDINGS.get(word or "expected", tell_unknown(word or ""))


def tell_exercise(exercise: str) -> str:
    """Its id as words: sit-to-stand -> sit to stand."""
    return say_id(exercise)


def tell_set(exercise: str, one: Mapping[str, Any] | None) -> str:
    """A set of the folded session; None: its time hasn't come."""
    if one is None:
        return t("{exercise}: still to come", exercise=tell_exercise(exercise))
    told = [_tell_amounts(one)]
    if one["missing"] is not None:
        told = [t("not done: {why}", why=tell_standing(one["missing"]))]
    elif one["evidence"] is not None:
        told.append(_EVIDENCE.get(one["evidence"], tell_unknown(one["evidence"])))
    told += [tell_unknown(chip) for chip in one["chips"]]
    if one["shortfall_reason"] is not None:
        told.append(t("because of {why}", why=tell_unknown(one["shortfall_reason"])))
    if one["conflict"]:
        told.append(t("two versions, and nobody has decided"))
    name = tell_exercise(one["exercise"] or exercise)
    return f"{name}: {', '.join(part for part in told if part)}"


def tell_rating(one: Mapping[str, Any]) -> str:
    """An effort, or why there is none."""
    if one["rating"] is None:
        return _UNASKED.get(one["missing_reason"], tell_unknown(one["missing_reason"]))
    scale = _SCALES.get(one["scale"], one["scale"])
    source = _SOURCES.get(one["source"], tell_unknown(one["source"]))
    told = f"{one['rating']:g} {scale}, {source}"
    return t("{told}; two versions", told=told) if one["conflict"] else told


def tell_paper(event: LedgerEvent | None) -> str:
    """That an entry was copied from a sheet, and whose hand is on it; empty for any other."""
    source = None if event is None else event.source
    if source is None:
        return ""
    if source.written_by is None:
        return t("on paper, in her own hand")
    return t("on paper, written by {who}", who=source.written_by)


def _tell_amounts(one: Mapping[str, Any]) -> str:
    done, asked = one["performed"], one["prescribed"]
    if done is not None and done["amount"] is not None:
        told = f"{done['amount']} {tell_unit(done['unit'])}"
        if asked is not None and asked["amount"] is not None:
            return t("{told} of {n} prescribed", told=told, n=asked["amount"])
        return told
    if asked is not None and asked["amount"] is not None:
        return t("{n} {unit} prescribed", n=asked["amount"], unit=tell_unit(asked["unit"]))
    return ""


def tell_unknown(word: str) -> str:
    """A newer word of the ledger says its own name."""
    return word.replace("_", " ").replace("-", " ")

"""What an entry says, in a short line: for whoever compares two of them. Pure."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from server.web.catalogue.spoken import Wording, t
from server.web.review_words import EVENTS, tell_exercise, tell_rating, tell_standing, tell_unknown
from server.web.sheet_words import BANDS, FORMS, QUESTIONS, tell_amount

_KINDS: Final[Mapping[str, str]] = Wording(
    lambda: {
        "attendance": t("Coming"),
        "readiness": t("How she is today"),
        "wearing": t("Strap"),
        "set": t("Set"),
        "rpe": t("Effort of round"),
        "session_rpe": t("Effort of the whole session"),
        "adverse_event": t("Adverse event"),
        "person_held": t("Stopped"),
        "person_resumed": t("Went on"),
        "room_climate": t("Room"),
        "note": t("Note"),
    }
)


def tell_about(kind: str, about: str) -> str:
    """`Set P07, sit to stand, 2`: the kind, and whom or what it is about."""
    name = _KINDS.get(kind, tell_unknown(kind))
    if kind in ("wearing", "adverse_event"):  # its name is a number nobody reads
        return name
    parts = [tell_exercise(one) for one in about.split("/")]
    return f"{name} {', '.join(parts)}" if about else name


def tell_value(kind: str, value: Mapping[str, Any] | None) -> str:
    """What it says; a kind without words of its own says its parts."""
    if value is None:
        return t("taken back")
    return _TELLERS.get(kind, _tell_parts)(value)


def _tell_coming(value: Mapping[str, Any]) -> str:
    why = f" ({value['why']})" if value["why"] else ""
    return tell_standing(value["status"]) + why


def _tell_readiness(value: Mapping[str, Any]) -> str:
    words = {True: t("yes"), False: t("no"), None: t("not answered")}
    told = [f"{question}: {words[value[key]]}" for key, question in QUESTIONS.items()]
    tired = value["tiredness_0_10"]
    told.append(t("tiredness: {n}", n=t("not answered") if tired is None else tired))
    return ", ".join(told)


def _tell_set(value: Mapping[str, Any]) -> str:
    done = value["performed"]
    told = [t("amount not known") if done["amount"] is None
            else tell_amount(done["amount"], done["unit"])]  # fmt: skip
    if done["band"] is not None:
        told.append(t("{band} band", band=BANDS.get(done["band"], done["band"])))
    if value["technique"] is not None:
        told.append(t("form: {form}", form=FORMS[value["technique"]]))
    if value["shortfall_reason"] is not None:
        told.append(t("because of {why}", why=tell_unknown(value["shortfall_reason"])))
    told += [tell_unknown(chip) for chip in value["chips"]]
    told.append(_EVIDENCE[value["evidence"]])
    return ", ".join(told)


_EVIDENCE: Final[Mapping[str, str]] = Wording(
    lambda: {
        "observed": t("observed"),
        "sensor": t("counted by a sensor"),
        "self_report": t("as she told it"),
    }
)


def _tell_effort(value: Mapping[str, Any]) -> str:
    told = tell_rating({**value, "conflict": False})
    exercise = value.get("exercise")
    return told if exercise is None else f"{told}, {tell_exercise(exercise)}"


def _tell_event(value: Mapping[str, Any]) -> str:
    return f"{value['participant']}: {EVENTS.get(value['what'], tell_unknown(value['what']))}"


def _tell_stop(value: Mapping[str, Any]) -> str:
    return tell_unknown(value["why"]) if value["why"] else t("no reason given")


def _tell_parts(value: Mapping[str, Any]) -> str:
    return ", ".join(f"{tell_unknown(key)} {one}" for key, one in value.items() if one is not None)


def _tell_strap(value: Mapping[str, Any]) -> str:
    return f"{value['participant']}: {value['strap']}"


def _tell_room(value: Mapping[str, Any]) -> str:
    return t("{n} °C", n=value["temperature_c"])


def _tell_note(value: Mapping[str, Any]) -> str:
    return str(value["text"])


_TELLERS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "attendance": _tell_coming,
    "readiness": _tell_readiness,
    "wearing": _tell_strap,
    "set": _tell_set,
    "rpe": _tell_effort,
    "session_rpe": _tell_effort,
    "adverse_event": _tell_event,
    "person_held": _tell_stop,
    "person_resumed": _tell_stop,
    "room_climate": _tell_room,
    "note": _tell_note,
}

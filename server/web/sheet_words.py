"""What stands on a printed sheet and beside its copy, in words. Pure."""

from collections.abc import Mapping
from typing import Any, Final

from server.web.catalogue.spoken import Wording, as_it_is, t

BANDS: Final[Mapping[str, str]] = Wording(
    lambda: {
        "red": t("red"),
        "green": t("green"),
        "blue": t("blue"),
        "black": t("black"),
    }
)
FORMS: Final[Mapping[str, str]] = Wording(lambda: {"good": t("good"), "form_lost": t("lost")})
# A letter for a narrow column; its words are printed below the table.
SHORTFALLS: Final[Mapping[str, str]] = Wording(
    lambda: {
        "fatigue": t("F fatigue"),
        "spasm": t("S spasm"),
        "pain": t("P pain"),
        "balance": t("B balance"),
        "heat": t("H heat"),
        "dizzy": t("D dizzy"),
        "time": t("T time"),
        "equipment": t("E equipment"),
        "her_choice": t("C her choice"),
    }
)
QUESTIONS: Final[Mapping[str, str]] = Wording(
    lambda: {
        "new_symptoms": t("New symptoms since last time"),
        "fall": t("Fall or near-fall"),
        "hot": t("Feeling hot or feverish"),
        "new_medicine": t("New or changed medicine"),
        "slept_well": t("Slept well"),
    }
)
HOW: Final[Mapping[str, str]] = Wording(
    lambda: {
        "said": t("she said it"),
        "pointed": t("she pointed"),
        "guessed": t("guessed by somebody else"),
    }
)
NO_RATING: Final[Mapping[str, str]] = Wording(
    lambda: {
        "not_asked": t("not asked"),
        "refused": t("she didn't say"),
        "away": t("away"),
    }
)
_SUPPORT: Final[Mapping[str, str]] = Wording(
    lambda: {
        "within_reach": t("bar near"),
        "hold": t("hold the bar"),
    }
)


def tell_prescribed(prescribed: Mapping[str, Any]) -> str:
    """`10 repetitions each side, red band`, as far as anything is prescribed."""
    told = []
    if prescribed["amount"] is not None:
        told.append(tell_amount(prescribed["amount"], prescribed["unit"]))
    if prescribed["sides"] == "each_side":
        told.append(t("each side"))
    if prescribed["band"] is not None:
        band = prescribed["band"]
        told.append(t("{band} band", band=BANDS.get(band, band)))
    return ", ".join(told) or t("nothing prescribed")


def tell_amount(amount: int, unit: str) -> str:
    """An amount with its unit."""
    units = {
        "repetitions": t("{n} repetitions", n=amount),
        "seconds": t("{n} s", n=amount),
        "metres": t("{n} m", n=amount),
        "laps": t("{n} laps", n=amount),
    }
    return units.get(unit, f"{amount} {unit}")


def tell_support(support: str) -> str:
    """What to hold, or nothing."""
    return _SUPPORT.get(support, "")


def tell_code(code: str) -> str:
    """Twelve digits in three groups, to be read and typed, the same in every language."""
    return as_it_is(" ".join(code[at : at + 4] for at in range(0, len(code), 4)))


def tell_place(station: int, exercise: str) -> str:
    """`3 Sit-to-stand`: the station, counted from 0, as people count it, and what is done there."""
    name = t(exercise)
    return f"{station + 1} {name}"

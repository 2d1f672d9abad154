"""Units as people read them: symbols stay as they are, words are said in the reader's language."""

from collections.abc import Mapping
from typing import Final

from server.web.catalogue.spoken import Wording, t

_WORDS: Final[Mapping[str, str]] = Wording(
    lambda: {
        "CR10 x min": t("CR10 x min"),
        "N x repetitions": t("N x repetitions"),
        "mg x min": t("mg x min"),
        "h": t("h"),
        "laps": t("laps"),
        "metres": t("metres"),
        "min": t("min"),
        "repetitions": t("repetitions"),
        "seconds": t("seconds"),
        "sets": t("sets"),
        "years": t("years"),
    }
)


def tell_unit(unit: str) -> str:
    """Its word where it is one, else the symbol."""
    return _WORDS.get(unit, unit)

"""Numbers, reasons and flags of dose in words, and the letter that stands for each reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor
from typing import Final

from server.dose.quantity import Missing, Quantity
from server.study.fields.words import label
from server.web.catalogue.spoken import Wording, t
from server.web.shown_moment import show_utc, show_wall_ns
from server.web.unit_words import tell_unit

_LARGE: Final = 100  # from there on a fraction says nothing
_SAME: Final = 1e-6  # 4 of 5 in binary is 80 %


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a cell has no fill: one letter, and what it stands for."""

    letter: str
    sentence: str  # English, as the catalogue has it

    @property
    def words(self) -> str:
        """In the language of whoever asks."""
        return t(self.sentence)


REASONS: Final[Mapping[Missing, Reason]] = {
    Missing.ABSENT: Reason("A", label("Absent: she wasn't there")),
    Missing.NO_STRAP: Reason("S", label("No strap: she wore none")),
    Missing.NO_DATA: Reason("D", label("No data: a strap was worn, and nothing of it came in")),
    Missing.LOW_COVERAGE: Reason(
        "C", label("Coverage too low: less was heard than the study asks")
    ),
    Missing.NOT_OVER: Reason("L", label("Not over: a session is ahead, runs, or was never closed")),
    Missing.NOT_RECORDED: Reason("R", label("Not recorded: nobody wrote it down")),
    Missing.REFUSED: Reason("X", label("Asked, and she didn't say")),
    Missing.NOT_MEASURED: Reason("M", label("A value that the formula needs was never measured")),
    Missing.OUT_OF_TABLE: Reason("O", label("Outside the published table")),
    Missing.WRONG_RATE: Reason("W", label("Sampling rate that the method doesn't take")),
    Missing.ZERO_FILLED: Reason("Z", label("Zeros where values were lost: no measurement")),
    Missing.UNUSABLE: Reason("U", label("Unusable: too much of it had to be thrown out")),
    Missing.NOT_APPLICABLE: Reason("N", label("Can't exist, such as where nothing was prescribed")),
}
NOT_TODAY: Final = Reason("T", label("Not today: she came, and didn't train"))
WAITING: Final = Reason("\N{HORIZONTAL ELLIPSIS}", label("Not worked out yet"))
NO_PLAN: Final = Reason("=", label("Delivered, with nothing planned to compare it with"))
NOT_HELD: Final = Reason("", label("Empty: the session wasn't held yet"))
NOT_IN_IT: Final = Reason("\N{EN DASH}", label("Not among those of this session"))
LISTED: Final = (NOT_TODAY, WAITING, NO_PLAN, NOT_IN_IT)
# All letters that a cell of one session may have: only a course can be not over yet.
LEGEND: Final = (
    *(one for missing, one in REASONS.items() if missing is not Missing.NOT_OVER),
    *LISTED,
)

_FLAGS: Final[Mapping[str, str]] = Wording(
    lambda: {
        "absent": t("absent"),
        "not_today": t("didn't train that day"),
        "converted": t("effort on 6 to 20 converted to 0 to 10 by its anchors"),
        "guessed": t("effort guessed by somebody else"),
        "disputed": t("two efforts were written down, and nobody has decided"),
        "middle_of_the_target": t("planned is the middle of the effort aimed at"),
        "whole_session_as_planned": t("minutes as planned"),
        "part_of_the_session": t("minutes of a part of the session"),
        "sets_without_amount": t("some sets have no amount"),
        "prorated": t("what wasn't heard counts like the rest"),
        "above_max": t("heart rates above her maximum"),
        "below_rest": t("heart rates below her resting one"),
        "flat_stretches_kept": t("flat stretches kept"),
        "hr_max_estimated": t("maximum heart rate from a formula of age"),
        "hr_unreliable": t("her heart rate says little about effort"),
        "clipped": t("movement beyond the strap's range"),
        "uncalibrated": t("acceleration not calibrated"),
        "prorated_sessions": t("sessions without a number count like the others of their week"),
    }
)


def find_reason(missing: Missing) -> Reason:
    """Its letter and words; one that nobody has put into words yet says its own name."""
    return REASONS.get(missing, Reason("?", missing.value.replace("_", " ")))


def tell_flag(flag: str) -> str:
    """What a reader must know, in words."""
    return _FLAGS.get(flag, flag.replace("_", " "))


def tell_number(value: float) -> str:
    """Three digits are enough to read: 412, 57.8, 6.25."""
    if abs(value) >= _LARGE or value == round(value):
        return f"{value:.0f}"
    return f"{value:.2f}".rstrip("0").rstrip(".")


def tell_share(share: float) -> str:
    """In percent, rounded down: less than 80 never reads as 80."""
    percent = f"{floor(1000 * share + _SAME) / 10:.1f}".removesuffix(".0")
    return t("{n} %", n=percent)


def tell_quantity(quantity: Quantity) -> str:
    """With its unit; where there is no number, why."""
    if quantity.value is None or quantity.missing is not None:
        return find_reason(quantity.missing or Missing.NOT_RECORDED).words
    if quantity.unit == "1":
        return tell_share(quantity.value)
    return f"{tell_number(quantity.value)} {tell_unit(quantity.unit)}"


def tell_when(wall_ns: int) -> str:
    """A day and a minute by the study's clock."""
    return show_wall_ns(wall_ns)


def tell_utc(utc: str) -> str:
    """The same of a UTC text."""
    return show_utc(utc)

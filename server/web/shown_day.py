"""Days as they are shown: of the Gregorian calendar in English, of the Jalali one in Persian."""

from datetime import date

from server.web.catalogue.jalali import MONTHS, to_jalali
from server.web.catalogue.spoken import current_language, t


def split_day(iso: str) -> tuple[int, int, int]:
    """Year, month and day of an ISO 8601 day, in the calendar of whoever asks."""
    day = date.fromisoformat(iso)
    if current_language() != "fa":
        return day.year, day.month, day.day
    shown = to_jalali(day)
    return shown.year, shown.month, shown.day


def name_month(month: int) -> str:
    """The name of a month, from 1 on, of the same calendar; short in English."""
    if current_language() == "fa":
        return MONTHS[month - 1]
    names = (
        t("Jan"), t("Feb"), t("Mar"), t("Apr"), t("May"), t("Jun"),
        t("Jul"), t("Aug"), t("Sep"), t("Oct"), t("Nov"), t("Dec"),
    )  # fmt: skip
    return names[month - 1]

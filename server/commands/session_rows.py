"""Rated sessions by day, from a CSV file that people or other programs wrote."""

import csv
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Final

from protocol.errors import InvalidEffortError
from server.commands.column_files import (
    PARQUET_SUFFIX,
    read_columns,
    read_header,
    require_columns,
)
from server.dose.effort.rating import Rating, Scale
from server.errors import SettingsError

DATE: Final = "date"
MINUTES: Final = "dur_min"
SCALE_OF_COLUMN: Final = {"rpe_cr10": Scale.CR10, "rpe_borg": Scale.BORG}
_RATING_WORDS: Final = {
    Scale.CR10: "a rating is 0 to 10",
    Scale.BORG: "a rating is a whole number from 6 to 20",
}
_MOST_MIN: Final = 1440.0  # a day: more are seconds, or a slip
_MOST_DAYS: Final = 3653  # ten years: more is a mistyped year
_ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session; a rating or minutes that nobody wrote down are None."""

    day: date
    rating: Rating | None
    duration_min: float | None


def read_session_rows(path: Path) -> list[SessionRow]:
    """Sessions in the order of their days; a day may have several, an empty cell is not recorded.

    Raises SettingsError, naming row (the header is row 1) and column, for what can't be a session.
    """
    if path.suffix == PARQUET_SUFFIX:
        raise SettingsError(f"{path} is Parquet; save it as CSV, with dates such as 2026-01-05")
    header = read_header(path)
    column = _choose_column(path, header)
    require_columns(path, header, [DATE, column, MINUTES])
    numbers = read_columns(path, [column, MINUTES])  # says what is wrong with the file as such
    days = _read_days(path, header)
    return [
        SessionRow(
            day,
            _read_rating(path, row, column, float(rating)),
            _read_minutes(path, row, float(minutes)),
        )
        for (row, day), rating, minutes in zip(days, numbers[column], numbers[MINUTES], strict=True)
    ]


def _choose_column(path: Path, header: Sequence[str]) -> str:
    """The column of ratings; two would leave open which of them counts."""
    found = [name for name in SCALE_OF_COLUMN if name in header]
    if len(found) > 1:
        raise SettingsError(f"{path} has {' and '.join(found)}; keep the one that counts")
    return found[0] if found else next(iter(SCALE_OF_COLUMN))


def _read_days(path: Path, header: Sequence[str]) -> list[tuple[int, date]]:
    """Row and day of every session, in order."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(enumerate(csv.reader(file), start=1))[1:]
    place = header.index(DATE)
    days = [(row, _read_day(path, row, cells[place].strip())) for row, cells in rows if cells]
    if not days:
        raise SettingsError(f"{path} has a header and no rows")
    for (_, before), (row, day) in pairwise(days):
        if day < before:
            raise SettingsError(f"{path}, row {row}: {DATE} is earlier than before; sort the rows")
    first, (last_row, last) = days[0][1], days[-1]
    if (last - first).days > _MOST_DAYS:
        raise SettingsError(f"{path}, row {last_row}: {last} is years after {first}; is it right?")
    return days


def _read_day(path: Path, row: int, cell: str) -> date:
    try:
        found = date.fromisoformat(cell) if _ISO_DATE.fullmatch(cell) else None
    except ValueError:  # 30 February
        found = None
    if found is None:
        raise SettingsError(f"{path}, row {row}: {DATE} is {cell!r}, not a day such as 2026-01-05")
    return found


def _read_rating(path: Path, row: int, column: str, number: float) -> Rating | None:
    if math.isnan(number):
        return None
    scale = SCALE_OF_COLUMN[column]
    try:
        return Rating(number, scale)
    except InvalidEffortError:
        told = f"{column} is {number:g}; {_RATING_WORDS[scale]}"
        raise SettingsError(f"{path}, row {row}: {told}") from None


def _read_minutes(path: Path, row: int, minutes: float) -> float | None:
    if math.isnan(minutes):
        return None
    if not 0 <= minutes <= _MOST_MIN:
        told = f"{MINUTES} is {minutes:g}; a session has 0 to {_MOST_MIN:g} minutes"
        raise SettingsError(f"{path}, row {row}: {told}")
    return minutes

"""The clock that people write on a sheet by: the study's zone, told on every page. Pure."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final

from protocol.ledger.instants import format_utc_ms, parse_utc_ms

EARLIEST_H: Final = 3  # before the planned start; of an evening nothing is written down earlier
LATEST_H: Final = 8  # after it
_WRITTEN: Final = re.compile(r"([01]?[0-9]|2[0-3])[:.h ]?([0-5][0-9])")
_MS_PER_H: Final = 3_600_000


@dataclass(frozen=True, slots=True)
class SheetClock:
    """`planned_start` is a UTC text, `offset_min` what the clock on the wall is ahead of UTC."""

    planned_start: str
    offset_min: int

    @property
    def zone(self) -> timezone:
        return timezone(timedelta(minutes=self.offset_min))

    @property
    def day(self) -> str:
        """Of the planned start, on the wall's calendar."""
        return f"{self._tell(self.planned_start):%Y-%m-%d}"

    @property
    def zone_words(self) -> str:
        """`UTC+03:30`."""
        hours, minutes = divmod(abs(self.offset_min), 60)
        return f"UTC{'-' if self.offset_min < 0 else '+'}{hours:02}:{minutes:02}"

    def tell(self, utc: str) -> str:
        """Hours and minutes on the wall at a UTC text."""
        return f"{self._tell(utc):%H:%M}"

    def read(self, text: str) -> str | None:
        """The UTC text of `17:12`, `1712` or `17.12` near the planned start; None: no such time."""
        written = _WRITTEN.fullmatch(text.strip())
        if written is None:
            return None
        start_ms = parse_utc_ms(self.planned_start)
        for days in (0, 1, -1):
            day = self._tell(self.planned_start) + timedelta(days=days)
            at = day.replace(hour=int(written[1]), minute=int(written[2]), second=0, microsecond=0)
            at_ms = round(at.timestamp() * 1000)
            if -EARLIEST_H * _MS_PER_H <= at_ms - start_ms <= LATEST_H * _MS_PER_H:
                return format_utc_ms(at_ms)
        return None

    def _tell(self, utc: str) -> datetime:
        return datetime.fromtimestamp(parse_utc_ms(utc) / 1000, UTC).astimezone(self.zone)


def find_offset_min(utc: str, zone: tzinfo | None) -> int:
    """What a zone is ahead of UTC at a UTC text; that of this computer where there is none."""
    local = datetime.fromtimestamp(parse_utc_ms(utc) / 1000, UTC).astimezone(zone)
    return round((local.utcoffset() or timedelta()) / timedelta(minutes=1))

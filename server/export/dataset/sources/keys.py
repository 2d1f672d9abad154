"""Columns by which rows of different tables belong together."""

from typing import Final

from server.export.dataset.column import Column, Kind

PARTICIPANT: Final = Column("participant", Kind.STRING, "pseudonym of the participant")
SESSION: Final = Column("session_number", Kind.INTEGER, "session, counted by when it was planned")
# What a study day is, wherever one stands (server/study/study_days.py).
STUDY_DAY: Final = (
    "day in the study's time zone: 1 is that of the first session, -1 the day before it"
)
OF_A_SESSION: Final = {
    "participant": ("participants", "participant"),
    "session_number": ("sessions", "session_number"),
}

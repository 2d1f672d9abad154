"""Columns by which rows of different tables belong together."""

from typing import Final

from server.export.dataset.column import Column, Kind

PARTICIPANT: Final = Column("participant", Kind.STRING, "pseudonym of the participant")
SESSION: Final = Column("session_number", Kind.INTEGER, "session, counted by when it was planned")
OF_A_SESSION: Final = {
    "participant": ("participants", "participant"),
    "session_number": ("sessions", "session_number"),
}

"""The small words that events are made of, each with its one allowed form."""

from typing import Annotated, Final, Literal

import msgspec

from protocol.ledger.patterns import UUID7_FORM, whole

PARTICIPANT_FORM: Final = "P(?:0[1-9]|[1-9][0-9]{1,2})"  # as protocol.identifiers has it
EXERCISE_FORM: Final = "[a-z][a-z0-9_-]{0,63}"
USER_FORM: Final = r"[a-z][a-z0-9._-]{0,31}"
DEVICE_FORM: Final = "[0-9a-f]{16}"
STRAP_FORM: Final = r"[0-9A-Z][0-9A-Z._-]{1,31}"
CHIP_FORM: Final = "[a-z][a-z0-9_-]{0,63}"
TEXT_FORM: Final = r"[^\x00-\x09\x0b-\x1f\x7f]*"  # no control characters but the line's end
SHA256_FORM: Final = "[0-9a-f]{64}"

MAX_TEXT: Final = 500  # characters: a note is a sentence or two
MAX_SHORT_TEXT: Final = 120
MAX_ROUND: Final = 20
MAX_STATIONS: Final = 32
MAX_PEOPLE: Final = 64  # of one session; fifteen come

Uuid7 = Annotated[str, msgspec.Meta(pattern=whole(UUID7_FORM))]
ParticipantCode = Annotated[str, msgspec.Meta(pattern=whole(PARTICIPANT_FORM))]
ExerciseId = Annotated[str, msgspec.Meta(pattern=whole(EXERCISE_FORM))]
UserName = Annotated[str, msgspec.Meta(pattern=whole(USER_FORM))]
DeviceId = Annotated[str, msgspec.Meta(pattern=whole(DEVICE_FORM))]
StrapSerial = Annotated[str, msgspec.Meta(pattern=whole(STRAP_FORM))]
Chip = Annotated[str, msgspec.Meta(pattern=whole(CHIP_FORM))]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_TEXT, pattern=whole(TEXT_FORM))]
ShortText = Annotated[
    str, msgspec.Meta(min_length=1, max_length=MAX_SHORT_TEXT, pattern=whole(TEXT_FORM))
]
Sha256 = Annotated[str, msgspec.Meta(pattern=whole(SHA256_FORM))]
Round = Annotated[int, msgspec.Meta(ge=1, le=MAX_ROUND)]
Slot = Annotated[int, msgspec.Meta(ge=1, le=MAX_STATIONS)]
StationIndex = Annotated[int, msgspec.Meta(ge=0, lt=MAX_STATIONS)]
Bpm = Annotated[float, msgspec.Meta(ge=20, le=260, multiple_of=0.5)]  # medians fall on halves
Amount = Annotated[int, msgspec.Meta(ge=0, le=999)]
Unit = Literal["repetitions", "seconds", "metres", "laps"]
UNIT_OF_PLAN: Final = {"reps": "repetitions"}  # a plan's short word for the ledger's; others agree
Percent = Annotated[int, msgspec.Meta(ge=0, le=100)]
ZeroToTen = Annotated[int, msgspec.Meta(ge=0, le=10)]

"""What somebody typed from a sheet: empty is missing, and every wrong field is named."""

import pytest

from protocol.messages.roster import ConsentedStream, RosterStrap
from server.web.copy_fields import CopyField, Form
from server.web.copy_form import Known, check_together, read_copy
from server.web.sheet_clock import SheetClock
from server.web.sheet_words import BANDS

STREAMS = list(ConsentedStream)
STRAPS = [
    RosterStrap("8AA87D01", "h10", "07", STREAMS),
    RosterStrap("8AA87D02", "h10", None, STREAMS),
]
KNOWN = Known(SheetClock("2026-11-30T17:00:00.000Z", 0), STRAPS, ("sara",), of_participant=True)
HEAD = {"sheet": "c0fe 7265-5212", "written_by": "sara"}
AMOUNT = CopyField("amount", "Done", Form.NUMBER, numbers=range(1000))
BORG = CopyField("borg", "Effort", Form.NUMBER, numbers=range(6, 21))
DEGREES = CopyField("room", "Room", Form.NUMBER, numbers=(20.5, 21.0, 21.5))
BAND = CopyField("band", "Band", Form.CHOICE, BANDS)
STRAP = CopyField("strap", "Strap", Form.STRAP)
NOTE = CopyField("note", "Note", Form.TEXT)
FIELDS = (AMOUNT, BORG, DEGREES, BAND, STRAP, NOTE)


def test_what_stands_empty_is_not_on_the_sheet() -> None:
    copied, troubles = read_copy({**HEAD, "amount": " ", "band": ""}, FIELDS, KNOWN)
    assert (copied.values, troubles) == ({}, {})
    assert (copied.sheet, copied.written_by) == ("c0fe72655212", "sara")


def test_zero_is_a_number_that_somebody_wrote() -> None:
    copied, _ = read_copy({**HEAD, "amount": "0"}, FIELDS, KNOWN)
    assert copied.values == {"amount": 0}


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [("amount", "12", 12), ("borg", "6", 6), ("room", "21,5", 21.5), ("band", "green", "green"),
     ("strap", "7", "8AA87D01"), ("strap", "07", "8AA87D01"), ("strap", "8aa87d02", "8AA87D02"),
     ("note", "a\n b", "a b")],
)  # fmt: skip
def test_a_value_is_read_as_it_is_written(name: str, text: str, value: object) -> None:
    copied, troubles = read_copy({**HEAD, name: text}, FIELDS, KNOWN)
    assert (copied.values, troubles) == ({name: value}, {})


@pytest.mark.parametrize(
    ("name", "text"),
    [("amount", "-1"), ("amount", "8.5"), ("amount", "eight"), ("amount", "1000"),
     ("amount", "1e2"), ("borg", "5"), ("borg", "21"), ("room", "21.3"), ("band", "pink"),
     ("strap", "9"),
     ("strap", "0"), ("note", "x" * 501), ("sheet", "c0fe"), ("written_by", "lea"),
     ("written_by", "")],
)  # fmt: skip
def test_what_is_wrong_is_named_and_gives_no_value(name: str, text: str) -> None:
    copied, troubles = read_copy({**HEAD, name: text}, FIELDS, KNOWN)
    assert set(troubles) == {name}
    assert copied.values == {}


def test_only_a_participants_leaf_can_be_in_her_own_hand() -> None:
    own = {**HEAD, "written_by": "-"}
    copied, troubles = read_copy(own, FIELDS, KNOWN)
    assert (copied.written_by, troubles) == (None, {})
    of_session = Known(KNOWN.clock, STRAPS, KNOWN.staff, of_participant=False)
    assert set(read_copy(own, FIELDS, of_session)[1]) == {"written_by"}


@pytest.mark.parametrize(
    ("values", "wrong"),
    [({"effort1": 12}, {"effort1_how"}),
     ({"effort1_how": "said"}, {"effort1"}),
     ({"effort1": 12, "effort1_how": "not_asked"}, {"effort1_how"}),
     ({"effort1": 12, "effort1_how": "said"}, set()),
     ({"effort1_how": "not_asked"}, set()),
     ({"effort1_at": "3"}, {"effort1_how"}),
     ({"whole": 12}, {"whole_how"}),
     ({"came": "late"}, {"came_at"}),
     ({"came": "present", "came_at": "x"}, {"came_at"}),
     ({"came": "present", "came_why": "ill"}, {"came_why"}),
     ({"event1_what": "fall"}, {"event1_at"}),
     ({"event2_at": "x"}, {"event2_what"}),
     ({"stop_until": "x"}, {"stop_from"}),
     ({"stop_from": "2", "stop_until": "1"}, {"stop_until"}),
     ({"left_why": "tired"}, {"left_at"}),
     ({"hold1_why": "fall"}, {"hold1_from"})],
)  # fmt: skip
def test_what_needs_another_field_names_the_one_that_lacks(
    values: dict[str, str | int | float], wrong: set[str]
) -> None:
    assert set(check_together(values)) == wrong

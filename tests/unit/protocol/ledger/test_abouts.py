import pytest

from protocol.ledger import abouts
from protocol.ledger.abouts import About, AboutForm


@pytest.mark.parametrize(
    ("form", "text", "parts"),
    [
        (abouts.SESSION, "session", About()),
        (abouts.PARTICIPANT, "P07", About("P07")),
        (abouts.PARTICIPANT_OR_SESSION, "session", About()),
        (abouts.PARTICIPANT_OR_SESSION, "P107", About("P107")),
        (abouts.SET, "P07/sit-to-stand/2", About("P07", "sit-to-stand", 2)),
        (abouts.SET, "P07/sit_to_stand/20", About("P07", "sit_to_stand", 20)),
        (abouts.ROUND, "P07/3", About("P07", None, 3)),
        (abouts.EXERCISE, "P07/tandem-stance", About("P07", "tandem-stance")),
        (abouts.MOMENT, "middle", About()),
        (abouts.USER, "sara.k", About()),
    ],
)
def test_parts_of_what_an_event_is_about(form: AboutForm, text: str, parts: About) -> None:
    assert form.parse(text) == parts


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (abouts.SESSION, "Session"),
        (abouts.SESSION, "session\n"),
        (abouts.PARTICIPANT, "P7"),
        (abouts.PARTICIPANT, "p07"),
        (abouts.SET, "P07/sit-to-stand"),
        (abouts.SET, "P07/sit-to-stand/0"),
        (abouts.SET, "P07/sit-to-stand/21"),
        (abouts.SET, "P07/sit-to-stand/02"),
        (abouts.ROUND, "P07/1/1"),
        (abouts.UUID7, "017F22E2-79B0-7CC3-98C4-DC0C0C07398F"),
    ],
)
def test_other_texts_are_no_about(form: AboutForm, text: str) -> None:
    assert form.parse(text) is None

from server.sessions.domain.listing import list_session
from tests.ledger_entries import SESSION, Tablet, minute, planned


def test_a_session_is_planned_until_anything_else_is_written_down() -> None:
    plan = Tablet().write("session_planned", "session", planned("P01"))
    moved = Tablet("b" * 16).correct(plan, planned("P01", "P02"))
    assert list_session(SESSION, [plan], 1)["state"] == "planned"
    line = list_session(SESSION, [plan, moved], 2)
    assert (line["state"], line["participants"]) == ("planned", ["P01", "P02"])
    assert list_session(SESSION, [plan], 5)["state"] == "running"


def test_a_session_that_nobody_planned_has_its_keys_all_the_same() -> None:
    tablet = Tablet()
    closed = tablet.write("session_closed", "session", {"summary": {}}, minute(60))
    assert list_session(SESSION, [closed], 3) == {
        "id": SESSION,
        "ordinal": None,
        "week": None,
        "planned_start": None,
        "plan": None,
        "plan_sha256": None,
        "participants": None,
        "state": "closed",
        "entries": 3,
    }

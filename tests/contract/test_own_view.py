"""P1 to P6 on the server: what a participant's screens show, and what she enters."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest

from server.study.facts import read_audited_facts
from tests.ledger_entries import attending, logged
from tests.own_phone import PIN, START, STATIONS, Evening, Phone, one_day_later, own_effort
from tests.studies import Study


@pytest.fixture
def evening(study: Study) -> Iterator[Evening]:
    with study.open() as storage:
        yield Evening(storage)


@pytest.fixture
async def client(evening: Evening) -> AsyncIterator[httpx.AsyncClient]:
    async with evening.client() as made:
        yield made


@pytest.fixture
async def phone(evening: Evening, client: httpx.AsyncClient) -> Phone:
    return await Phone(evening, client).open()


async def read_person(phone: Phone, code: str = "P07") -> dict[str, Any]:
    """Her part of the session, as a trainer's tablet folds it."""
    hers = phone.evening.staff()
    answer = await phone.client.get(f"/api/v1/sessions/{phone.evening.session}", headers=hers)
    person: dict[str, Any] = answer.json()["people"][code]
    return person


async def end_circuit(phone: Phone) -> None:
    await phone.evening.begin(phone.client)
    phone.evening.wall.pass_min(10)


async def test_p1_today_says_what_is_planned_for_her_and_names_nobody_else(phone: Phone) -> None:
    shown = await phone.read()
    assert (shown["next"]["ordinal"], shown["next"]["start"]) == (1, START)
    stations = shown["tonight"]["stations"]
    assert len(stations) == 8
    assert stations[0].keys() >= {"exercise", "name", "amount", "unit", "support", "change"}
    assert "P08" not in str(shown)
    assert "sara" not in str(shown)
    assert (shown["now"], shown["answers"]) == (None, None)


async def test_p1_nothing_is_entered_before_a_trainer_begins(phone: Phone) -> None:
    """Her entry would make the tablet take the session for begun."""
    answers = {"new_symptoms": False, "fall": False, "hot": None, "new_medicine": False,
               "tiredness_0_10": 3, "slept_well": True, "answered_by": "self"}  # fmt: skip
    early = await phone.post(phone.make("readiness", answers))
    assert (early.status_code, early.json()["code"]) == (403, "not_permitted")
    await phone.evening.write(phone.client, ("attendance", "P07", attending()))
    assert (await phone.post(phone.make("readiness", answers))).status_code == 200
    assert (await phone.read())["answers"]["readiness"]["tiredness_0_10"] == 3


async def test_p2_her_exercise_and_her_clock(phone: Phone) -> None:
    await phone.evening.begin(phone.client)
    phone.evening.wall.pass_min(0.5)
    now = (await phone.read())["now"]
    assert (now["held"], now["active_ms"], now["standing"]) == (False, 30_000, "present")
    work = [step for step in now["steps"] if step["target"] is not None]
    assert [step["target"]["exercise"] for step in work] == STATIONS * 2
    assert [step["target"]["amount"] for step in work] == [8, 10, 8, 10]
    assert (work[1]["begin_ms"], work[1]["end_ms"]) == (120_000, 180_000)


async def test_p2_a_break_holds_her_sets_and_is_hers(phone: Phone) -> None:
    await phone.evening.begin(phone.client)
    phone.evening.wall.pass_min(0.2)
    held = phone.make("person_held", {"at": phone.evening.now, "why": None})
    assert (await phone.post(held)).json()["results"][0]["result"] == "new"
    assert (await phone.post(held)).json()["results"][0]["result"] == "known"  # sent for ever
    person = await read_person(phone)
    assert (person["standing"], person["held"]) == ("held", True)
    assert (await phone.read())["now"]["standing"] == "held"
    phone.evening.wall.pass_min(5)
    assert {one["missing"] for one in (await read_person(phone))["sets"].values()} == {"held"}
    events = await phone.client.get(
        f"/api/v1/sessions/{phone.evening.session}/events", headers=phone.evening.staff()
    )
    assert events.json()["events"][-1]["actor"] == "participant.p07"
    assert events.json()["events"][-1]["recorded_by"] == "participant.p07"


async def test_p2_a_break_that_comes_late_is_kept_and_makes_no_later_set_missing(
    phone: Phone,
) -> None:
    """Hours without a network: nobody minded her break, and nobody could let her go on."""
    await phone.evening.begin(phone.client)
    phone.evening.wall.pass_min(0.2)
    asked_at = phone.evening.now
    held = phone.make("person_held", {"at": asked_at, "why": None})
    phone.evening.wall.pass_min(180)
    assert (await phone.post(held)).json()["results"][0]["result"] == "new"
    assert (await phone.post(held)).json()["results"][0]["result"] == "known"
    person = await read_person(phone)
    assert (person["standing"], person["held"]) == ("present", False)
    assert [one["evidence"] for one in person["sets"].values()] == ["assumed"] * 4
    told = await phone.client.get(
        f"/api/v1/sessions/{phone.evening.session}/events", headers=phone.evening.staff()
    )
    first, late = [one for one in told.json()["events"] if one["kind"] == "person_held"]
    assert (first["id"], first["value"]) == (held["id"], held["value"])
    assert late["value"] == {"at": asked_at, "why": "told late"}
    assert (late["supersedes"], late["device"]) == (held["id"], "0" * 16)


async def test_p2_a_break_that_comes_late_ends_no_hold_of_a_trainer(phone: Phone) -> None:
    await phone.evening.begin(phone.client)
    asked = phone.make("person_held", {"at": phone.evening.now, "why": None})
    phone.evening.wall.pass_min(0.2)
    stopped = {"at": phone.evening.now, "why": "heat"}
    await phone.evening.write(phone.client, ("person_held", "P07", stopped))
    phone.evening.wall.pass_min(30)
    assert (await phone.post(asked)).status_code == 200
    assert (await read_person(phone))["standing"] == "held"


async def test_p3_her_effort_is_a_self_report(phone: Phone) -> None:
    await end_circuit(phone)
    ended = (await phone.read())["answers"]["ended_at"]
    assert ended == "2026-11-30T17:08:00.000Z"
    given = await phone.post(phone.make("session_rpe", own_effort(13, 2)))
    assert given.status_code == 200
    told = (await read_person(phone))["session_rpe"]
    assert (told["rating"], told["source"], told["minutes_after_end"]) == (13, "self_report", 2)
    shown = (await phone.read())["answers"]["effort"]
    assert (shown["rating"], shown["is_own"]) == (13, True)


async def test_p3_not_sure_is_missing_with_its_reason(phone: Phone) -> None:
    await end_circuit(phone)
    assert (await phone.post(phone.make("session_rpe", own_effort(None)))).status_code == 200
    told = (await read_person(phone))["session_rpe"]
    assert (told["rating"], told["missing_reason"], told["source"]) == (None, "unknown", None)


async def test_p3_takes_the_place_of_not_asked_and_of_her_own_and_of_nothing_else(
    phone: Phone,
) -> None:
    await end_circuit(phone)
    not_asked = {**own_effort(None), "missing_reason": "not_asked"}
    await phone.evening.write(phone.client, ("session_rpe", "P07", not_asked))
    known = (await phone.read())["answers"]["effort"]
    assert known["is_own"]
    why = {"reason": "said again by herself"}
    first = phone.make("session_rpe", own_effort(13), supersedes=known["event"], **why)
    other = phone.make("session_rpe", own_effort(12), supersedes=first["id"], **why)
    assert (await phone.post(first, other)).status_code == 200
    assert (await read_person(phone))["session_rpe"]["rating"] == 12
    hers = phone.evening.staff(device="00000000000000a1")
    path = f"/api/v1/sessions/{phone.evening.session}/events"
    events = (await phone.client.get(path, headers=hers)).json()["events"]
    attendance = next(one for one in events if one["kind"] == "attendance")
    taken = phone.make("session_rpe", own_effort(6), supersedes=attendance["id"], **why)
    refused = await phone.post(taken)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "not_granted")


async def test_p3_a_rating_that_a_trainer_wrote_down_is_not_hers_to_change(phone: Phone) -> None:
    await end_circuit(phone)
    said = {**own_effort(15), "source": "said"}
    await phone.evening.write(phone.client, ("session_rpe", "P07", said))
    known = (await phone.read())["answers"]["effort"]
    assert not known["is_own"]
    taken = phone.make("session_rpe", own_effort(9), supersedes=known["event"], reason="mine")
    assert (await phone.post(taken)).status_code == 422
    assert (await read_person(phone))["session_rpe"]["rating"] == 15


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("session_rpe", own_effort(13, 121), "P07"),  # closed after two hours as not given
        ("session_rpe", own_effort(13, None), "P07"),
        ("session_rpe", {**own_effort(13), "source": "said"}, "P07"),
        ("feeling", {"feeling_0_10": 5}, "P08"),  # somebody else
        ("person_resumed", {"at": START, "why": None}, "P07"),  # a trainer says who goes on
        ("person_held", {"at": START, "why": "a reason"}, "P07"),  # none is asked
        ("note", {"text": "x"}, "P07"),
        ("attendance", attending(), "P07"),
    ],
)
async def test_what_is_not_hers_to_enter_is_refused(
    phone: Phone, kind: str, value: dict[str, Any], code: str
) -> None:
    await end_circuit(phone)
    entry = phone.make(kind, value) | {"about": code}
    answer = await phone.post(entry)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "not_granted")


async def test_nobody_else_signs_and_no_other_session_takes_hers(phone: Phone) -> None:
    await end_circuit(phone)
    feeling = phone.make("feeling", {"feeling_0_10": 5})
    forged = await phone.post(feeling | {"actor": "sara"})
    assert (forged.status_code, forged.json()["code"]) == (403, "actor_not_signed_in")
    other = await phone.post(feeling, session=phone.evening.sessions[1])
    assert (other.status_code, other.json()["code"]) == (403, "not_permitted")
    control = await Phone(phone.evening, phone.client).open("P08")
    assert (
        await control.post(control.make("feeling", {"feeling_0_10": 5}, "P08"))
    ).status_code == 403


async def test_p4_her_sets_and_how_she_feels(phone: Phone) -> None:
    await end_circuit(phone)
    less = logged("sit-to-stand", 5, shortfall_reason="heat", round_=1)
    await phone.evening.write(phone.client, ("set", "P07/sit-to-stand/1", less))
    assert (await phone.read())["answers"]["sets"] == {
        "done": 4, "planned": 4, "lighter": 1, "why": "heat", "is_lighter_day": False,
    }  # fmt: skip
    assert (await phone.post(phone.make("feeling", {"feeling_0_10": 7}))).status_code == 200
    assert (await phone.read())["answers"]["feeling"]["feeling_0_10"] == 7


async def test_p5_the_same_question_in_both_arms_and_a_yes_is_for_a_person(phone: Phone) -> None:
    control = await Phone(phone.evening, phone.client).open("P08")
    assert (await control.read())["next_day"] is None
    one_day_later(phone.evening)
    asked = [(await one.read())["next_day"] for one in (phone, control)]
    assert asked[0] == asked[1]
    assert (asked[0]["session"], asked[0]["answered"]) == (phone.evening.session, False)
    no = {
        "id": phone.make("x", {})["id"],
        "session": phone.evening.session,
        "actor": "participant.p07",
        "worse": False,
        "what": [],
        "call_me": False,
    }
    yes = no | {"id": control.make("x", {}, "P08")["id"], "actor": "participant.p08", "worse": True,
                "what": ["pain"], "call_me": True}  # fmt: skip
    said = [await phone.ask("POST", "/api/v1/own/next-day", no),
            await control.ask("POST", "/api/v1/own/next-day", yes)]  # fmt: skip
    assert [one.json()["result"] for one in said] == ["new", "new"]
    again = await control.ask("POST", "/api/v1/own/next-day", yes)
    assert again.json()["result"] == "known"
    of_another = yes | {"id": control.make("y", {}, "P08")["id"], "actor": "participant.p07"}
    assert (await control.ask("POST", "/api/v1/own/next-day", of_another)).status_code == 403
    changed = await control.ask("POST", "/api/v1/own/next-day", yes | {"call_me": False})
    assert changed.status_code == 409
    assert (await control.read())["next_day"]["worse"] is True
    await look_at(phone, yes["id"])


async def look_at(phone: Phone, answer: str) -> None:
    staff = phone.evening.staff()
    page = await phone.client.get("/next-day", headers=staff)
    assert f'data-answer="{answer}"' in page.text
    assert "P08" in page.text
    assert "P07" not in page.text  # a no needs nobody
    assert "Please call her" in page.text
    empty = await phone.client.post("/next-day", data={"answer": answer}, headers=staff)
    assert empty.status_code == 422
    form = {"answer": answer, "done": "called her, her doctor knows"}
    done = await phone.client.post("/next-day", data=form, headers=staff)
    assert done.status_code == 303
    page = await phone.client.get("/next-day", headers=staff)
    assert "Nothing to look at." in page.text
    assert "called her, her doctor knows (sara, " in page.text


async def test_p5_answers_are_facts_of_the_chain(phone: Phone) -> None:
    one_day_later(phone.evening)
    no = {"id": phone.make("x", {})["id"], "session": phone.evening.session,
          "actor": "participant.p07", "worse": False, "what": [], "call_me": False}  # fmt: skip
    await phone.ask("POST", "/api/v1/own/next-day", no)
    with phone.evening.storage.database.reading() as connection:
        rows = list(read_audited_facts(connection))
    assert len(rows) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"worse": "yes"}, {"what": ["love"]}, {"what": "pain"}, {"session": "x"}, {"id": None},
        {"worse": False}, {"more": 1},
    ],
)  # fmt: skip
async def test_p5_what_is_no_answer_is_refused(phone: Phone, wrong: dict[str, Any]) -> None:
    one_day_later(phone.evening)
    yes = {"id": phone.make("x", {})["id"], "session": phone.evening.session,
           "actor": "participant.p07", "worse": True, "what": ["pain"],
           "call_me": False}  # fmt: skip
    answer = await phone.ask("POST", "/api/v1/own/next-day", yes | wrong)
    assert (answer.status_code, answer.json()["code"]) == (422, "request_invalid")


async def test_p6_her_own_path_and_that_of_who_does_not_train(phone: Phone) -> None:
    await end_circuit(phone)
    control = await Phone(phone.evening, phone.client).open("P08")
    for one in (phone, control):
        await one.ask("POST", "/api/v1/own/pin", {"pin": PIN, "new": True})
    hers = (await phone.ask("GET", "/api/v1/own/path")).json()
    assert (hers["of"], len(hers["dots"])) == ("sessions", 24)
    assert [one["state"] for one in hers["dots"][:2]] == ["filled", "to_come"]
    stairs = {one["exercise"]: one["steps"] for one in hers["stairs"]}
    assert stairs["sit-to-stand"] == [
        {"session": 1, "amount": 8, "unit": "repetitions", "band": None}
    ]
    other = (await control.ask("GET", "/api/v1/own/path")).json()
    assert (other["of"], other["dots"][0]["state"], other["stairs"]) == ("questions", "rest", [])
    assert "bdnf" not in str(hers).lower()


async def test_who_does_not_train_has_a_view_without_sessions(phone: Phone) -> None:
    control = await Phone(phone.evening, phone.client).open("P08")
    shown = await control.read()
    assert not shown["trains"]
    assert [shown[key] for key in ("next", "tonight", "now", "last", "answers")] == [None] * 5

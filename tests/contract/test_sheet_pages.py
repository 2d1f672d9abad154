"""The printed sheet, its copy and what contradicts it, through the whole app."""

import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import httpx
import pytest

from protocol.ledger.event import LedgerEvent
from protocol.messages.roster import ConsentedStream, RosterStrap
from server.app import create_app
from server.export.dataset.absence import Absent
from server.export.dataset.sources import ratings, sets
from server.export.dataset.study_view import StudyView
from server.gateways.roster import add_straps
from server.people.roles import COPYISTS, Role
from server.sessions.domain.fold import fold_session
from server.sessions.ledger import read_events
from server.sessions.service import list_all_sessions
from server.storage import Storage
from server.study.participant import Arm
from server.web.language import COOKIE
from server.web.role_groups import DOSE_READERS
from tests.dose_course import CODES, schedule, tell, write
from tests.enrolment import enrol_people
from tests.ledger_entries import Tablet, attending, logged, substitution, wearing
from tests.staff import SAME_SITE, add_person, begin_session, cookie
from tests.studies import Study

FIRST = datetime(2026, 11, 23, 17, tzinfo=UTC)
NOW = FIRST + timedelta(hours=20)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PRINTERS = {Role.TRAINER, Role.ASSISTANT, Role.RESEARCHER, Role.DATA_MANAGER}


@pytest.fixture
def storage(study: Study) -> Iterator[Storage]:
    with study.open() as opened:
        for role in Role:
            add_person(opened.database, role.value, role)
        enrol_people(opened.database, CODES, ("Tea", "Fig", "Sea"), Arm.TRAINING)
        straps = [RosterStrap(f"8AA87D0{n}", "h10", f"0{n}", list(ConsentedStream))
                  for n in (1, 2)]  # fmt: skip
        add_straps(opened.database, straps)
        yield opened


@pytest.fixture
def session(storage: Storage) -> str:
    return schedule(storage, FIRST)[0]


@pytest.fixture
async def client(storage: Storage) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(storage, wall_ns=lambda: round(NOW.timestamp() * 1e9))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://127.0.0.1",
        headers=sign_in(storage, Role.DATA_MANAGER),
    ) as made:  # fmt: skip
        yield made


def sign_in(storage: Storage, role: Role) -> dict[str, str]:
    return {**SAME_SITE, **cookie(begin_session(storage.database, role.value))}


def at(minute: float) -> str:
    return tell(FIRST + timedelta(minutes=minute))


def read_entries(storage: Storage, session: str) -> list[LedgerEvent]:
    """Without the planning of the session itself."""
    with storage.database.reading() as connection:
        events = [one.event for one in read_events(connection, session)]
    return [one for one in events if one.kind != "session_planned"]


def fold(storage: Storage, session: str) -> dict[str, Any]:
    with storage.database.reading() as connection:
        events = [one.event for one in read_events(connection, session)]
    return fold_session(events, tell(NOW))


async def read_sheet(client: httpx.AsyncClient, session: str) -> tuple[str, str]:
    """The page and the code of its print."""
    answer = await client.get(f"/sessions/{session}/sheet")
    assert answer.status_code == 200, answer.text
    found = re.search(r"Sheet ([0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4})", answer.text)
    assert found is not None
    return unescape(answer.text), found[1]


async def post(
    client: httpx.AsyncClient, session: str, of: str, act: str, fields: dict[str, str]
) -> httpx.Response:
    path = f"/sessions/{session}/transcribe?of={of}"
    return await client.post(path, data={**fields, "act": act}, headers=FORM)


def leaf(code: str, **fields: str) -> dict[str, str]:
    """What is typed from a leaf that a trainer wrote on."""
    return {"sheet": code, "written_by": "trainer", **fields}


async def store(
    client: httpx.AsyncClient, session: str, of: str, fields: dict[str, str]
) -> httpx.Response:
    """Looked at, then stored; the answer to the latter."""
    looked_at = await post(client, session, of, "preview", fields)
    assert looked_at.status_code == 200, looked_at.text
    stored = await post(client, session, of, "store", fields)
    assert stored.status_code == 303, stored.text
    return stored


async def test_a_sheet_has_everybody_by_code_and_sign_with_what_is_prescribed(
    client: httpx.AsyncClient, session: str
) -> None:
    page, code = await read_sheet(client, session)
    for name in ("P01 Tea", "P02 Fig", "P03 Sea"):
        assert page.count(f"<h2>{name}</h2>") == 2  # front and back
    assert "Page 7 of 7" in page
    assert page.count("<svg") == 7
    assert "1 Sit-to-stand</b> <span>3 repetitions" in page
    assert "ask in round 1" in page
    assert f"session {session}" in page
    assert "very light" not in page  # no licensed wording was loaded
    again, same = await read_sheet(client, session)
    assert (again, same) == (page, code)


@pytest.mark.parametrize("role", list(Role))
async def test_who_prints_who_copies_and_who_decides(
    client: httpx.AsyncClient, storage: Storage, session: str, role: Role
) -> None:
    """Who may not is led home, as from every page; nothing is stored by asking."""
    client.headers.update(sign_in(storage, role))
    path = f"/sessions/{session}"

    async def ask(page: str, is_hers: bool) -> None:
        answer = await client.get(f"{path}/{page}")
        seen = answer.status_code, answer.headers.get("location")
        assert seen == ((200, None) if is_hers else (303, "/home")), page

    await ask("sheet", role in PRINTERS)
    await ask("transcribe", role in COPYISTS)
    await ask("contradictions", role in DOSE_READERS)
    taken = await post(client, session, "P01", "store", {})
    assert taken.status_code == (422 if role in COPYISTS else 303)
    decided = await client.post(f"{path}/contradictions", data={"kept": "x"}, headers=FORM)
    assert decided.status_code == (409 if role is Role.TRAINER else 303)
    assert read_entries(storage, session) == []


async def test_a_copy_is_looked_at_before_it_is_stored_and_says_who_and_from_where(
    client: httpx.AsyncClient, storage: Storage, session: str
) -> None:
    _, code = await read_sheet(client, session)
    fields = leaf(
        code, came="late", came_at="17:12", strap="1", ready_fall="no", t1r1_amount="8",
        t1r1_form="good", t3r1_band="green", effort1="12", effort1_how="said", stop_from="1720",
    )  # fmt: skip
    looked_at = unescape((await post(client, session, "P01", "preview", fields)).text)
    assert "8 repetitions, form: good, observed" in looked_at
    assert "17:00, not from the sheet" in looked_at
    assert "<td>17:12</td>" in looked_at
    assert read_entries(storage, session) == []
    stored = await store(client, session, "P01", fields)
    assert "of=P02" in stored.headers["location"]
    entries = {one.kind: one for one in read_entries(storage, session)}
    assert set(entries) == {
        "attendance", "wearing", "readiness", "set", "rpe", "person_held",
    }  # fmt: skip
    for one in entries.values():
        assert one.source is not None
        assert (one.actor, one.source.written_by) == ("data-manager", "trainer")
        assert one.source.sheet == code.replace(" ", "")
    pages = {kind: one.source.page for kind, one in entries.items() if one.source}
    assert (pages["set"], pages["rpe"]) == (2, 3)
    assert entries["attendance"].occurred_at == at(12)
    assert entries["rpe"].value is not None
    assert entries["rpe"].value["exercise"] == "sit-to-stand"  # as the sheet has her asked


async def test_what_is_not_on_the_sheet_stays_missing(
    client: httpx.AsyncClient, storage: Storage, session: str
) -> None:
    """Never 0, and never what was prescribed."""
    _, code = await read_sheet(client, session)
    await store(client, session, "P01", leaf(code, t1r1_form="form_lost", t2r1_amount="0"))
    values = {one.about: one.value for one in read_entries(storage, session)}
    assert {about: (value or {})["performed"]["amount"] for about, value in values.items()} == {
        "P01/sit-to-stand/1": None, "P01/pelvic-tilt/1": 0,
    }  # fmt: skip
    again = await client.get(f"/sessions/{session}/transcribe?of=P01")
    assert not re.search(r'<input id="t\dr\d_amount" name="t\dr\d_amount" value="[^"]', again.text)
    nothing = await post(client, session, "P02", "preview", leaf(code))
    assert "nothing would be entered" in nothing.text
    await store(client, session, "P02", leaf(code))
    assert len(read_entries(storage, session)) == 2


async def test_a_page_that_comes_twice_enters_nothing_twice(
    client: httpx.AsyncClient, storage: Storage, session: str
) -> None:
    """Also when two people copy it, each from the same paper."""
    _, code = await read_sheet(client, session)
    fields = leaf(code, came="present", strap="2", t1r1_amount="8", note="well", event1_at="17:20",
                  event1_what="dizzy")  # fmt: skip
    await store(client, session, "P01", fields)
    once = read_entries(storage, session)
    again = await post(client, session, "P01", "store", fields)
    assert again.headers["location"].endswith("done=known&written_by=trainer")
    client.headers.update(sign_in(storage, Role.TRAINER))
    await store(client, session, "P01", fields)
    assert read_entries(storage, session) == once


async def test_a_page_with_anything_wrong_stores_nothing_and_names_every_field(
    client: httpx.AsyncClient, storage: Storage, session: str
) -> None:
    _, code = await read_sheet(client, session)
    fields = leaf(
        code[:-1], written_by="nobody", t1r1_amount="8", t2r1_amount="eight", came="late",
        strap="9", effort1="21", effort2="13", event1_what="fall", stop_until="17:30",
        left_at="04:00",
    )  # fmt: skip
    answer = await post(client, session, "P01", "store", fields)
    assert answer.status_code == 422
    wrong = set(re.findall(r'<p class="trouble" id="(\w+)-trouble"', answer.text))
    assert wrong == {
        "sheet", "written_by", "t2r1_amount", "came_at", "strap", "effort1", "effort2_how",
        "event1_at", "stop_from", "left_at",
    }  # fmt: skip
    assert 'name="t1r1_amount" value="8"' in answer.text  # what was right stands there still
    assert read_entries(storage, session) == []


async def test_in_persian_a_code_is_the_same_code_and_digits_are_typed_as_people_write_them(
    client: httpx.AsyncClient, storage: Storage, session: str
) -> None:
    _, code = await read_sheet(client, session)
    client.headers["cookie"] = f"{client.headers['cookie']}; {COOKIE}=fa"
    page = (await client.get(f"/sessions/{session}/sheet")).text
    assert f"\u2066{code}\u2069" in page
    assert "Pelvic tilt" not in page
    assert "چرخش لگن به عقب" in page
    persian = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
    fields = leaf(code.translate(persian), came="late", came_at="۱۷:۱۲", t1r1_amount="۸",
                  left_at="۱۸۰۵", note="۲ بار ایستاد")  # fmt: skip
    await store(client, session, "P01", fields)
    entries = read_entries(storage, session)
    values = [one.value or {} for one in entries]
    assert [one.occurred_at for one in entries if one.kind == "attendance"] == [at(12), at(65)]
    assert [one["performed"]["amount"] for one in values if "performed" in one] == [8]
    assert [one["text"] for one in values if "text" in one] == ["۲ بار ایستاد"]
    assert {one.source.sheet for one in entries if one.source} == {code.replace(" ", "")}


async def test_her_own_hand_is_her_own_word(
    client: httpx.AsyncClient, storage: Storage, session: str
) -> None:
    _, code = await read_sheet(client, session)
    await store(client, session, "P01", {**leaf(code, t1r1_amount="8"), "written_by": "-"})
    (entry,) = read_entries(storage, session)
    assert entry.value is not None
    assert entry.source is not None
    assert (entry.value["evidence"], entry.source.written_by) == ("self_report", None)


async def test_a_sheet_that_contradicts_an_entry_is_kept_beside_it_until_a_trainer_decides(
    client: httpx.AsyncClient, storage: Storage, session: str
) -> None:
    hand = Tablet("ab" * 8, "trainer")
    set_of_hers = logged("sit-to-stand", 8)
    write(
        storage, session,
        hand.write("attendance", "P01", attending(), at(2)),
        hand.write("set", "P01/sit-to-stand/1", set_of_hers, at(12)),
        hand.write("wearing", "01999999-0000-7000-8000-0000000000a1",
                   wearing("P01", "8AA87D01", at(1)), at(1)),
    )  # fmt: skip
    _, code = await read_sheet(client, session)
    fields = leaf(code, came="absent", came_why="ill", strap="2", t1r1_amount="5")
    looked_at = await post(client, session, "P01", "preview", fields)
    assert looked_at.text.count("contradicts what is entered") == 3
    await store(client, session, "P01", fields)
    state = fold(storage, session)
    assert [one["kind"] for one in state["conflicts"]] == ["attendance", "set", "wearing"]
    person = state["people"]["P01"]  # what was there first is what counts
    assert person["attendance"] == "present"
    assert person["sets"]["sit-to-stand/1"]["performed"]["amount"] == 8
    assert [one["strap"] for one in person["wearing"]] == ["8AA87D01"]
    review = unescape((await client.get(f"/sessions/{session}/review")).text)
    assert "8 repetitions, observed" in review
    assert "5 repetitions, observed" in review
    assert "on paper, written by trainer, copied by data-manager" in review

    client.headers.update(sign_in(storage, Role.TRAINER))
    path = f"/sessions/{session}/contradictions"
    before = read_entries(storage, session)
    for one in state["conflicts"]:
        paper = one["versions"][1]
        choice = {"kind": one["kind"], "about": one["about"], "seen": " ".join(one["versions"])}
        bare = await client.post(path, data={**choice, "kept": paper}, headers=FORM)
        assert bare.status_code == 422
        assert "Say why" in bare.text
        told = {**choice, "kept": paper, "reason": "I held the pen"}
        decided = await client.post(path, data=told, headers=FORM)
        assert decided.status_code == 303, decided.text
        late = await client.post(path, data=told, headers=FORM)
        assert late.status_code == 409
    after = read_entries(storage, session)
    assert after[: len(before)] == before  # nothing is overwritten
    for one in after[len(before) :]:
        assert (one.reason, one.actor, one.source) == ("I held the pen", "trainer", None)
    state = fold(storage, session)
    assert state["conflicts"] == []
    person = state["people"]["P01"]
    assert (person["attendance"], person["why"]) == ("absent", "ill")
    assert person["sets"]["sit-to-stand/1"]["performed"]["amount"] == 5
    assert [one["strap"] for one in person["wearing"]] == ["8AA87D02"]


async def test_what_a_tablet_entered_and_the_sheet_says_too_is_entered_once(
    client: httpx.AsyncClient, storage: Storage, session: str
) -> None:
    """A tablet says more than a sheet has room for: that alone contradicts nothing."""
    hand = Tablet("ab" * 8, "trainer")
    seen = logged("sit-to-stand", 8, technique="good")
    write(storage, session, hand.write("set", "P01/sit-to-stand/1", seen, at(12)))
    _, code = await read_sheet(client, session)
    shown = await post(client, session, "P01", "preview", leaf(code, t1r1_amount="8"))
    assert "is entered already; nothing is added" in shown.text
    await store(client, session, "P01", leaf(code, t1r1_amount="8"))
    assert len(read_entries(storage, session)) == 1


async def test_the_page_of_the_session_starts_no_clock(
    client: httpx.AsyncClient, storage: Storage, session: str
) -> None:
    """A clock would make sets of empty boxes: its times are kept in words."""
    _, code = await read_sheet(client, session)
    fields = leaf(code, room_start="21,5", clock_started="17:12", hold1_from="17:30",
                  hold1_until="17:33", hold1_why="a fall")  # fmt: skip
    await store(client, session, "session", fields)
    climate, note = read_entries(storage, session)
    assert climate.value is not None
    assert note.value is not None
    assert climate.value["temperature_c"] == 21.5
    assert note.value["text"] == (
        "Clock on the sheet, UTC+00:00: started 17:12; held 17:30 to 17:33 (a fall)"
    )
    assert fold(storage, session)["clock"]["started_at"] is None


def lower_fig(storage: Storage, session: str) -> None:
    """A trainer prescribes P02 something else at her first station, after the sheet was printed."""
    hand = Tablet("cd" * 8, "trainer")
    value = substitution(at(3), "heel-raise", 5)
    write(storage, session, hand.write("substitution", "P02/sit-to-stand", value, at(3)))


def read_confirmation(page: str) -> str:
    found = re.search(r'name="other_print" value="([^"]+)"', page)
    assert found is not None
    return found[1]


async def test_a_sheet_of_an_unknown_code_is_stored_only_once_that_is_confirmed(
    client: httpx.AsyncClient, storage: Storage, session: str
) -> None:
    fields = leaf("0000 0000 0000", t1r1_amount="8")
    shown = await post(client, session, "P01", "preview", fields)
    assert "No sheet 0000 0000 0000 of this session was printed here" in shown.text
    refused = await post(client, session, "P01", "store", fields)
    assert refused.status_code == 422
    assert "Nothing was stored. Confirm first which sheet you hold." in refused.text
    assert 'name="t1r1_amount" value="8"' in refused.text  # nothing typed is lost
    assert read_entries(storage, session) == []
    confirmed = {**fields, "other_print": read_confirmation(refused.text)}
    assert (await post(client, session, "P01", "store", confirmed)).status_code == 303
    assert len(read_entries(storage, session)) == 1


async def test_a_copy_follows_the_sheet_that_was_written_on_and_says_what_has_changed(
    client: httpx.AsyncClient, storage: Storage, session: str
) -> None:
    _, old = await read_sheet(client, session)
    lower_fig(storage, session)
    _, new = await read_sheet(client, session)
    assert new != old
    page = unescape((await client.get(f"/sessions/{session}/transcribe?of=P02&sheet={old}")).text)
    turn = find_turn(page, "Sit-to-stand")
    fields = leaf(old, **{f"t{turn}r1_amount": "3"})
    before = read_entries(storage, session)
    for confirmation in ("", "000000000000-000000000000"):
        refused = await post(client, session, "P02", "store",
                             {**fields, "other_print": confirmation})  # fmt: skip
        assert refused.status_code == 422
        assert read_entries(storage, session) == before
    shown = unescape(refused.text)
    assert f"Sheet {old} was printed of other prescriptions" in shown
    assert f"one printed now would be {new}" in shown
    differences = re.findall(r"<li>(P\d\d, turn[^<]+)</li>", shown)
    (told,) = differences
    assert told == (
        f"P02, turn {turn}: printed was station 1, Sit-to-stand, 3 repetitions;"
        " now it is station 1, heel raise, 5 repetitions."
    )
    confirmed = {**fields, "other_print": read_confirmation(refused.text)}
    assert (await post(client, session, "P02", "store", confirmed)).status_code == 303
    (entry,) = read_entries(storage, session)[len(before) :]
    assert entry.value is not None
    assert (entry.value["exercise"], entry.value["prescribed"]["amount"]) == ("sit-to-stand", 3)


async def test_what_is_confirmed_holds_for_these_two_sheets_alone(
    client: httpx.AsyncClient, storage: Storage, session: str
) -> None:
    """Prescriptions that change between the look and the storing are looked at, too."""
    _, old = await read_sheet(client, session)
    fields = leaf("0000 0000 0000", t1r1_amount="8")
    shown = await post(client, session, "P01", "preview", fields)
    confirmed = {**fields, "other_print": read_confirmation(shown.text)}
    lower_fig(storage, session)
    before = read_entries(storage, session)
    assert (await post(client, session, "P01", "store", confirmed)).status_code == 422
    assert read_entries(storage, session) == before


async def test_what_the_sheet_has_no_place_for_is_never_dropped_in_silence(
    client: httpx.AsyncClient, storage: Storage, session: str
) -> None:
    _, code = await read_sheet(client, session)
    fields = leaf(code, t1r9_amount="8", came="present")
    answer = await post(client, session, "P01", "store", fields)
    assert answer.status_code == 422
    assert "has no place for some of what you typed (1)" in answer.text
    assert read_entries(storage, session) == []


def find_turn(page: str, exercise: str) -> int:
    found = re.search(rf"Turn (\d+): station \d+, {exercise}", page)
    assert found is not None
    return int(found[1])


async def test_there_is_nothing_to_copy_before_the_session_and_no_sheet_of_none(
    client: httpx.AsyncClient, storage: Storage, session: str
) -> None:
    with storage.database.reading() as connection:
        ahead = list_all_sessions(connection)[5]["id"]
    assert (await client.get(f"/sessions/{ahead}/transcribe")).status_code == 409
    assert (await client.get(f"/sessions/{ahead}/sheet")).status_code == 200
    for path in ("sheet", "transcribe", "contradictions"):
        nowhere = "01999999-0000-7000-8000-00000000000e"
        assert (await client.get(f"/sessions/{nowhere}/{path}")).status_code == 404
    assert (await client.get(f"/sessions/{session}/transcribe?of=P44")).status_code == 404


async def test_a_dataset_says_what_was_written_on_paper(
    client: httpx.AsyncClient, storage: Storage, session: str
) -> None:
    """An entry on paper, one on a screen, and a set that nobody wrote down."""
    hand = Tablet("ab" * 8, "trainer")
    seen = logged("pelvic-tilt", 8)
    write(storage, session, hand.write("set", "P01/pelvic-tilt/1", seen, at(12)))
    _, code = await read_sheet(client, session)
    fields = leaf(code, t1r1_amount="5", effort1="12", effort1_how="said")
    await store(client, session, "P01", fields)
    with storage.database.reading() as connection:
        view = StudyView(connection, None, str, tell(NOW))
        hers = [one for one in sets.read(view) if one["participant"] == "P01"]
        rated = [one for one in ratings.read(view) if one["participant"] == "P01"]
    told = {one["set_name"]: one["written_on"] for one in hers}
    assert told["sit-to-stand/1"] == "paper"
    assert told["pelvic-tilt/1"] == "screen"
    assert told["pelvic-tilt/2"] == Absent("not_applicable")
    assert [one["rating_written_on"] for one in rated] == ["paper"]

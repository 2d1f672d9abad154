"""The quality queue through the whole app: what is found, who decides, and what is kept."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from server.app import create_app
from server.people.roles import Role
from server.projection.quality.rules import RULES
from server.sessions.ledger import read_events
from server.storage import Storage
from server.study.participant import Arm
from server.study.quality_decisions import Act, Decision, read_all_decisions
from tests.contract.derived_pages import as_researcher, read_settled_page
from tests.dose_course import CODES, tell, write
from tests.enrolment import enrol_people
from tests.ledger_entries import Tablet, effort, logged, wearing
from tests.quality_course import STRAP_OF, QualityCourse, name_wearing
from tests.staff import SAME_SITE, add_person, begin_session, cookie
from tests.studies import Study

FIRST = datetime(2026, 11, 2, 17, tzinfo=UTC)
NOW = FIRST + timedelta(days=4, hours=2)
SWAPPED = {"P01": STRAP_OF["P02"], "P02": STRAP_OF["P01"]}
QUALITY = "/quality"


@pytest.fixture
def storage(study: Study) -> Iterator[Storage]:
    with study.open() as opened:
        for role in Role:
            add_person(opened.database, role.value, role)
        enrol_people(opened.database, CODES, ("Fig", "Tea", "Sea"), Arm.TRAINING)
        yield opened


@pytest.fixture
async def client(storage: Storage) -> AsyncIterator[httpx.AsyncClient]:
    async with as_researcher(storage, NOW) as made:
        yield made


def hold_four(storage: Storage) -> QualityCourse:
    """Three evenings as they should be, and one with the straps swapped."""
    course = QualityCourse(storage, FIRST)
    for place in range(4):
        straps = SWAPPED if place == 3 else None
        course.hold(place, FIRST + timedelta(days=place), straps=straps)
    return course


async def read_settled(client: httpx.AsyncClient, path: str = QUALITY) -> str:
    return unescape(await read_settled_page(client, path))


def find_card(page: str, rule: str) -> str:
    """The first card of a rule."""
    start = page.index(f'data-rule="{rule}"')
    return page[start : page.index("</article>", start)]


def read_form(card: str, act: str, note: str = "") -> dict[str, str]:
    """What a button of the card sends."""

    def field(name: str) -> str:
        return card.partition(f'name="{name}" value="')[2].partition('"')[0]

    names = ("session", "rule", "subject", "evidence", "seen")
    return {"act": act, "note": note, **{name: field(name) for name in names}}


def decisions(storage: Storage) -> list[Decision]:
    with storage.database.reading() as connection:
        return read_all_decisions(connection)


async def test_a_study_without_sessions_has_nothing_open(client: httpx.AsyncClient) -> None:
    page = await read_settled(client)
    run = f"Last run 2026-11-06 19:00 UTC, {len(RULES)} rules, 0 hits"
    assert f"Nothing open. {run}." in page
    assert page.count('scope="row"') == len(RULES)


async def test_a_swap_is_found_by_their_own_hearts_and_goes_with_its_correction(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    course = hold_four(storage)
    page = await read_settled(client)
    card = find_card(page, "swap_suspected")
    assert "Straps swapped? P01 ↔ P02" in card
    assert "Session 4, week" in card
    assert "Seated: P01 58 bpm (hers is 84), P02 84 bpm (hers is 58)" in card
    assert "Mean at the same effort: P01 104 bpm (hers is 140)" in card
    assert f'href="/sessions/{course.ids[3]}/review"' in card
    assert 'data-rule="seated_unlike_hers"' not in page  # the swap says it of both
    _correct_swap(course, 3)
    page = await read_settled(client)
    assert "swap_suspected" not in page
    assert "seated_unlike_hers" not in page


def _correct_swap(course: QualityCourse, place: int) -> None:
    """One correction an entry: the bytes stay where they are."""
    hand = Tablet("e" * 16)
    start, session = FIRST + timedelta(days=place), course.ids[place]
    since = tell(start + timedelta(minutes=1))
    before = _read_events(course.storage, session)
    for code, strap in STRAP_OF.items():
        about = name_wearing(place, code)
        wrong = next((one for one in before if one.about == about), None)
        if wrong is not None:
            later = tell(start + timedelta(minutes=50))
            told = wearing(code, strap, since)
            write(course.storage, session, hand.write("wearing", about, told, later,
                  supersedes=wrong, reason="each had the other's"))  # fmt: skip


def _read_events(storage: Storage, session: str) -> list[Any]:
    with storage.database.reading() as connection:
        return [stored.event for stored in read_events(connection, session)]


async def test_low_coverage_says_how_much_and_why(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    course = QualityCourse(storage, FIRST)
    course.hold(0, FIRST, silent={"P01": (12, 16)})
    card = find_card(await read_settled(client), "coverage_low")
    # Of 480 s nothing holds from the value at 11:59 to that at 16:00, nor after the last one.
    assert "P01, heart rate: 49.5 % of her main phase was heard. Not heard: radio 4 min." in card


async def test_what_was_written_down_oddly_is_found(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    """One strap on two women, a set off the clock, a set of somebody of whom nobody spoke."""
    course = QualityCourse(storage, FIRST)
    both = {"P01": STRAP_OF["P01"], "P02": STRAP_OF["P01"]}
    course.hold(0, FIRST, straps=both)
    hand, at = Tablet("b" * 16), tell(FIRST + timedelta(minutes=30))
    rows = [
        hand.write("set", "P01/bird-dog/3", logged("bird-dog", 10, round_=3), at),
        hand.write("set", "P04/bird-dog/1", logged("bird-dog", 10), at),
    ]
    write(storage, course.ids[0], *rows)
    page = await read_settled(client)
    disputed = find_card(page, "strap_disputed")
    assert "P01 and P02 are both said to have worn strap 51ADA001 at one time." in disputed
    assert "P01: 1 sets on no clock: bird-dog/3." in find_card(page, "sets_without_time")
    missing = find_card(page, "attendance_missing")
    assert "P04: straps none, sets entered 1, and nobody said whether she came." in missing
    assert "P01" not in missing


async def test_accepting_closes_it_with_name_and_time_and_another_evidence_opens_it_anew(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    course = QualityCourse(storage, FIRST)
    course.hold(0, FIRST)
    course.rate_rounds(0, FIRST, "P02", 20, 6)
    card = find_card(await read_settled(client), "effort_jump")
    answer = await client.post(QUALITY, data=read_form(card, "accept"))
    assert answer.status_code == 303
    page = await read_settled(client, answer.headers["location"])
    assert "Accepted. It opens again" in page
    assert "effort_jump" not in page.partition('id="rules"')[0]
    (stored,) = decisions(storage)
    assert (stored.act, stored.decided_by, stored.reason) == (Act.ACCEPTED, "researcher", None)
    assert stored.told == "P02: 20 in round 1, then 6 in round 2."
    assert stored.decided_wall_ns == round(NOW.timestamp() * 1e9)
    shown = find_card(await read_settled(client, "/quality?state=decided"), "effort_jump")
    assert "Accepted by researcher, 2026-11-06 19:00 UTC" in shown
    course.rate_rounds(0, FIRST + timedelta(minutes=1), "P01", 19, 6)  # of somebody else: no matter
    page = await read_settled(client)
    assert page.count('data-rule="effort_jump"') == 1
    assert 'data-subject="P01"' in page
    _say_otherwise(course)
    assert 'data-subject="P02"' in await read_settled(client)


def _say_otherwise(course: QualityCourse) -> None:
    """P02 said 19 in round 1."""
    events = _read_events(course.storage, course.ids[0])
    wrong = next(one for one in events if one.about == "P02/1")
    hand = Tablet("f" * 16)
    later = tell(FIRST + timedelta(minutes=55))
    write(course.storage, course.ids[0], hand.write("rpe", "P02/1", effort(19), later,
          supersedes=wrong, reason="mistyped"))  # fmt: skip


async def test_leaving_needs_a_note_and_what_was_decided_can_be_opened_again(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    course = QualityCourse(storage, FIRST)
    course.hold(0, FIRST)
    course.rate_rounds(0, FIRST, "P02", 20, 6)
    card = find_card(await read_settled(client), "effort_jump")
    for note in ("", "  ", "x" * 501, "a\0b"):
        refused = await client.post(QUALITY, data=read_form(card, "leave", note))
        assert refused.status_code == 422
        assert "write a note of up to 500 characters" in find_card(refused.text, "effort_jump")
    assert decisions(storage) == []
    note = "tired <b>, she said"
    answer = await client.post(QUALITY, data=read_form(card, "leave", note))
    assert answer.status_code == 303
    shown = (await client.get("/quality?state=decided")).text
    assert "tired &lt;b&gt;, she said" in shown
    again = await client.post(QUALITY, data=read_form(card, "accept"))
    assert (again.status_code, "decided meanwhile" in again.text) == (409, True)
    decided = find_card(unescape(shown), "effort_jump")
    reopened = await client.post(QUALITY, data=read_form(decided, "reopen", "read again"))
    assert reopened.status_code == 303
    card = find_card(await read_settled(client), "effort_jump")
    assert "Opened again by researcher" in card
    assert [one.act for one in decisions(storage)] == [Act.LEFT, Act.REOPENED]


@pytest.mark.parametrize("changes", [{"evidence": "0" * 64}, {"rule": "x"}, {"act": "delete"}, {}])
async def test_a_form_about_nothing_that_is_here_stores_nothing(
    client: httpx.AsyncClient, storage: Storage, changes: dict[str, str]
) -> None:
    course = QualityCourse(storage, FIRST)
    course.hold(0, FIRST)
    course.rate_rounds(0, FIRST, "P02", 20, 6)
    card = find_card(await read_settled(client), "effort_jump")
    form = read_form(card, "accept") | changes if changes else {}
    answer = await client.post(QUALITY, data=form)
    assert answer.status_code == 409
    assert decisions(storage) == []


async def test_the_database_refuses_to_change_or_delete_a_decision(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    course = QualityCourse(storage, FIRST)
    course.hold(0, FIRST)
    course.rate_rounds(0, FIRST, "P02", 20, 6)
    card = find_card(await read_settled(client), "effort_jump")
    await client.post(QUALITY, data=read_form(card, "accept"))
    for statement in (
        "UPDATE quality_decisions SET decided_by = 'x'",
        "DELETE FROM quality_decisions",
    ):
        with (
            pytest.raises(DBAPIError, match="append-only"),
            storage.database.writing() as connection,
        ):
            connection.execute(text(statement))
    assert len(decisions(storage)) == 1


@pytest.mark.parametrize("role", [Role.MONITOR, Role.ADMIN])
async def test_who_only_reads_sees_no_button_and_may_not_decide(
    client: httpx.AsyncClient, storage: Storage, role: Role
) -> None:
    course = QualityCourse(storage, FIRST)
    course.hold(0, FIRST)
    course.rate_rounds(0, FIRST, "P02", 20, 6)
    card = find_card(await read_settled(client), "effort_jump")
    hers = {**SAME_SITE, **cookie(begin_session(storage.database, role.value))}
    page = (await client.get(QUALITY, headers=hers)).text
    assert 'action="/quality"' not in page
    assert "20 in round 1" in page
    answer = await client.post(QUALITY, data=read_form(card, "accept"), headers=hers)
    assert (answer.status_code, answer.headers["location"]) == (303, "/home")
    assert decisions(storage) == []


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.STATISTICIAN, Role.ASSESSOR, Role.LAB])
async def test_who_is_blinded_or_only_helps_sees_neither_page_nor_link(
    client: httpx.AsyncClient, storage: Storage, role: Role
) -> None:
    hers = cookie(begin_session(storage.database, role.value))
    for path in (QUALITY, "/coverage"):
        page = await client.get(path, headers=hers)
        assert (page.status_code, page.headers["location"]) == (303, "/home")
    home = (await client.get("/home", headers=hers)).text
    assert "/quality" not in home
    assert "/coverage" not in home


async def test_what_the_calendar_says_is_found_without_any_entry(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    QualityCourse(storage, FIRST)
    page = await read_settled(client)
    card = find_card(page, "not_held")
    assert "Planned for 2026-11-02 17:00 UTC; nobody began it." in card
    assert "/review" not in card
    assert page.count('data-rule="not_held"') == 4  # those whose day is over
    only = await read_settled(client, "/quality?rule=effort_jump")
    assert "Nothing open." in only
    assert (await client.get("/quality?state=x&rule=x&first=-1")).status_code == 200


async def test_a_session_is_judged_once_it_is_closed(
    client: httpx.AsyncClient, storage: Storage
) -> None:
    course = QualityCourse(storage, FIRST)
    start = FIRST + timedelta(days=4)
    course.hold(4, start, closes=False, silent={"P01": (12, 16)})
    page = await read_settled(client)
    assert "coverage_low" not in page
    closing = Tablet("9" * 16)
    at = tell(start + timedelta(minutes=50))
    write(storage, course.ids[4], closing.write("session_closed", "session", {"summary": {}}, at))
    assert "coverage_low" in await read_settled(client)


async def test_home_leads_a_researcher_there(client: httpx.AsyncClient) -> None:
    home = (await client.get("/home")).text
    assert 'href="/quality"' in home
    assert 'href="/coverage"' in home


async def test_another_version_of_a_rule_judges_every_session_anew(
    client: httpx.AsyncClient, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = QualityCourse(storage, FIRST)
    course.hold(0, FIRST)
    course.rate_rounds(0, FIRST, "P02", 20, 6)
    first = find_card(await read_settled(client), "effort_jump")
    newer = tuple(replace(one, version=3) if one.key == "effort_jump" else one for one in RULES)
    monkeypatch.setattr("server.projection.quality.rules.RULES", newer)
    app = create_app(storage, wall_ns=lambda: round(NOW.timestamp() * 1e9))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://127.0.0.1", headers=client.headers
    ) as restarted:
        second = find_card(await read_settled(restarted), "effort_jump")
    evidence = [read_form(card, "accept")["evidence"] for card in (first, second)]
    assert evidence[0] != evidence[1]

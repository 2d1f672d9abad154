"""The whole server on loopback with a study for one evening; only live frames are the test's."""

import time as wall
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from protocol.identifiers import parse_participant_code
from protocol.messages.roster import ConsentedStream, RosterStrap
from protocol.training.shipped import read_shipped_plan
from server.app import create_app
from server.gateways.roster import add_straps
from server.people.roles import Role
from server.safety.limits import SafetyLimits
from server.safety.register import propose_limits, sign_limits
from server.sessions.domain.calendar import list_times
from server.sessions.scheduling import Course, schedule_course
from server.study.participant import Arm, Participant
from server.study.participants import add_participants, read_participants
from server.vault.identity import EmergencyCard, Identity
from tests.ledger_entries import minute
from tests.loopback_site import LoopbackSite
from tests.staff import DEVICE, SAME_SITE, add_person, begin_session, cookie
from tests.studies import make_study
from tests.tablet_evening import CODES, FIRST_NAMES, PINS, SIGNS, serial

PLAN = read_shipped_plan("as_printed")


class RealSite(LoopbackSite):
    """`stop` and `start` as a server that goes and comes; what it stored stays."""

    def __init__(self, folder: Path, wall_ns: Callable[[], int] = wall.time_ns) -> None:
        super().__init__()
        self._wall_ns = wall_ns
        self._opening = make_study(folder / "study").open()
        self.storage = self._opening.__enter__()
        self._fill()

    def build_app(self) -> FastAPI:
        app = create_app(self.storage, wall_ns=self._wall_ns)
        self.viewers = app.state.viewers
        return app

    def close(self) -> None:
        super().close()
        self._opening.__exit__(None, None, None)

    def ask(self, path: str) -> Any:
        """What the server says to another tablet: its sign-in has no idle limit."""
        headers = {**SAME_SITE, **cookie(begin_session(self.storage.database, "sara", DEVICE))}
        answer = httpx.get(self.url + path, headers=headers, trust_env=False)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def sign_limits(self, limits: SafetyLimits) -> None:
        """A clinician puts them in force; no limits at all need no signature."""
        with self.storage.database.writing() as connection:
            codes = [one.code for one in read_participants(connection)]
            made = propose_limits(connection, limits, codes, "a test", "os:test")
            if not limits.is_empty:
                sign_limits(connection, made.sha256, ("karimi", "neurologist"), "seen", "os:test")

    def _fill(self) -> None:
        database = self.storage.database
        for name, role in (
            ("sara", Role.TRAINER),
            ("leyla", Role.TRAINER),
            ("mina", Role.ASSISTANT),
        ):
            add_person(database, name, role, PINS[name])
        add_person(database, "rana", Role.RESEARCHER)
        add_person(database, "karimi", Role.CLINICIAN)
        add_straps(database, [RosterStrap(serial(n), "h10", f"{n:02d}", list(ConsentedStream))
                              for n in range(1, 18)])  # fmt: skip
        people = [
            Participant(parse_participant_code(code), SIGNS[place], Arm.TRAINING,
                        usual_strap=serial(place + 1))
            for place, code in enumerate(CODES)
        ]  # fmt: skip
        add_participants(database, people, "os:test")
        for code, name in zip(CODES, FIRST_NAMES, strict=True):
            card = EmergencyCard(contact=f"sister of {name}", allergies=None, drugs="x", notes=None)
            self.storage.vault.write_identity(code, Identity(name, card), "os:test")
        self._plan_tonight()

    def _plan_tonight(self) -> None:
        soon = datetime.now(UTC) + timedelta(minutes=5)
        start = time(soon.hour, soon.minute)
        times = list_times(soon.date(), range(7), start, UTC, PLAN.n_sessions)
        with self.storage.database.writing() as connection:
            codes = [one.code for one in read_participants(connection)]
            course = Course("as_printed", PLAN, times, codes)
            schedule_course(connection, course, codes, minute(0), "os:test")

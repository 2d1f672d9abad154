"""A tablet that a trainer has signed in, against a server of its own."""

from typing import Self

import httpx

from protocol.ledger.event import LedgerEvent
from server.storage import Storage
from server.study.participant import Arm
from tests.enrolment import enrol_people
from tests.ledger_entries import SESSION, TABLET_A, to_json
from tests.staff import SAME_SITE, add_person, begin_session, cookie

EVENTS = f"/api/v1/sessions/{SESSION}/events"
SIGNS = ("Fig", "Tea", "Sea")


def sign_in_trainer(storage: Storage, device: str | None = TABLET_A) -> dict[str, str]:
    """Sara, with three participants in the study; headers of her requests."""
    enrol_people(storage.database, ("P01", "P02", "P03"), SIGNS, Arm.TRAINING)
    add_person(storage.database, "sara")
    return {**SAME_SITE, **cookie(begin_session(storage.database, "sara", device))}


class TabletClient:
    """Posts events as a tablet does. A context manager."""

    def __init__(self, url: str, headers: dict[str, str]) -> None:
        self._http = httpx.Client(base_url=url, headers=headers, trust_env=False, timeout=20)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def post(self, events: list[LedgerEvent]) -> list[str]:
        """Results of a post. Raises httpx.TransportError when the server dies."""
        answer = self._http.post(EVENTS, json=[to_json(event) for event in events])
        assert answer.status_code == 200, answer.text
        return [row["result"] for row in answer.json()["results"]]

"""All that a tablet needs for an evening without a server."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from protocol.ledger.instants import format_utc_ms
from server.db.database import Database
from server.gateways.roster import read_straps
from server.people.current import CurrentPerson
from server.people.roles import Role
from server.people.staff import StaffMember, read_staff
from server.safety.phone_list import read_phones
from server.safety.register import read_in_force
from server.safety.view import view_safety
from server.sessions.evening import Evening, read_evening
from server.sessions.held_sessions import HeldSessions
from server.study.anchor_packs import read_packs
from server.study.anchor_words import add_anchors
from server.study.participant import Arm, Participant
from server.study.participants import read_participants
from server.vault.identity import CARD_FIELDS, Identity
from server.vault.vault import Vault
from server.web.plan_words import say_plan


class BundleReader:
    """Puts a bundle together. Thread-safe."""

    def __init__(
        self,
        study: str,
        database: Database,
        vault: Vault,
        wall_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._study = study
        self._database = database
        self._vault = vault
        self._wall_ns = wall_ns
        self._held = HeldSessions()

    def read(self, person: CurrentPerson, session: str | None = None) -> dict[str, Any]:
        """The bundle of a session, else of tonight's, for whoever is signed in.

        Names, emergency cards and PIN verifiers are for tablets only; a browser at a console gets
        none, and an assistant's phone her own verifier alone. Whose names were read, and by whom,
        is in the vault's own log.
        """
        now = format_utc_ms(self._wall_ns() // 1_000_000)
        with self._database.reading() as connection:
            evening = read_evening(connection, now, session, self._held)
            participants = choose_participants(read_participants(connection), evening.people)
            staff = read_staff(connection)
            in_force, phones = read_in_force(connection), read_phones(connection)
            packs = {one.scale: one.pack for one in read_packs(connection).values() if one.pack}
        is_tablet = person.device is not None
        codes = [one.code for one in participants]
        identities = self._vault.read_people(person.active, codes if is_tablet else [])
        content = say_plan(evening.content)
        effort = add_anchors(content["effort"], packs)
        return {
            "server_utc": now,
            "study": self._study,
            "user": person.name,
            "actors": list(person.actors),
            "staff": [_view_staff(one, with_verifier=may_check_pin(person, one)) for one in staff],
            **content,
            "effort": effort,
            "safety": view_safety(in_force, phones, codes, effort["scale"]),
            "people": [_view_person(one, evening, identities) for one in participants],
            "straps": [
                {"serial": strap.serial, "label": strap.label, "model": strap.model}
                for strap in read_straps(self._database)
            ],
            "emergency_cards": {code: _view_card(one) for code, one in identities.items()},
        }


def choose_participants(
    participants: Sequence[Participant], expected: Sequence[str]
) -> list[Participant]:
    """Those who come tonight; while nothing is planned, all who train."""
    if expected:
        return [one for one in participants if one.code in expected]
    return [one for one in participants if one.arm is Arm.TRAINING]


def may_check_pin(person: CurrentPerson, one: StaffMember) -> bool:
    """Whether whoever signed in takes this one's verifier home on her device (decision 0014)."""
    is_own = one.name == person.name
    return person.device is not None and (person.role is Role.TRAINER or is_own)


def _view_staff(one: StaffMember, *, with_verifier: bool) -> dict[str, Any]:
    verifier = one.verifier if with_verifier else None
    return {
        "name": one.name,
        "role": one.role.value,
        "qualification": one.qualification,
        "verifier": verifier
        and {
            "salt": verifier.salt.hex(),
            "iterations": verifier.iterations,
            "hash": verifier.sha256.hex(),
        },
    }


def _view_person(
    one: Participant, evening: Evening, identities: Mapping[str, Identity]
) -> dict[str, Any]:
    identity = identities.get(one.code)
    history = {"resting_hr_history": [], "plyometrics_ready": False}
    return {
        "code": one.code,
        "sign": one.sign,
        "first_name": None if identity is None else identity.first_name,
        "flags": [flag.value for flag in one.flags],
        "usual_strap": one.usual_strap,
        **evening.history.get(one.code, history),
    }


def _view_card(identity: Identity) -> dict[str, str | None]:
    return {name: getattr(identity.card, name) for name in CARD_FIELDS}

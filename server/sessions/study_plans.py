"""The training plan of a session: one that ships, or one that the study wrote and keeps."""

import time

import msgspec
from sqlalchemy import Connection, insert, select

from protocol.training.plan import TrainingPlan, compute_digest
from protocol.training.shipped import SHIPPED, read_shipped_plan
from server.errors import RuleError
from server.sessions.tables import TRAINING_PLANS


def append_plan(connection: Connection, name: str, plan: TrainingPlan, recorded_by: str) -> None:
    """Keep a plan under its digest, one that ships too: a later doseline may ship another.

    Raises RuleError for a plan of its own that has the name of one that ships.
    """
    digest = compute_digest(plan)
    if name in SHIPPED and digest != compute_digest(read_shipped_plan(name)):
        raise RuleError(
            f"the plan has the id of one that ships, {name}; give it an id of its own,"
            ' such as id = "our_study"; nothing was changed'
        )
    if _read_content(connection, digest) is not None:
        return
    row = {
        "sha256": digest,
        "plan": name,
        "content": msgspec.json.encode(plan, order="deterministic").decode(),
        "recorded_by": recorded_by,
        "recorded_wall_ns": time.time_ns(),
    }
    connection.execute(insert(TRAINING_PLANS), [row])


def read_plan_of(connection: Connection, name: str, sha256: str) -> TrainingPlan | None:
    """The plan that a session was planned by, to the last word; None where this study has none.

    One that ships may be another since: then it isn't the one that the session was planned by.
    """
    if name in SHIPPED:
        shipped = read_shipped_plan(name)
        if compute_digest(shipped) == sha256:
            return shipped
    content = _read_content(connection, sha256)
    return None if content is None else msgspec.json.decode(content, type=TrainingPlan)


def _read_content(connection: Connection, sha256: str) -> str | None:
    wanted = select(TRAINING_PLANS.c.content).where(TRAINING_PLANS.c.sha256 == sha256)
    content: str | None = connection.execute(wanted).scalar_one_or_none()
    return content

"""All about one cell of the dose matrix, for its card and for programs. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

import msgspec

from server.dose.quantity import Quantity
from server.dose.vector import Metric
from server.projection.person_dose import PersonDose
from server.web.catalogue.spoken import Wording, t
from server.web.dose_context import Card, Line, Part
from server.web.dose_matrix import SessionLine, describe_session
from server.web.dose_shown import Shown
from server.web.dose_words import (
    WAITING,
    tell_flag,
    tell_number,
    tell_quantity,
    tell_share,
    tell_when,
)
from server.web.paths import REVIEW_PATH
from server.web.plan_words import say_id
from server.web.unit_words import tell_unit

_ATTENDANCE: Final = Wording(
    lambda: {
        "present": t("present"),
        "late": t("came late"),
        "absent": t("absent"),
        "left": t("left early"),
    }
)


@dataclass(frozen=True, slots=True)
class CellDose:
    """What was derived of one person in one session, and when. `now` is a UTC text."""

    line: SessionLine
    sign: str
    person: PersonDose
    built_wall_ns: int
    now: str

    def find(self, name: str) -> Metric | None:
        """Over the whole session; None: it wasn't worked out."""
        wanted = (name, None)
        found = (one for one in self.person.metrics if (one.name, one.category) == wanted)
        return next(found, None)


def view_card(cell: CellDose, shown: Shown) -> Card:
    """The card of one metric."""
    metric = cell.find(shown.metric)
    return Card(
        title=f"{cell.person.participant} {cell.sign}".rstrip() + f" \N{MIDDLE DOT} {shown.label}",
        lead=describe_session(cell.line, cell.now),
        lines=[*_tell_metric(cell, metric, shown), *_tell_origin(cell, metric, shown)],
        parts=list(_list_parts(cell, shown)),
        review=name_review(cell.line["id"], cell.person.participant),
    )


def name_review(session: str, participant: str) -> str:
    """Where her evening is shown."""
    path = REVIEW_PATH.format(session_id=session)
    return f"{path}?{urlencode({'participant': participant})}"


def view_ahead(line: SessionLine, participant: str, words: str, now: str) -> Card:
    """The card of a cell of which nothing was derived: what the cell says."""
    return Card(participant, describe_session(line, now), [Line(t("State"), words)], [])


def view_json(cell: CellDose, cards: Mapping[str, Card]) -> dict[str, Any]:
    """Everything that was derived of her in this session, and the cards by their metric's key."""
    return {
        "session": cell.line["id"],
        "participant": cell.person.participant,
        "state": cell.line["state"],
        "is_final": cell.line["state"] == "closed",
        "worked_out_at": tell_when(cell.built_wall_ns),
        "marks": msgspec.to_builtins(cell.person.marks),
        "metrics": [_view_metric(one) for one in cell.person.metrics],
        "cards": {key: msgspec.to_builtins(card) for key, card in cards.items()},
    }


def _view_metric(metric: Metric) -> dict[str, Any]:
    return {**msgspec.to_builtins(metric), "ratio": msgspec.to_builtins(metric.ratio)}


def _tell_metric(cell: CellDose, metric: Metric | None, shown: Shown) -> Iterator[Line]:
    if metric is None:
        yield Line(t("Delivered"), WAITING.words)
        return
    yield Line(t("Planned"), _tell_planned(metric.planned))
    yield Line(t("Delivered"), tell_quantity(metric.delivered))
    if metric.ratio.value is not None:
        yield Line(t("Delivered / planned"), tell_share(metric.ratio.value))
    yield Line(t("Coverage"), _tell_coverage(metric.delivered))
    share = None if shown.share is None else cell.find(shown.share)
    if share is not None:
        yield Line(t("Evidence"), _tell_evidence(share.delivered))
    for name, label in shown.beside:
        beside = cell.find(name)
        if beside is not None:
            yield Line(label, tell_quantity(beside.delivered))


def _tell_origin(cell: CellDose, metric: Metric | None, shown: Shown) -> Iterator[Line]:
    marks = cell.person.marks
    attendance = marks.attendance or t("nobody said")
    words = [_ATTENDANCE.get(attendance, attendance.replace("_", " "))]
    words += [t("lighter that day")] if marks.lighter else []
    words += [t("adverse events: {n}", n=marks.n_events)] if marks.n_events else []
    yield Line(t("That day"), ", ".join(words))
    yield Line(t("Formula"), shown.formula, "long")
    if metric is not None:
        flags = dict.fromkeys((*metric.delivered.flags, *metric.planned.flags))
        if flags:
            yield Line(t("Note"), "; ".join(tell_flag(flag) for flag in flags), "long")
        version = t("{name}, version {n}", name=metric.name, n=metric.delivered.version)
        yield Line(t("Computed as"), version)
        yield Line(t("Unit"), tell_unit(metric.delivered.unit))
        yield Line(t("Inputs, SHA-256"), metric.inputs_sha256, "code")
    is_final = cell.line["state"] == "closed"
    when = tell_when(cell.built_wall_ns)
    yield Line(t("Worked out"), when if is_final else t("{when}, not final", when=when))


def _tell_planned(planned: Quantity) -> str:
    return t("no amount is planned") if planned.value is None else tell_quantity(planned)


def _tell_amount(quantity: Quantity) -> str:
    """Without its unit, which the lines above have."""
    return tell_quantity(quantity) if quantity.value is None else tell_number(quantity.value)


def _tell_coverage(delivered: Quantity) -> str:
    if delivered.coverage is None:
        return t("doesn't apply")
    return tell_share(delivered.coverage)


def _tell_evidence(share: Quantity) -> str:
    if share.value is None:
        return tell_quantity(share)
    return t("{share} of it was observed", share=tell_share(share.value))


def _list_parts(cell: CellDose, shown: Shown) -> Iterator[Part]:
    """By category; those of which nothing was planned and nothing done are left out."""
    for one in cell.person.metrics:
        if one.name != shown.metric or one.category is None:
            continue
        if not one.planned.value and one.delivered.value == 0:
            continue
        ratio = one.ratio.value
        yield Part(
            say_id(one.category),
            _tell_amount(one.planned),
            _tell_amount(one.delivered),
            "" if ratio is None else tell_share(ratio),
        )

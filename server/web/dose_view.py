"""The page of the dose matrix in words, around its cells. Pure."""

from dataclasses import dataclass

from server.projection.derived_study import Standing
from server.web.catalogue.spoken import current_language, t
from server.web.dose_cell import Scale
from server.web.dose_context import Card, DosePageContext, LetterEntry, Tab
from server.web.dose_matrix import Study, view_columns, view_rows, view_weeks
from server.web.dose_shown import ALL, Shown
from server.web.dose_words import LEGEND, tell_number, tell_when
from server.web.paths import DOSE_COURSE_PATH, DOSE_PATH


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What stands around the matrix: for whom, of when, and the card of the cell that is open."""

    name: str
    is_simulated: bool
    standing: Standing
    card: Card | None


def view_page(study: Study, shown: Shown, frame: PageFrame) -> DosePageContext:
    """The whole page for one metric."""
    rows, scale = view_rows(study, shown)
    return DosePageContext(
        language=current_language(),
        name=frame.name,
        is_simulated=frame.is_simulated,
        worked_out=tell_worked_out(frame.standing),
        to_come=tell_to_come(study, frame.standing),
        empty=tell_empty(study),
        metric=shown.key,
        caption=t("{label}, by participant and session", label=shown.label),
        scale=tell_scale(study, shown, scale),
        tabs=[Tab(f"{DOSE_PATH}?metric={one.key}", one.label, one is shown) for one in ALL],
        weeks=view_weeks(study),
        columns=view_columns(study),
        rows=rows,
        letters=[LetterEntry(one.letter, one.words) for one in LEGEND],
        card=frame.card,
        course_path=DOSE_COURSE_PATH,
    )


def tell_worked_out(standing: Standing) -> str:
    """Of when the numbers are."""
    if standing.as_of_wall_ns is None:
        return t("Nothing was worked out yet")
    return t("Worked out {when}", when=tell_when(standing.as_of_wall_ns))


def tell_to_come(study: Study, standing: Standing) -> str:
    """What isn't in these numbers yet; empty where everything is."""
    waiting = [one for one in study.lines if one["state"] != "planned"]
    n_waiting = sum(one["id"] not in study.built for one in waiting)
    if standing.has_failed:
        return t("Working out failed; older numbers are shown. The server's log says why.")
    if standing.is_behind and n_waiting:
        return t("Sessions being worked out: {n}. Reload in a moment.", n=n_waiting)
    if standing.is_behind:
        return t("Looking for new entries: reload in a moment.")
    if any(one["state"] == "running" for one in study.lines):
        return t("A session runs now: its numbers are so far.")
    return ""


def tell_empty(study: Study) -> str:
    """Why there is no matrix, and the next step; empty where there is one."""
    if study.lines and study.list_people():
        return ""
    return t(
        "No session is planned and none was held, so there is no dose yet. Next: whoever runs the"
        " server plans the course with 'doseline-server sessions schedule'."
    )


def tell_scale(study: Study, shown: Shown, scale: Scale) -> str:
    """What a full cell stands for."""
    if not study.metrics:
        return t("{label}: nothing of it was worked out for any session.", label=shown.label)
    if scale.largest is None:
        return t("A full cell is what was planned.")
    unit = next(iter(study.metrics.values())).delivered.unit
    if not scale.largest:
        return t("No amount is planned of this, and nobody has a number above 0.")
    return t(
        "No amount is planned of this: a full cell is the largest number here, {n} {unit}.",
        n=tell_number(scale.largest),
        unit=unit,
    )

"""The coverage map from the dose's own quantities. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from server.dose.quantity import Missing
from server.projection.derived_study import Standing
from server.projection.lost_time import LostTime
from server.projection.quality.seen import HEART, MOVEMENT
from server.web.catalogue.spoken import Wording, current_language, t
from server.web.coverage_cell import view_coverage
from server.web.coverage_context import CoverageCell, CoveragePageContext, CoverageRow
from server.web.coverage_words import LOSSES
from server.web.dose_context import LetterEntry, Tab
from server.web.dose_matrix import Study, view_columns, view_weeks
from server.web.dose_view import tell_empty, tell_to_come, tell_worked_out
from server.web.dose_words import LEGEND, NO_PLAN, REASONS
from server.web.paths import COVERAGE_MAP_PATH

# Of efforts and of her own values: no stream lacks a share for these.
_NO_REASONS_HERE: Final = (Missing.REFUSED, Missing.OUT_OF_TABLE, Missing.NOT_MEASURED)
NOTHING_LOST: Final = LostTime()
_LABELS: Final = Wording(lambda: {HEART: t("Heart rate"), MOVEMENT: t("Movement")})
_DEFINITIONS: Final = Wording(
    lambda: {
        HEART: t(
            "Coverage of her mean heart rate, as dose and exports have it: the share of the main"
            " phase, while she was there, in which a heart rate counts."
        ),
        MOVEMENT: t(
            "Coverage of her mean movement (MAD), as dose and exports have it: the share of the"
            " main phase, while she was there, of which samples came."
        ),
    }
)


@dataclass(frozen=True, slots=True)
class MapFrame:
    """What stands around the map."""

    name: str
    is_simulated: bool
    standing: Standing


def find_stream(key: str | None) -> str:
    """Heart rate for a key that is none."""
    return HEART if key is None or key not in _LABELS else key


def view_map(
    study: Study, lost: Mapping[tuple[str, str], LostTime], stream: str, frame: MapFrame
) -> CoveragePageContext:
    """The whole page for one stream; `study.metrics` are those whose coverage it is."""
    columns = study.list_columns()
    rows = [
        CoverageRow(
            code,
            study.signs.get(code, ""),
            [
                view_coverage(
                    study.find(line, code), lost.get((line["id"], code), NOTHING_LOST), study.now
                )
                for line in columns
            ],
        )
        for code in study.list_people()
    ]
    unused = {NO_PLAN, *(REASONS[one] for one in _NO_REASONS_HERE)}
    letters = [one for one in LEGEND if one not in unused]
    return CoveragePageContext(
        language=current_language(),
        name=frame.name,
        is_simulated=frame.is_simulated,
        worked_out=tell_worked_out(frame.standing),
        to_come=tell_to_come(study, frame.standing),
        empty=tell_empty(study),
        caption=t("{label}: coverage by participant and session", label=_LABELS[stream]),
        definition=_DEFINITIONS[stream],
        summary=tell_summary([cell for row in rows for cell in row.cells]),
        tabs=[
            Tab(f"{COVERAGE_MAP_PATH}?stream={key}", label, key == stream)
            for key, label in _LABELS.items()
        ],
        weeks=view_weeks(study),
        columns=view_columns(study),
        rows=rows,
        causes=[LetterEntry(one.letter, one.words) for one in LOSSES.values()],
        letters=[LetterEntry(one.letter, one.words) for one in letters],
    )


def tell_summary(cells: Sequence[CoverageCell]) -> str:
    """How many are covered well enough; no average over what isn't covered."""
    held = [one for one in cells if not one.is_empty]
    shares = [one for one in held if not one.letter]
    n_low = sum(one.is_low for one in shares)
    return t(
        "{enough} person-sessions with 80 % or more, {low} with less, {none} without a share.",
        enough=len(shares) - n_low,
        low=n_low,
        none=len(held) - len(shares),
    )

"""Table `participants`: everybody who was enrolled, with what her heart rates are measured by."""

from collections.abc import Iterator
from typing import Final

from server.dose.heart.hr_max import HrMaxSource
from server.dose.sensed.heart_profile import HeartProfile
from server.export.dataset.absence import Absent
from server.export.dataset.column import Cell, Column, Guard, Kind
from server.export.dataset.quasi import is_quasi
from server.export.dataset.sources.keys import PARTICIPANT
from server.export.dataset.study_view import StudyView
from server.export.dataset.table import Row, Table
from server.projection.heart_profiles import read_profiles
from server.study.fields.measured import MAX_SOURCES
from server.study.heart_link import TESTED
from server.study.participant import Flag

# As measurements have them: one column has one vocabulary in every table.
SOURCE_WORDS: Final = {
    HrMaxSource.MEASURED: TESTED,
    HrMaxSource.TANAKA: "tanaka",
    HrMaxSource.GULATI: "gulati",
    HrMaxSource.NES: "nes",
}
TABLE: Final = Table(
    "participants",
    "Participants: a row each",
    (
        PARTICIPANT,
        Column(
            "arm",
            Kind.STRING,
            "what she was allocated to",
            values={"training": "circuit training", "control": "control"},
            guard=Guard.ARM,
        ),
        Column(
            "heat_sensitive",
            Kind.BOOLEAN,
            "heat brings her symptoms back",
            is_quasi=is_quasi("heat_sensitive"),
        ),
        Column(
            "hr_unreliable",
            Kind.BOOLEAN,
            "medicine or rhythm: her heart rate tells little",
            is_quasi=is_quasi("hr_unreliable"),
        ),
        Column("hr_rest_bpm", Kind.NUMBER, "resting heart rate", "bpm", may_be_absent=True),
        Column(
            "hr_max_bpm",
            Kind.NUMBER,
            "maximum heart rate",
            "bpm",
            may_be_absent=True,
            is_quasi=is_quasi("hr_max_bpm"),
        ),
        Column(
            "hr_max_source",
            Kind.STRING,
            "where the maximum comes from",
            values=MAX_SOURCES,
            may_be_absent=True,
            is_quasi=is_quasi("hr_max_source"),
        ),
    ),
    key=("participant",),
    refers_to={},
)


def read(view: StudyView) -> Iterator[Row]:
    """Everybody, also who never came."""
    profiles = read_profiles(view.study)
    for one in view.participants:
        yield {
            "participant": view.name_person(one.code),
            "arm": one.arm.value,
            "heat_sensitive": Flag.HEAT_SENSITIVE in one.flags,
            "hr_unreliable": Flag.HR_UNRELIABLE in one.flags,
            **_tell_heart(profiles.get(one.code)),
        }


def _tell_heart(profile: HeartProfile | None) -> dict[str, Cell]:
    scale = None if profile is None else profile.scale
    missing = Absent("not_measured")
    if scale is None:
        return dict.fromkeys(("hr_rest_bpm", "hr_max_bpm", "hr_max_source"), missing)
    source = scale.max.source
    return {
        "hr_rest_bpm": scale.rest_bpm,
        "hr_max_bpm": scale.max.bpm,
        "hr_max_source": missing if source is None else SOURCE_WORDS[source],
    }

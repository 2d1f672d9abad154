"""What each role sees and enters of participants and of their blood. Pure.

Assessor, laboratory and statistician must not know who trains: they see neither the arm nor a field
that tells it. A laboratory sees tubes and plates, and nothing of how somebody is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from server.people.roles import Role
from server.study.fields.drawn import ASSAYED, DRAWN
from server.study.fields.field import Field, Section
from server.study.fields.measured import MEASURED

_MEASURED: Final = frozenset(
    {Section.BODY, Section.DISEASE, Section.HEART, Section.MEDICINE, Section.LIFE}
)
_DRAWN: Final = frozenset({Section.TUBE, Section.CONTEXT})
_ASSAYED: Final = frozenset({Section.ASSAY})
_ALL: Final = _MEASURED | _DRAWN | _ASSAYED
_NONE: Final[frozenset[Section]] = frozenset()


@dataclass(frozen=True, slots=True)
class Sight:
    """`knows_arm`: may know who trains."""

    knows_arm: bool
    reads: frozenset[Section]
    enters: frozenset[Section]

    def may_read(self, field: Field) -> bool:
        return field.section in self.reads and (self.knows_arm or not field.reveals_arm)

    def may_enter(self, field: Field) -> bool:
        return field.section in self.enters and self.may_read(field)

    def list_read(self, table: tuple[Field, ...]) -> list[Field]:
        """The fields of a table that she sees."""
        return [field for field in table if self.may_read(field)]

    def list_entered(self, *tables: tuple[Field, ...]) -> frozenset[str]:
        """Names of the fields that she may enter."""
        return frozenset(f.name for table in tables for f in table if self.may_enter(f))


SIGHTS: Final[Mapping[Role, Sight]] = {
    Role.RESEARCHER: Sight(True, _ALL, _ALL),
    Role.DATA_MANAGER: Sight(True, _ALL, _ALL),
    Role.MONITOR: Sight(True, _ALL, _NONE),
    # Biomarkers stay closed to whoever measures and treats, so that nobody can be influenced.
    Role.CLINICIAN: Sight(False, _MEASURED, _MEASURED),
    Role.ASSESSOR: Sight(False, _MEASURED | _DRAWN, _MEASURED | _DRAWN),
    Role.LAB: Sight(False, frozenset({Section.TUBE}) | _ASSAYED,
                    frozenset({Section.TUBE}) | _ASSAYED),
    Role.STATISTICIAN: Sight(False, _ALL, _NONE),
}  # fmt: skip


def _find(table: tuple[Field, ...], *, enters: bool) -> frozenset[Role]:
    return frozenset(
        role
        for role, sight in SIGHTS.items()
        if (sight.list_entered(table) if enters else sight.list_read(table))
    )


MEASUREMENT_READERS: Final = _find(MEASURED, enters=False)
MEASUREMENT_ENTERERS: Final = _find(MEASURED, enters=True)
SAMPLE_READERS: Final = _find((*DRAWN, *ASSAYED), enters=False)
SAMPLE_ENTERERS: Final = _find((*DRAWN, *ASSAYED), enters=True)

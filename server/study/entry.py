"""What somebody gives of a participant or of her blood, before anything of it is stored. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from protocol.identifiers import ParticipantCode
from server.study.fact_kind import FactKind
from server.study.fields.drawn import ASSAYED_BY_NAME, DRAWN_BY_NAME
from server.study.fields.field import Answers, Field
from server.study.fields.measured import MEASURED_BY_NAME
from server.study.measurement import TimePoint
from server.study.trouble import Trouble

FIELDS_OF: Mapping[FactKind, Mapping[str, Field]] = {
    FactKind.MEASUREMENT: MEASURED_BY_NAME,
    FactKind.DRAW: DRAWN_BY_NAME,
    FactKind.SAMPLE: ASSAYED_BY_NAME,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """Answers to some fields of one thing; the others stay as they are.

    `id` is its maker's (UUIDv7), None where a new one is to be made. `seen` is how often something
    was said of the thing when it was shown, None where nobody looked. `lines` say where each field
    stands in a file, `line` where the rest does.
    """

    kind: FactKind
    code: ParticipantCode
    time_point: TimePoint
    answers: Answers
    analyte: str = ""
    matrix: str = ""
    id: str | None = None
    reason: str | None = None
    seen: int | None = None
    line: int | None = None
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def about(self) -> str:
        """The thing's name in the facts."""
        return name_thing(self.code, self.time_point, self.analyte, self.matrix)

    def locate(self, trouble: Trouble) -> Trouble:
        """The same trouble, with the line that it stands in."""
        line = self.lines.get(trouble.field, self.line)
        return Trouble(trouble.field, trouble.sentence, line)


def name_thing(code: str, time_point: str, analyte: str = "", matrix: str = "") -> str:
    """`P07/baseline`, or `P07/baseline/bdnf/serum` of a sample."""
    return "/".join(part for part in (code, time_point, analyte, matrix) if part)


def split_thing(about: str) -> tuple[ParticipantCode, TimePoint, str, str]:
    """What `name_thing` put together."""
    code, time_point, *rest = about.split("/")
    analyte, matrix = rest or ("", "")
    return ParticipantCode(code), TimePoint(time_point), analyte, matrix

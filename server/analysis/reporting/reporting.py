"""What a report is given of a study: facts, and the study's own sentences."""

from collections.abc import Mapping
from dataclasses import dataclass

from server.analysis.reporting.answers import Answer, answer_checklist
from server.analysis.reporting.checklist import Checklist
from server.analysis.reporting.facts import StudyFacts
from server.analysis.reporting.flow import Flow, make_flow
from server.analysis.reporting.shipped import FLOW, read_checklists
from server.analysis.reporting.withholding import withhold
from server.study.reporting_sentences import OwnSentence


@dataclass(frozen=True, slots=True)
class Reporting:
    """`is_blinded`: nothing by arm, and no free text."""

    facts: StudyFacts
    histories: Mapping[str, list[OwnSentence]]
    is_blinded: bool = False

    def blind(self) -> "Reporting":
        """What may be told before the lock."""
        return Reporting(withhold(self.facts), self.histories, is_blinded=True)

    def answer(self, checklist: Checklist) -> list[Answer]:
        """Every item in its order."""
        with_own = not self.is_blinded
        return answer_checklist(checklist, self.facts, self.histories, with_own=with_own)

    def draw_up_flow(self) -> Flow:
        """The boxes of the diagram."""
        return make_flow(self.facts, self.histories, with_own=not self.is_blinded)


def list_published() -> list[Checklist]:
    """Those that somebody published."""
    return [one for one in read_checklists() if one.id != FLOW]

"""The whole document of an analysis; another section is one more line."""

from collections.abc import Callable
from typing import Final

from server.analysis.report.content import Content
from server.analysis.report.document import Document, Section
from server.analysis.report.sections.arithmetic import write_arithmetic
from server.analysis.report.sections.assumptions import write_assumptions
from server.analysis.report.sections.baseline import write_baseline
from server.analysis.report.sections.before_and_after import write_before_and_after
from server.analysis.report.sections.checklists import write_checklists
from server.analysis.report.sections.dose import write_dose
from server.analysis.report.sections.dose_delivered import write_dose_delivered
from server.analysis.report.sections.foundation import write_foundation
from server.analysis.report.sections.methods_text import write_methods
from server.analysis.report.sections.missing import write_missing
from server.analysis.report.sections.participant_flow import write_flow
from server.analysis.report.sections.power import write_power
from server.analysis.report.sections.primary import write_primary
from server.analysis.report.sections.refused import write_refused
from server.analysis.report.sections.robustness import write_robustness

TITLE: Final = "Training dose, BDNF and GDNF"
SIMULATED: Final = "SIMULATED: no person stands behind these numbers"
ALL: Final[tuple[Callable[[Content], Section | None], ...]] = (
    write_foundation,
    write_flow,
    write_arithmetic,
    write_baseline,
    write_primary,
    write_before_and_after,
    write_robustness,
    write_missing,
    write_assumptions,
    write_dose_delivered,
    write_dose,
    write_power,
    write_refused,
    write_methods,
    write_checklists,
)


def write_document(content: Content) -> Document:
    """Sections that have something to say, in the order of ALL."""
    written = [write(content) for write in ALL]
    sections = tuple(one for one in written if one is not None)
    return Document(TITLE, content.notice, sections)

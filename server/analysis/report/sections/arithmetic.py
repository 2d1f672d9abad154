"""The check that published tables are put to, on this report's own, before anybody reads on."""

from server.analysis.report.content import Content
from server.analysis.report.document import Notes, Section, Text
from server.analysis.report.own_summary import read_own_summary
from server.analysis.summary_check.check import check_summary

_FOLLOWS = (
    "F and partial \u03b7\u00b2 of the mixed ANOVA follow from the means, SDs and numbers of"
    " participants that are printed here, over all roundings: {n} checks, none against it."
)
_CONTRADICTS = (
    "These tables contradict each other: don't use this report, and tell whoever keeps the program."
)


def write_arithmetic(content: Content) -> Section | None:
    """None where the report prints no F."""
    findings = check_summary(read_own_summary(content))
    if not findings:
        return None
    wrong = [one for one in findings if one.verdict.is_against]
    if not wrong:
        told: Text | Notes = Text(_FOLLOWS.format(n=len(findings)))
    else:
        sentences = (f"{one.measure}, {one.term}: {one.claim}. {one.explanation}" for one in wrong)
        told = Notes((_CONTRADICTS, *sentences))
    return Section("Does this report add up", (told,))

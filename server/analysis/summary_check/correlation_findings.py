"""The implied correlations of before and after, told of each arm."""

from server.analysis.summary_check.contrasts import Stratum, Term, stratum_of
from server.analysis.summary_check.correlations import CorrelationLine
from server.analysis.summary_check.feasible import find_f
from server.analysis.summary_check.finding import Finding, Verdict
from server.analysis.summary_check.implied import Anchor
from server.analysis.summary_check.printed import Interval, tell, tell_range
from server.analysis.summary_check.rows import Rows


def tell_correlations(rows: Rows) -> list[Finding]:
    """Nothing where no F agrees with the means, or an arm has no spread."""
    anchor = rows.find_teller()
    if anchor is None:
        return []
    line = CorrelationLine.of(anchor)
    ranges = (("control", line.control), ("training", line.training))
    return [_write(anchor, line, arm, over) for arm, over in ranges if over is not None]


def _write(anchor: Anchor, line: CorrelationLine, arm: str, over: Interval) -> Finding:
    told = (
        f"F = {anchor.f.text} of {anchor.term} asks for"
        f" {tell(line.weight_control)} r_control + {tell(line.weight_training)} r_training"
        f" = {tell(line.total)}: r of {arm} is {tell_range(over)}."
        f"{_tell_equal(line)}{_tell_sign(anchor, over, arm)}"
    )
    return Finding(
        anchor.measure.name,
        f"r_{arm}",
        "correlation of before and after, not printed",
        Verdict.CONSISTENT,
        over,
        line.equal,
        told,
    )


def _tell_equal(line: CorrelationLine) -> str:
    told = "" if line.equal is None else f" Equal in both arms it is {tell(line.equal)}."
    alone = line.training_if_control_is_0
    return told if alone is None else f"{told} With r_control = 0, r_training is {tell(alone)}."


def _tell_sign(anchor: Anchor, over: Interval, arm: str) -> str:
    """The same people measured twice nearly always correlate positively."""
    if over.hi >= 0:
        return ""
    told = f" It must be negative in the {arm} arm, which is unusual for people measured twice."
    if stratum_of(anchor.term) is Stratum.WITHIN:
        least = find_f(anchor.measure, Term.INTERACTION, 0.0)
        told += f" With r >= 0 in both arms F of the interaction would be {tell(least)} or more."
    return told

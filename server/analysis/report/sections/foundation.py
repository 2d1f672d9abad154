"""What the report rests on: rows, plan, seed, versions, each with its hash."""

from collections import Counter

from server.analysis.report.column_words import name_column, name_outcome, tell_dose
from server.analysis.report.content import Content
from server.analysis.report.document import Block, Grid, Notes, Section, Text, join_notes


def write_foundation(content: Content) -> Section:
    """First, so that nobody reads a number without it."""
    frame, plan = content.frame, content.plan
    arms = " and ".join(f"{frame.group.count(arm)} in {arm}" for arm in ("training", "control"))
    rows = (
        ("participants", f"{frame.n}: {arms}"),
        ("data, SHA-256", frame.sha256),
        ("plan in force, SHA-256", "none" if content.planned is None else content.planned.sha256),
        ("what was run, SHA-256", plan.sha256),
        ("co-primary outcomes", ", ".join(map(name_outcome, plan.outcomes))),
        (f"dose {content.named}", "none" if plan.dose is None else tell_dose(plan.dose)),
        ("seed", str(plan.seed)),
        *((name, version) for name, version in sorted(content.versions.items())),
    )
    blocks: list[Block] = [Grid("What went in.", ("what", "value"), rows), _tell_plan(content)]
    blocks += join_notes([tuple(content.remarks)])
    if any(content.why.values()):
        blocks.append(_tell_missing(content))
    return Section("What this report rests on", tuple(blocks))


def _tell_missing(content: Content) -> Grid:
    """Column by column, how many numbers are missing for which reason."""
    rows = [
        (name_column(name), reason.replace("_", " "), str(n))
        for name, why in sorted(content.why.items())
        for reason, n in sorted(Counter(why.values()).items())
    ]
    return Grid("Numbers that are missing, and why.", ("column", "reason", "n"), tuple(rows))


def _tell_plan(content: Content) -> Text | Notes:
    if content.departures is None:
        return Notes(("No plan was given: nothing here was named in advance.",))
    if not content.departures:
        return Text("Everything was run as that plan says.")
    return Notes(("This was run otherwise than planned.", *content.departures))

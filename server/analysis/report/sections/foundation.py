"""What the report rests on: rows, plan, seed, versions, each with its hash."""

from server.analysis.report.content import Content
from server.analysis.report.document import Grid, Notes, Section, Text


def write_foundation(content: Content) -> Section:
    """First, so that nobody reads a number without it."""
    frame, plan = content.frame, content.plan
    arms = " and ".join(f"{frame.group.count(arm)} in {arm}" for arm in ("training", "control"))
    rows = (
        ("participants", f"{frame.n}: {arms}"),
        ("data, SHA-256", frame.sha256),
        ("plan, SHA-256", plan.sha256),
        ("co-primary outcomes", ", ".join(plan.outcomes)),
        ("dose named in advance", plan.dose or "none"),
        ("seed", str(plan.seed)),
        *((name, version) for name, version in sorted(content.versions.items())),
    )
    grid = Grid("What went in.", ("what", "value"), rows)
    return Section("What this report rests on", (grid, _tell_plan(content)))


def _tell_plan(content: Content) -> Text | Notes:
    if content.departures is None:
        return Notes(("No plan was given: nothing here was named in advance.",))
    if not content.departures:
        return Text("Everything was run as planned.")
    return Notes(("This was run otherwise than planned.", *content.departures))

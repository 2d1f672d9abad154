"""What so many participants can show, whatever was found."""

from server.analysis.methods.power.planning import Power
from server.analysis.report.content import Content
from server.analysis.report.document import Grid, Section, Text, join_notes
from server.analysis.report.number_words import write_number


def write_power(content: Content) -> Section | None:
    """None where no design takes so few."""
    found = list(content.find(Power, None))
    if not found:
        return None
    rows = tuple(
        (
            one.design,
            one.effect_convention,
            str(one.n),
            f"{one.alpha:g}",
            write_number(one.wanted_power),
            write_number(one.minimum_detectable),
        )
        for one in found
    )
    head = ("design", "effect as", "n", "\u03b1", "power", "smallest effect shown")
    words = "Of the designs alone: no power is computed from an effect that was observed."
    grid = Grid("Smallest effects.", head, rows)
    notes = join_notes([one.notes for one in found])
    return Section("What this size can show", (grid, Text(words), *notes))

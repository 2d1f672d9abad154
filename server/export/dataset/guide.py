"""`README.md` of a dataset: what a stranger must know before the first number."""

from collections.abc import Sequence
from typing import Final

from server.export.dataset.absence import VOCABULARY
from server.export.dataset.disclosure import LEAST, Disclosure
from server.export.dataset.manifest import SIMULATED, Provenance
from server.export.dataset.profiles import TITLE, Profile
from server.export.dataset.table import WHY
from server.export.dataset.tallied import Tally
from server.study.told_parts import Part

FILE: Final = "README.md"
_PARTS: Final = {
    Part.OUTCOMES: "outcomes and nothing that only those have who train",
    Part.SESSIONS: "what tells who trains and no outcome",
}
_EVEN: Final = {"exact_values": ", and in no bands enough are alike"}


def write_guide(profile: Profile, provenance: Provenance, tallies: Sequence[Tally]) -> str:
    """Markdown; the same data give the same text."""
    parts = (
        _write_head(provenance),
        _write_tables(profile, tallies),
        _write_conventions(provenance),
        _write_bands(provenance),
        _write_apart(provenance),
        _write_withheld(provenance),
        _write_absence(),
        _write_left_out(provenance),
    )
    return "\n\n".join(parts) + "\n"


def _write_head(provenance: Provenance) -> str:
    notice = f"\n\n**{SIMULATED}.**" if provenance.is_simulated else ""
    return (
        f"# {TITLE}{notice}\n\n"
        f"Profile `{provenance.profile}`, made for {provenance.recipient}. Participants have"
        " pseudonyms that this recipient alone has; rows of another export can still be matched by"
        " values that are alike, so they stay personal data. `manifest.json` has the checksum of"
        " each file, what is absent and why, and the versions of all formulas; `codebook.csv` has"
        " every column."
    )


def _write_tables(profile: Profile, tallies: Sequence[Tally]) -> str:
    rows = [
        f"| `{profile.name_file(one.table)}` | {one.table.title} | {one.n_rows} |"
        f" {', '.join(one.table.key)} |"
        for one in tallies
    ]
    return "\n".join(["| file | what | rows | key |", "|---|---|---|---|", *rows])


def _write_conventions(provenance: Provenance) -> str:
    zone = provenance.time_zone or "UTC, as the study says no time zone"
    return (
        "Days count from 1, the day of the first session; there is no day 0. Sessions and draws of"
        f" blood alike have the day that it was then in the study's time zone ({zone}). Amounts of"
        " sets count both sides where each side does them. In `dose`, `delivered` is as logged;"
        " `_observed` metrics count only what somebody saw, and are a lower bound. A number of dose"
        " is never filled in: with less than 80 % heard it is absent. Training doses are of whoever"
        " trained: never correlate them over both arms."
    )


def _write_absence() -> str:
    lines = "\n".join(
        f"| `{word}` | {one.label} | {one.spss} |" for word, one in VOCABULARY.items()
    )
    return (
        f"An empty cell has its reason in the column beside it, which ends with `{WHY}`:\n\n"
        f"| reason | meaning | in SPSS |\n|---|---|---|\n{lines}"
    )


def _write_bands(provenance: Provenance) -> str:
    """What a stranger must not take for a value."""
    if not provenance.bands:
        return "No column is in bands."
    lines = "\n".join(
        f"| `{one.table}.{one.column.name}` | {one.of} | {'; '.join(one.column.values)} |"
        for one in provenance.bands
    )
    return (
        "These columns are in bands in place of values, so coarse that participants stay alike:"
        " count them, and calculate nothing with them. A band has its lower limit and lacks its"
        " upper one. No column is finer than in an earlier dataset of this recipient, so that hers"
        f" may be joined.\n\n| column | in place of | bands |\n|---|---|---|\n{lines}"
    )


def _write_withheld(provenance: Provenance) -> str:
    """So that nobody takes it for something that wasn't measured."""
    names = [f"`{name}`" for names in provenance.withheld.values() for name in names]
    if not names:
        return "Nothing is withheld."
    return (
        "Beside others these would tell somebody's maximum heart rate, and with it her age, or her"
        " sex; their numbers are `withheld`, and need the approval of exact values:"
        f" {', '.join(names)}."
    )


def _write_apart(provenance: Provenance) -> str:
    """Whether who trains can be told, and what is left out so that it can't."""
    apart, lock = provenance.apart, provenance.analysis.lock_sha256
    blind = (
        "The analysis data aren't locked: whoever analyses is still blinded to the arms."
        if lock is None
        else f"The analysis data are locked (SHA-256 {lock}), and the analysis is unblinded."
    )
    plan = provenance.analysis.plan_sha256
    planned = "" if plan is None else f" The plan of the analysis has SHA-256 {plan}."
    if apart.is_whole:
        return f"Arms were approved: this dataset tells who trains. {blind}{planned}"
    tables, cells = (", ".join(f"`{one}`" for one in told) for told in (apart.empty, apart.cells))
    return (
        f"Arms weren't approved, so this dataset holds {_PARTS[apart.part]}, and not both: who"
        " trains would stand beside every outcome. These tables have no rows:"
        f" {tables}. These cells are `withheld` for everybody alike: {cells}. {blind}{planned}"
    )


def _tell_alike(how: str, found: Disclosure) -> list[str]:
    if found.k is None:
        return []
    alike = f"alike in {', '.join(found.columns)}" if found.columns else "by which nobody is told"
    return [f"- the smallest group {alike}, {how}, has {found.k} (least: {LEAST})"]


def _write_left_out(provenance: Provenance) -> str:
    disclosure = provenance.disclosure
    lines = [
        f"- {', '.join(columns)}: {why} weren't approved{_EVEN.get(why, '')}"
        for why, columns in provenance.left_out.items()
        if columns
    ]
    if provenance.granted is not None:
        granted = provenance.granted
        lines.append(
            f"- approved: {', '.join(provenance.approved)}, as {granted.asked_by} asked (request"
            f" {granted.number}) and {granted.approved_by} approved"
        )
    lines += _tell_alike("as it goes out", disclosure)
    if not provenance.is_exact:
        lines += _tell_alike("in exact values", provenance.exact)
    return "Left out, and approved:\n\n" + ("\n".join(lines) or "- nothing")

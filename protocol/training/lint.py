"""Every contradiction in a training plan, not the first: the table of the linter's rules."""

from typing import Final

from protocol.training.linting import bands, limits, moving_on, source, stations, time, weeks
from protocol.training.linting.findings import Finding, Rule, Severity, find_note
from protocol.training.linting.sessions import SESSION_RULES
from protocol.training.linting.structure import STRUCTURE_RULES
from protocol.training.plan import TrainingPlan

RULES: Final[tuple[Rule, ...]] = (
    weeks.find_category_holes,
    weeks.find_exercise_holes,
    weeks.find_rows_against_category,
    weeks.find_thin_weeks,
    weeks.find_load_falling,
    weeks.find_amounts_falling,
    weeks.find_steps_within_a_week,
    weeks.find_sets_not_rounds,
    stations.find_stations_without_words,
    stations.find_bands_not_needed,
    bands.find_band_of_week_inferred,
    bands.find_bands_falling,
    bands.find_bands_unused,
    time.find_minutes_not_adding_up,
    time.find_weeks_too_long,
    time.find_rest_unclear,
    source.find_late_category_early,
    source.find_amounts_outside_text,
    source.find_printed_rows_without_exercise,
    source.find_units_not_printed,
    source.find_movements_twice,
    source.find_effort_range_unclear,
    source.find_identical_for_a_wide_range,
    source.find_overload_not_modelled,
    source.find_intensity_missing,
    limits.find_targets_not_accepted,
    limits.find_effort_falling,
    limits.find_limits_unsigned,
    limits.find_limits_out_of_order,
    moving_on.find_categories_without_policy,
    moving_on.find_axes_without_means,
    moving_on.find_evidence_out_of_reach,
    moving_on.find_harder_before_easier,
    moving_on.find_jumps_unlocked,
)
_ORDER: Final = list(Severity)  # error, warning, note


def lint_plan(plan: TrainingPlan) -> tuple[Finding, ...]:
    """All that is found, errors first. Never raises, whatever the plan says."""
    broken = [finding for rule in STRUCTURE_RULES for finding in rule(plan)]
    found = broken + [finding for rule in RULES for finding in rule(plan)]
    if broken:
        message = "the sessions can't be worked out until what is broken is mended"
        found.append(find_note("sessions_not_checked", "selection", message))
    else:
        found += [finding for rule in SESSION_RULES for finding in rule(plan)]
    return tuple(sorted(found, key=lambda finding: _ORDER.index(finding.severity)))

"""Which filler answers which topic; another one is one more line."""

from collections.abc import Callable, Mapping
from typing import Final

from server.analysis.reporting.facts import StudyFacts
from server.analysis.reporting.fillers import analysing, delivery, harms, participants, training
from server.analysis.reporting.told import Said

Fill = Callable[[StudyFacts], Said]

FILLERS: Final[Mapping[str, Fill]] = {
    "adherence_measured": delivery.tell_adherence_measured,
    "analysed_population": analysing.tell_analysed_population,
    "baseline_table": analysing.tell_baseline_table,
    "blinding": participants.tell_blinding,
    "brief_name": training.tell_brief_name,
    "changes": analysing.tell_changes,
    "datasets": analysing.tell_datasets,
    "dates": participants.tell_dates,
    "delay": participants.tell_delay,
    "delivered": delivery.tell_delivered,
    "design": participants.tell_design,
    "dosage": training.tell_dosage,
    "early_ends": delivery.tell_early_ends,
    "equipment": training.tell_equipment,
    "exercises": training.tell_exercises,
    "flow": participants.tell_flow,
    "group": delivery.tell_group,
    "harms": harms.tell_harms,
    "harms_collected": harms.tell_harms_collected,
    "harms_exposure": harms.tell_harms_exposure,
    "harms_interval": harms.tell_harms_interval,
    "harms_seen_by": harms.tell_harms_seen_by,
    "harms_unnamed": harms.tell_harms_unnamed,
    "home": training.tell_home,
    "interim": participants.tell_interim,
    "limits": harms.tell_limits,
    "losses": participants.tell_losses,
    "missing_handled": analysing.tell_missing_handled,
    "modifications": delivery.tell_modifications,
    "no_harms": harms.tell_no_harms,
    "other_methods": analysing.tell_other_methods,
    "other_results": analysing.tell_other_results,
    "outcomes": analysing.tell_outcomes,
    "plans_in_force": analysing.tell_plans,
    "prescribed": training.tell_prescribed,
    "progression": training.tell_progression,
    "progression_rule": training.tell_progression_rule,
    "qualification": delivery.tell_qualification,
    "results": analysing.tell_results,
    "setting": delivery.tell_setting,
    "standardised": training.tell_standardised,
    "starting_level": training.tell_starting_level,
    "statistics": analysing.tell_statistics,
    "supervision": delivery.tell_supervision,
    "tailored": training.tell_tailored,
    "tailored_how": training.tell_tailored_how,
    "trainers": delivery.tell_trainers,
    "trainers_followed": delivery.tell_trainers_followed,
}

"""One English sentence for each rule of progression, by its name; a catalogue translates them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "locked": "{exercise} needs a readiness sign-off for her first.",
        "over_ceiling": "{band} is stronger than this week's {ceiling}.",
        "symptoms": "She had symptoms in session {session}; a person decides.",
        "lighter_today": "Session {session} was lighter on purpose; it says nothing.",
        "effort_above_twice": "Effort was above the accepted band in sessions {sessions}.",
        "form_lost_twice": "Form was lost in sessions {sessions}.",
        "at_the_bottom": "There is nothing easier in this plan; a person decides.",
        "effort_above_once": "Effort {rpe} in session {session} was above the accepted {accept}.",
        "form_lost_once": "Form was lost in session {session}.",
        "start": "She starts here; look at her here today.",
        "not_observed": "Nobody saw her sets in session {session}; look at her here today.",
        "too_few_observed": "{observed} of {needed} sets were seen in session {session}; "
        "look at her here today.",
        "other_band": "Her sets in session {session} were not on {band}.",
        "below_top": "She didn't reach {amount} in {needed} sets in session {session}.",
        "form_not_said": "Nobody said how her form was in session {session}.",
        "effort_not_given": "She gave no effort at this station in session {session}; "
        "ask her here today.",
        "effort_above_target": "Effort {rpe} in session {session} was above the {target} aimed at.",
        "once_more": "Session {session} was good; {needed} such sessions running make a step.",
        "stale": "The last evidence is of session {session}; look at her here today.",
        "week_ceiling": "She has earned more than week {week} allows.",
        "top_of_plan": "She has earned more than this plan has.",
        "earned": "{needed} observed sets of {amount} with good form, effort at or below the aim, "
        "in sessions {sessions}.",
        "plan_same": "The plan has the same as before, for everybody.",
        "plan_step": "The plan's step for session {session}, the same for everybody.",
    }
)


def write_why(rule: str, values: Mapping[str, int | str]) -> str:
    """The sentence of a rule with its values."""
    return SENTENCES[rule].format_map(values)

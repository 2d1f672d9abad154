"""What may be told before the data are locked: nothing by arm, and nothing that only one arm has.

Harms and delivery are of whoever trains, as doses are (`server.analysis.dummy_arms`). Free text
could say anything, so nobody's is told.
"""

from dataclasses import replace
from typing import Final

from server.analysis.reporting.facts import StudyFacts

_REASON: Final = "reason left out until the lock"


def withhold(facts: StudyFacts) -> StudyFacts:
    """The same without arms, harms and delivery."""
    registered = facts.registered
    if registered is not None:
        registered = replace(registered, replaced=(_REASON,) * len(registered.replaced))
    return replace(facts, arms=None, delivery=None, registered=registered)

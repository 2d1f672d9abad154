"""The quality rules in words: what each finds, from which threshold on, and where to look."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from server.dose.heart.coverage import MIN_COVERAGE
from server.dose.heart.nn_cleaning import FLAGGED_ABOVE, UNUSABLE_ABOVE
from server.projection.quality import (
    above_her_maximum,
    clock_fit_poor,
    effort_far_from_heart,
    effort_jump,
    gateway_clock_set,
    history,
    not_closed,
    not_held,
    swap_suspected,
)
from server.web.catalogue.spoken import Wording, t
from server.web.dose_words import tell_number, tell_share


@dataclass(frozen=True, slots=True)
class RuleWords:
    """`has_review`: what it finds can be corrected in the session's review."""

    title: str
    threshold: str
    look: str
    has_review: bool = True


WORDS: Final[Mapping[str, RuleWords]] = Wording(
    lambda: {
        "swap_suspected": RuleWords(
            t("Straps swapped?"),
            t(
                "Seated, or at an effort within {effort} of tonight's: each of two women is more"
                " than {far} bpm from her own median of {fewest} earlier evenings or more, and"
                " within {near} bpm of the other's; and no other sign of theirs says no.",
                effort=tell_number(history.SAME_EFFORT),
                far=tell_number(history.FAR_BPM),
                fewest=history.FEWEST,
                near=tell_number(swap_suspected.NEAR_BPM),
            ),
            t("Who wore which strap, on the assignment lane of the session's review."),
        ),
        "strap_disputed": RuleWords(
            t("One strap, two women"),
            t("Two women are said to have worn the same strap at the same time, for any length."),
            t(
                "Both entries on the assignment lane: until one is put right its values are"
                " nobody's."
            ),
        ),
        "seated_unlike_hers": RuleWords(
            t("Seated heart rate unlike hers"),
            t(
                "More than {far} bpm from her own median of {fewest} earlier evenings or more.",
                far=tell_number(history.FAR_BPM),
                fewest=history.FEWEST,
            ),
            t(
                "Whose strap it was, and what was said of her that day: fever, a new medicine,"
                " heat."
            ),
        ),
        "coverage_low": RuleWords(
            t("Coverage low"),
            t(
                "Less than {share} of the main phase was heard, or nothing of a strap that was"
                " worn, or she came and wore none.",
                share=tell_share(MIN_COVERAGE),
            ),
            t(
                "The grey gaps of her lane, and the coverage map for whether it is her, a strap or"
                " all; where nothing came in, what the gateway's page says that it still holds."
            ),
        ),
        "above_her_maximum": RuleWords(
            t("Heart rate above her maximum"),
            t(
                "{seconds} s or more above the maximum that was measured, or {margin} bpm above one"
                " from a formula of age.",
                seconds=tell_number(above_her_maximum.LEAST_S),
                margin=tell_number(above_her_maximum.FORMULA_MARGIN_BPM),
            ),
            t("Her heart rate in the review. If it is real, her maximum is to be raised."),
        ),
        "artefacts_many": RuleWords(
            t("Many artefacts"),
            t(
                "More than {share} of her beat intervals; from {unusable} on nothing is told.",
                share=tell_share(FLAGGED_ABOVE),
                unusable=tell_share(UNUSABLE_ABOVE),
            ),
            t("Her heart rate in the review; then the strap: wet it, tighten it, wash it."),
        ),
        "effort_jump": RuleWords(
            t("Effort jumps"),
            t(
                "{n} or more between two ratings of one exercise, twice what repeats differ by"
                " (Lamb 1999); of two exercises in two rounds in a row, which each sweep asks about"
                " on purpose, only {least} or less against {most} or more.",
                n=effort_jump.FAR_SAME,
                least=effort_jump.LEAST_HARD,
                most=effort_jump.HARDEST,
            ),
            t("Both ratings on her lane, and who gave them."),
        ),
        "effort_far_from_heart": RuleWords(
            t("Effort and heart rate differ"),
            t(
                "Advisory, the rating leads: {n} classes of intensity or more apart (Garber 2011);"
                " never where her heart rate is marked unreliable.",
                n=effort_far_from_heart.CLASSES_APART,
            ),
            t("Her rating of the session, her coverage, and whether it is her strap."),
        ),
        "attendance_missing": RuleWords(
            t("Nobody said that she came"),
            t("Any strap that she wore or set that was entered, without a word on her coming."),
            t(
                "Her attendance in the review or on the tablet: until then none of her doses is"
                " known."
            ),
        ),
        "entries_in_conflict": RuleWords(
            t("Two entries, no decision"),
            t("Any fact of which two entries say different things."),
            t("Both entries in the review or on the tablet: somebody who was there decides."),
        ),
        "sets_without_time": RuleWords(
            t("Sets without times"),
            t("Any set that was entered as done and that the circuit's clock never had."),
            t("Her sets in the review: was the clock not started, or is it an extra set?"),
        ),
        "clock_fit_poor": RuleWords(
            t("Clock fit poor"),
            t(
                "On a stretch of {n} s or more: half of the frames came over 100 ms late, the"
                " strap's clock runs away from the gateway's, or its rate is more than 1 % off.",
                n=tell_number(clock_fit_poor.LEAST_S),
            ),
            t("The gaps of who wore it; then where the gateway stood, and the strap's firmware."),
        ),
        "gateway_clock_set": RuleWords(
            t("Gateway's clock was set"),
            t(
                "By {n} s or more while straps were worn; the clock that it showed longest holds.",
                n=tell_number(gateway_clock_set.LEAST_S),
            ),
            t("Whether heart rates fit the circuit in the review, and the gateway's time server."),
        ),
        "values_unreadable": RuleWords(
            t("Values can't be read"),
            t("Any value of the session's straps."),
            t("The strap's model and firmware. Of damaged ones: a backup, and the server's disk."),
        ),
        "not_closed": RuleWords(
            t("Session never closed"),
            t("{n} h after its planned start.", n=not_closed.AFTER_H),
            t("The tablet of that evening: what it still holds, and the close that is missing."),
        ),
        "not_held": RuleWords(
            t("Planned, never begun"),
            t("{n} h after its planned start.", n=not_held.AFTER_H),
            t("The tablet of that evening; if it was moved, 'sessions reschedule' on the server."),
            has_review=False,
        ),
    }
)


def find_words(rule: str) -> RuleWords:
    """Those of a rule. Raises KeyError for one that has none; a test asks for all."""
    return WORDS[rule]

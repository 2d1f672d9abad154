"""The metrics that the dose matrix can show, and how each is worked out, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from server.web.catalogue.catalogue import load_catalogue
from server.web.pages import LANGUAGE

t = load_catalogue(LANGUAGE).t


@dataclass(frozen=True, slots=True)
class Shown:
    """`key` stands in addresses; `metric` is its name in the vector.

    `share` is the metric with the share of it that was observed, None where nothing is observed;
    `beside` are other metrics that a reader of this one should see, with what they are.
    """

    key: str
    label: str
    metric: str
    formula: str
    share: str | None = None
    beside: Sequence[tuple[str, str]] = ()


SETS: Final = Shown(
    "sets",
    t("Sets"),
    "sets_as_logged",
    t("Sets that were done, assumed ones too; a skipped set is 0."),
    "sets_observed_share",
    (("sets_observed", t("Seen by somebody")),),
)
REPETITIONS: Final = Shown(
    "repetitions",
    t("Repetitions"),
    "repetitions_as_logged",
    t("Repetitions of all sets that were done, both sides counted where each side does it."),
    "repetitions_observed_share",
    (("repetitions_observed", t("Seen by somebody")),),
)
TENSION: Final = Shown(
    "tension",
    t("Band tension"),
    "band_tension_as_logged",
    t(
        "Repetitions times the band's pull in newtons, from its colour and how far it was"
        " stretched, summed over the sets with a band."
    ),
    "band_tension_observed_share",
    (
        ("band_tension_low_as_logged", t("With the lower published pull")),
        ("band_tension_high_as_logged", t("With the higher published pull")),
        ("band_level", t("Strongest band, as a level")),
    ),
)
SRPE: Final = Shown(
    "srpe",
    t("Session-RPE load"),
    "srpe_load_au",
    t("Effort of the whole session on 0 to 10 times its minutes, rests included (Foster 1998)."),
    beside=(
        ("session_rpe_cr10", t("Effort")),
        ("duration_min", t("Minutes of the session")),
        ("srpe_load_13_as_3_5_au", t("With Borg 13 taken as 3.5")),
        ("rpe_minus_6_min", t("From Borg 6 to 20")),
    ),
)
TRIMP: Final = Shown(
    "trimp",
    t("TRIMP"),
    "trimp_banister_prorated_au",
    t(
        "Minutes times heart rate reserve times its exponential weight, sample by sample in the"
        " main part (Banister 1991); from 80 % coverage on what wasn't heard counts like the rest."
    ),
    beside=(
        ("trimp_banister_au", t("Only what was heard")),
        ("trimp_banister_session_mean_au", t("From the session's mean heart rate")),
        ("trimp_edwards_prorated_au", t("By zones (Edwards 1993)")),
        ("mean_hr_bpm", t("Mean heart rate")),
    ),
)
WORK: Final = Shown(
    "work",
    t("Work minutes"),
    "work_min_as_logged",
    t("Minutes that the clock gave to the work of each set that was done, without rests."),
    "work_min_observed_share",
    (("work_min_observed", t("Seen by somebody")),),
)

ALL: Final = (SETS, REPETITIONS, TENSION, SRPE, TRIMP, WORK)


def find_shown(key: str | None) -> Shown:
    """By its key; the first one for a key that is none."""
    return next((one for one in ALL if one.key == key), SETS)

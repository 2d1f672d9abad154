"""Why a course has no number, in few words, and how its numbers come about."""

from collections.abc import Mapping, Sequence
from typing import Final

from server.dose.course.course_vector import VERSION as COURSE_VERSION
from server.dose.course.sums import VERSION as SUM_VERSION
from server.dose.course.weeks import VERSION as WEEKS_VERSION
from server.dose.effort.week import VERSION as WEEK_VERSION
from server.dose.quantity import Missing
from server.web.catalogue.spoken import Wording, t
from server.web.dose_context import Line

_SHORT: Final[Mapping[Missing, str]] = Wording(
    lambda: {
        Missing.ABSENT: t("absent"),
        Missing.NO_STRAP: t("no strap"),
        Missing.NO_DATA: t("no data of a strap"),
        Missing.LOW_COVERAGE: t("coverage too low"),
        Missing.NOT_OVER: t("not over"),
        Missing.NOT_RECORDED: t("not recorded"),
        Missing.REFUSED: t("she didn't say"),
        Missing.NOT_MEASURED: t("never measured"),
        Missing.OUT_OF_TABLE: t("not in the table"),
        Missing.ZERO_FILLED: t("zeros of a sensor"),
        Missing.WRONG_RATE: t("sampling rate not taken"),
        Missing.UNUSABLE: t("unusable"),
        Missing.NOT_APPLICABLE: t("can't exist"),
    }
)


def tell_short(missing: Missing) -> str:
    """The reason as it stands in a cell."""
    return _SHORT.get(missing, missing.value.replace("_", " "))


def tell_reasons(reasons: Mapping[Missing, int]) -> str:
    """Each with its number of sessions, most of them first."""
    ordered = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0].value))
    return ", ".join(t("{reason}: {n}", reason=tell_short(one), n=n) for one, n in ordered)


def list_formulas() -> Sequence[Line]:
    """What each number is, with its version."""
    return (
        Line(
            t("Session-RPE load"),
            t(
                "Effort of each whole session on 0 to 10 times its minutes, rests included (Foster"
                " 1998, 2001), added up over the plan's sessions and what was made up. A missed"
                " session is 0. Version {n}.",
                n=SUM_VERSION,
            ),
        ),
        Line(
            t("No number"),
            t(
                "One session without a number leaves the course without a sum. Beside it stand how"
                " many are known and what they add up to, a lower bound; and where less than a"
                " fifth of her sessions is missing and each week has one, the sum with those that"
                " are missing counted like the others of their week."
            ),
        ),
        Line(
            t("Week"),
            t(
                "Seven days from the course's first session. Monotony is the mean of the seven"
                " days over their standard deviation (n - 1), rest days as 0; strain is load times"
                " monotony (Foster 1998). Three equal sessions always have monotony 0.80. Version"
                " {week}, of the course {course}.",
                week=WEEK_VERSION,
                course=WEEKS_VERSION,
            ),
        ),
        Line(
            t("Sets completed"),
            t(
                "Sets done of those prescribed, of the sessions that she trained in; what was more"
                " than prescribed doesn't make up for what was less."
            ),
        ),
        Line(
            t("Effort in target"),
            t("Rated sessions whose effort the plan's week accepts, of all that were rated."),
        ),
        Line(
            t("TRIMP"),
            t(
                "Minutes times heart rate reserve times its exponential weight, sample by sample"
                " in the main part (Banister 1991); from 80 % coverage of a session on what wasn't"
                " heard counts like the rest."
            ),
        ),
        Line(
            t("Movement"),
            t(
                "Mean amplitude deviation of the chest's acceleration times the minutes of the main"
                " part (Vähä-Ypyä 2015)."
            ),
        ),
        Line(t("Computed as"), t("course vector, version {n}", n=COURSE_VERSION)),
    )

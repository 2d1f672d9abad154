"""What a correction of a strap would change, in words and numbers. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from server.dose.vector import Metric
from server.projection.person_dose import PersonDose
from server.sessions.domain.holding import Holdings
from server.web.catalogue.spoken import Wording, t
from server.web.dose_words import tell_quantity, tell_share
from server.web.review_assignment_context import Change, PersonChange, Preview
from server.web.review_correction import WEARING
from server.web.review_straps import name_strap
from server.web.review_tables import tell_clock

# Everything else that comes from a sensor changes too; these are what a reader judges by.
_SHOWN: Final[Mapping[str, str]] = Wording(
    lambda: {
        "mean_hr_bpm": t("Mean heart rate"),
        "trimp_banister_au": t("TRIMP by Banister"),
        "trimp_edwards_au": t("TRIMP by Edwards"),
        "mad_mg": t("Movement, MAD"),
        "enmo_mg": t("Movement, ENMO"),
    }
)

Doses = Mapping[str, PersonDose | None]


def view_preview(
    codes: Sequence[str],
    names: tuple[Mapping[str, str], Mapping[str, str]],
    doses: tuple[Doses, Doses],
    worn: tuple[Holdings, Holdings],
) -> Preview:
    """`names` are signs by code and labels by serial; `doses` and `worn` as is and as would be."""
    signs, labels = names
    people = [
        PersonChange(
            title=f"{code} {signs.get(code, '')}".rstrip(),
            worn=tell_wearing(worn[0], labels, code),
            would_wear=tell_wearing(worn[1], labels, code),
            changes=list(_list_changes(doses[0].get(code), doses[1].get(code))),
        )
        for code in codes
    ]
    n = sum(_count_changed(doses[0].get(code), doses[1].get(code)) for code in codes)
    lead = t("Numbers that change: {n}. What the straps sent stays as it is.", n=n)
    return Preview(lead, list(_list_warnings(worn[1], labels, codes)), people)


def tell_wearing(holdings: Holdings, labels: Mapping[str, str], code: str) -> str:
    """Her straps with their times."""
    own = [one.value for one in holdings.of_kind(WEARING) if one.value["participant"] == code]
    own.sort(key=lambda one: str(one["from"]))
    told = [
        t("{name} from {begins} to {ends}", name=name_strap(labels, one["strap"]),
          begins=tell_clock(one["from"]),
          ends=t("the end") if one["until"] is None else tell_clock(one["until"]))
        for one in own
    ]  # fmt: skip
    return "; ".join(told) or t("no strap")


def _list_changes(before: PersonDose | None, after: PersonDose | None) -> Iterator[Change]:
    for name, label in _SHOWN.items():
        old, new = _find(before, name), _find(after, name)
        if old is not None or new is not None:
            yield Change(label, _tell(old), _tell(new))


def _list_warnings(
    after: Holdings, labels: Mapping[str, str], codes: Sequence[str]
) -> Iterator[str]:
    worn = [one.value for one in after.of_kind(WEARING)]
    for place, one in enumerate(worn):
        for other in worn[place + 1 :]:
            is_same_time = all(
                first["until"] is None or first["until"] > second["from"]
                for first, second in ((one, other), (other, one))
            )
            people = {one["participant"], other["participant"]}
            if not is_same_time or not people & set(codes):
                continue
            if one["strap"] == other["strap"] and len(people) == 2:  # noqa: PLR2004 (a pair)
                name = name_strap(labels, one["strap"])
                who = ", ".join(sorted(people))
                yield t("{name} would be on {who} at once: nobody gets its values.",
                        name=name, who=who)  # fmt: skip
            elif one["strap"] != other["strap"] and len(people) == 1:
                names = sorted(name_strap(labels, each["strap"]) for each in (one, other))
                yield t("{who} would wear {one} and {other} at once.",
                        who=one["participant"], one=names[0], other=names[1])  # fmt: skip


def _count_changed(before: PersonDose | None, after: PersonDose | None) -> int:
    """Of all metrics and categories."""
    old = {} if before is None else {(m.name, m.category): m.delivered for m in before.metrics}
    new = {} if after is None else {(m.name, m.category): m.delivered for m in after.metrics}
    return sum(old.get(key) != new.get(key) for key in {*old, *new})


def _find(dose: PersonDose | None, name: str) -> Metric | None:
    metrics = () if dose is None else dose.metrics
    return next((one for one in metrics if (one.name, one.category) == (name, None)), None)


def _tell(metric: Metric | None) -> str:
    if metric is None:
        return t("not worked out")
    told = tell_quantity(metric.delivered)
    coverage = metric.delivered.coverage
    if metric.delivered.value is None or coverage is None:
        return told
    return t("{told}, coverage {share}", told=told, share=tell_share(coverage))

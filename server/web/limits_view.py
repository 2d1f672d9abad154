"""The page of limits in words: what is in force, who signed, and what is to be put right."""

from collections.abc import Mapping, Sequence

from server.people.current import CurrentPerson
from server.safety.deciding import describe_newest
from server.safety.limits import SafetyLimits
from server.safety.register import Proposal
from server.web import limits_form as form
from server.web.catalogue.spoken import current_language, t
from server.web.limits_context import Field, LimitRow, LimitsPageContext, PastLimits
from server.web.limits_form import Trouble
from server.web.shown_moment import show_wall_ns

NOTHING = "\N{EM DASH}"


def view_limits(
    person: CurrentPerson,
    codes: Sequence[str],
    history: Sequence[Proposal],
    fields: Mapping[str, str],
    troubles: Mapping[str, Trouble],
    said: tuple[str, str] = ("", ""),
) -> LimitsPageContext:
    """The whole page. `fields` are what she typed, else the newest values; `said` is what became of
    her last act and what is wrong with the whole of it.
    """
    newest = history[-1] if history else None
    in_force = newest if newest is not None and newest.is_signed else None
    limits = SafetyLimits() if newest is None else newest.limits
    shown = {**list_values(limits), **fields}
    done, refusal = said
    if troubles and not refusal:
        refusal = t("Nothing was stored. Look at what is marked below.")

    def make(name: str, label: str) -> Field:
        trouble = tell_trouble(troubles[name]) if name in troubles else ""
        return Field(name, label, shown.get(name, ""), trouble)

    return LimitsPageContext(
        language=current_language(),
        name=person.name,
        done=done,
        refusal=refusal,
        signature=tell_signature(in_force),
        pending=_tell_pending(newest),
        rows=[view_row(code, in_force) for code in codes],
        numbers=[
            make(
                form.CEILING, t("Heart rate ceiling for everybody, in beats a minute (30 to 250)")
            ),
            make(form.LOOK, t("Effort from which to look at her (Borg 6 to 20)")),
            make(form.HOLD, t("Effort from which she is held (Borg 6 to 20)")),
        ],
        own=[make(form.name_own(code), code) for code in codes],
        qualification=make(form.QUALIFICATION, t("Your qualification, such as neurologist")),
        reason=make(form.REASON, t("Why these limits")),
        password=make(form.PASSWORD, t("Your password, once more")),
        withdraw_reason=make(form.WITHDRAW_REASON, t("Why they are withdrawn")),
        withdraw_password=make(form.WITHDRAW_PASSWORD, t("Your password, once more")),
        may_withdraw=not limits.is_empty,
        seen=describe_newest(newest),
        past=[view_past(one) for one in reversed(history)],
    )


def list_values(limits: SafetyLimits) -> dict[str, str]:
    """As they stand in the form's fields."""
    numbers = {
        form.CEILING: limits.hr_ceiling_bpm,
        form.LOOK: limits.rpe_alert,
        form.HOLD: limits.rpe_hold,
        **{form.name_own(code): bpm for code, bpm in limits.hr_ceiling_bpm_of.items()},
    }
    return {name: str(number) for name, number in numbers.items() if number is not None}


def view_row(code: str, in_force: Proposal | None) -> LimitRow:
    """What holds for one participant: her own ceiling, else everybody's."""
    limits = SafetyLimits() if in_force is None else in_force.limits
    own = limits.hr_ceiling_bpm_of.get(code)
    ceiling = _tell(limits.hr_ceiling_bpm if own is None else own)
    return LimitRow(
        code,
        t("{bpm}, her own", bpm=ceiling) if own is not None else ceiling,
        _tell(limits.rpe_alert),
        _tell(limits.rpe_hold),
    )


def view_past(one: Proposal) -> PastLimits:
    """One entry of the history: values, who gave them, and who signed."""
    values = ", ".join(_tell_values(one.limits)) or t("No limit")
    given = t(
        "Given by {who}, {when}: {reason}",
        who=one.recorded_by,
        when=show_wall_ns(one.recorded_wall_ns),
        reason=one.reason,
    )
    signed = tell_signature(one) or t("Signed by nobody")
    return PastLimits(values, given, t("None to sign") if one.limits.is_empty else signed)


def tell_signature(one: Proposal | None) -> str:
    """Who signed, as what, when and why; empty where nobody did."""
    if one is None or one.signature is None or not one.is_signed:
        return ""
    return t(
        "Signed by {who}, {qualification}, {when}: {reason}",
        who=one.signature.signed_by,
        qualification=one.signature.qualification,
        when=show_wall_ns(one.signature.signed_wall_ns),
        reason=one.signature.reason,
    )


def tell_trouble(trouble: Trouble) -> str:
    """The sentence at a field."""
    return {
        Trouble.HEART_RATE: t("A ceiling is a whole number from 30 to 250, or nothing."),
        Trouble.EFFORT: t("An effort is a whole number from 6 to 20, or nothing."),
        Trouble.ORDER: t("She would be held before anybody is asked to look at her."),
        Trouble.NO_LIMIT: t("Give at least one limit. To have none, withdraw them below."),
        Trouble.EMPTY: t("Fill this in, please."),
        Trouble.UNREADABLE: t("Only letters, digits and signs, please."),
        Trouble.LONG: t("At most {n} characters, please.", n=form.MAX_TEXT),
        Trouble.PASSWORD: t("This isn't your password. Nothing was stored."),
    }[trouble]


def _tell_pending(newest: Proposal | None) -> str:
    if newest is None or newest.is_signed or newest.limits.is_empty:
        return ""
    return t(
        "{who} proposed the values below: {reason} They have no effect until you sign them.",
        who=newest.recorded_by,
        reason=newest.reason.rstrip(".") + ".",
    )


def _tell_values(limits: SafetyLimits) -> list[str]:
    rows = [
        (limits.hr_ceiling_bpm, t("ceiling {n} bpm", n=limits.hr_ceiling_bpm)),
        (limits.rpe_alert, t("look from {n}", n=limits.rpe_alert)),
        (limits.rpe_hold, t("hold from {n}", n=limits.rpe_hold)),
    ]
    own = sorted(limits.hr_ceiling_bpm_of.items())
    return [text for value, text in rows if value is not None] + [
        t("{code} ceiling {n} bpm", code=code, n=bpm) for code, bpm in own
    ]


def _tell(number: int | None) -> str:
    return NOTHING if number is None else str(number)

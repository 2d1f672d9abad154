"""What an erasure takes, and what it leaves, in sentences for a terminal. Pure."""

from collections.abc import Iterator

from protocol.ledger.instants import format_utc_ms
from server.commands.facts_list import tell_fact
from server.study.erasure import Erased, Erasure
from server.study.fields.field import Answer


def tell_erased(one: Erased) -> str:
    """The entry, and each of its fields with what it says now and would say then."""
    lines = [tell_fact(one.fact)]
    for name, answer in one.fact.answers.items():
        if answer.is_linked:
            told = "lies among the measured hearts, and stays there"
        elif name not in one.afterwards:
            told = f"{_tell_answer(answer)}; something newer, or the same, holds and stays"
        else:
            told = f"{_tell_answer(answer)}; then {_tell_then(one.afterwards[name])}"
        lines.append(f"   {name}: {told}")
    return "\n".join(lines) + "\n"


def tell_beyond(erasure: Erasure, *, has_backup: bool) -> Iterator[str]:
    """What this can't reach: somebody has to see to it."""
    for one in erasure.datasets:
        yield (
            f"not reached: dataset {one.number}, handed out to {one.one.recipient} as"
            f" {one.one.profile} on {_tell_day(one.recorded_wall_ns)}, may hold it; ask her to"
            " delete it"
        )
    if erasure.lock is not None:
        lock = erasure.lock
        yield (
            f"not reached: the data that {lock.recorded_by} locked on"
            f" {_tell_day(lock.recorded_wall_ns)} (analysis record {lock.number}) hold values of"
            " hers; the chain vouches for them, and reports made of them stay as they are"
        )
    if erasure.linked:
        yield (
            f"not reached: {', '.join(erasure.linked)} lie among the measured hearts, which dose"
            " goes by and this doesn't erase"
        )
    yield (
        "not reached: a sentence of the study's own for a checklist, where one names her;"
        " 'reporting erase' erases one"
    )
    yield tell_backups(has_backup)


def tell_backups(has_backup: bool) -> str:
    """Whatever is erased, those keep it."""
    return (
        "not reached: backups taken until now hold it"
        if has_backup
        else "not reached: backups taken by hand, and copies of the data directory"
    ) + "; they go as they grow old, or delete them and take a new one"


def _tell_answer(answer: Answer) -> str:
    if answer.missing is not None:
        return f"missing ({answer.missing})"
    value = answer.value
    if isinstance(value, tuple):
        return "; ".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _tell_then(answer: Answer | None) -> str:
    if answer is None:
        return "nothing"
    return f"{_tell_answer(answer)} again, as it was before"


def _tell_day(wall_ns: int) -> str:
    return format_utc_ms(wall_ns // 1_000_000)[:10]

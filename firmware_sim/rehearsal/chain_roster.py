"""Which of the straps on the air are put on the roster, and with which streams. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from firmware_sim.rehearsal.chain_plan import ChainPlan
from firmware_sim.rehearsal.verdict.evidence import RehearsedStrap
from firmware_sim.rehearsal.verdict.streams import HEART_RATE, MOVEMENT


def list_straps(plan: ChainPlan, told: Sequence[Mapping[str, str]]) -> list[RehearsedStrap]:
    """The straps that the ready line told of, with what the plan has each wearer agree to."""
    return [
        RehearsedStrap(
            each["serial"], each["model"], each["name"], _list_agreed_streams(plan, place)
        )
        for place, each in enumerate(told)
    ]


def _list_agreed_streams(plan: ChainPlan, place: int) -> tuple[str, ...] | None:
    if place >= plan.n_straps - plan.n_strangers:
        return None
    return (HEART_RATE,) if place in plan.heart_rate_only else (HEART_RATE, MOVEMENT)


def list_roster_words(straps: Sequence[RehearsedStrap]) -> Iterator[tuple[str, ...]]:
    """One `straps add` for neighbours that agree in model and streams; labels count the places."""
    numbered = enumerate(straps, start=1)
    groups = groupby(numbered, lambda each: (each[1].model, each[1].streams))
    for (model, streams), group in groups:
        if streams is None:
            continue
        places, members = zip(*group, strict=True)
        yield (
            *("straps", "add", *(strap.serial for strap in members), "--model", model),
            *("--label", f"{places[0]:02d}", "--streams", ",".join(streams)),
        )

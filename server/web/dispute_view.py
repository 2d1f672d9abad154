"""What people wrote down differently, every version beside the others, in words. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from protocol.ledger.event import LedgerEvent
from server.web.catalogue.spoken import t
from server.web.dispute_context import DisputeView, VersionView
from server.web.dose_words import tell_utc
from server.web.entry_words import tell_about, tell_value
from server.web.sheet_words import tell_code


def list_disputes(state: Mapping[str, Any], events: Sequence[LedgerEvent]) -> list[DisputeView]:
    """Everything that nobody has decided yet in a folded session."""
    by_id = {one.id: one for one in events}
    return [_view(one, by_id) for one in state["conflicts"]]


def tell_maker(event: LedgerEvent) -> str:
    """Who entered it, when, and whose hand is on the paper it was copied from."""
    when = tell_utc(event.occurred_at)
    source = event.source
    if source is None:
        return t("entered by {who}, of {when}", who=event.actor, when=when)
    writer = t("she herself") if source.written_by is None else source.written_by
    return t(
        "on paper, written by {writer}, copied by {who} (sheet {sheet}, page {n}), of {when}",
        writer=writer, who=event.actor, sheet=tell_code(source.sheet), n=source.page, when=when,
    )  # fmt: skip


def _view(conflict: Mapping[str, Any], by_id: Mapping[str, LedgerEvent]) -> DisputeView:
    kind, about, versions = conflict["kind"], conflict["about"], conflict["versions"]
    return DisputeView(
        kind=kind,
        about=about,
        title=tell_about(kind, about),
        seen=" ".join(versions),
        versions=[
            VersionView(name, tell_value(kind, value), tell_maker(by_id[name]),
                        by_id[name].source is not None)
            for name, value in zip(versions, conflict["values"], strict=True)
        ],
    )  # fmt: skip

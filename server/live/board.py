"""All straps of the live view: folds their events, builds the tiles of one moment. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from server.ingest.feed import ArchivedRecord, GatewayContact
from server.live.events import StrapEvent
from server.live.frame import Gateway, Tile
from server.live.moment import NS_PER_MS, NS_PER_S, ServerNow, compute_age_ns
from server.live.tile import TileState, fold_event, is_live
from server.live.tile_view import (
    GATEWAY_SILENT_AFTER_S,
    StrapCard,
    compute_silence_s,
    show_strap,
    show_unheard,
)

# A strap off the roster that has been silent for so long belongs to an earlier session.
FORGET_AFTER_S = 30 * 60.0
# Off the roster, by all gateways: twice the straps of the largest rehearsal. A token that invents
# serials could else fill the memory and every frame (promise C4).
MAX_STRANGERS = 128

_DIGITS = re.compile(r"(\d+)")


class Board:
    """State of every (gateway, strap); one strap heard by two gateways shows the fresher one."""

    def __init__(self) -> None:
        self._states: dict[tuple[str, str], TileState] = {}

    def select(
        self,
        records: Iterable[ArchivedRecord],
        roster: Iterable[StrapCard],
        contacts: Mapping[str, GatewayContact],
    ) -> list[ArchivedRecord]:
        """What the live view looks at: rostered straps, and others up to MAX_STRANGERS.

        Of a strap that is live, nothing that its gateway still owes from the boot before.
        """
        rostered = {card.serial for card in roster}
        strangers = {key for key in self._states if key[1] not in rostered}
        boots = {name: contact.boot_id for name, contact in contacts.items()}
        live = {key for key, state in self._states.items() if is_live(state, boots.get(key[0]))}
        selected = []
        for archived in records:
            key = (archived.gateway, archived.record.strap)
            if archived.record.boot_id == boots.get(archived.gateway):
                live.add(key)
            elif key in live:
                continue
            if key[1] not in rostered and key not in strangers:
                if len(strangers) >= MAX_STRANGERS:
                    continue
                strangers.add(key)
            selected.append(archived)
        return selected

    def apply(
        self, gateway: str, strap: str, event: StrapEvent, contact: GatewayContact | None = None
    ) -> None:
        """Fold one event into its strap's state; `contact` tells which boot goes on now."""
        key = (gateway, strap)
        live_boot = contact.boot_id if contact is not None else None
        self._states[key] = fold_event(self._states.get(key), event, live_boot)

    def build_tiles(
        self,
        roster: Sequence[StrapCard],
        contacts: Mapping[str, GatewayContact],
        now: ServerNow,
    ) -> list[Tile]:
        """Tiles of all straps in the study and of others heard lately, in label order.

        A strap whose wearer withdrew has none: her last values go, and nobody is sent to look for a
        strap that is silent because she said so.
        """
        self._forget(roster, contacts, now)
        freshest = self._choose_freshest(contacts, now)
        cards = {card.serial: card for card in roster}
        for _, strap in freshest.values():
            cards.setdefault(strap, StrapCard(strap))
        return [
            self._build_tile(card, freshest.get(card.serial), contacts, now)
            for card in sorted(cards.values(), key=_floor_order)
            if card.streams
        ]

    def _build_tile(
        self,
        card: StrapCard,
        key: tuple[str, str] | None,
        contacts: Mapping[str, GatewayContact],
        now: ServerNow,
    ) -> Tile:
        if key is None:
            return show_unheard(card)
        return show_strap(card, self._states[key], contacts.get(key[0]), now)

    def _choose_freshest(
        self, contacts: Mapping[str, GatewayContact], now: ServerNow
    ) -> dict[str, tuple[str, str]]:
        def age_ns(key: tuple[str, str]) -> int:
            return _compute_data_age_ns(self._states[key], contacts.get(key[0]), now)

        freshest: dict[str, tuple[str, str]] = {}
        for key in sorted(self._states, key=age_ns):
            freshest.setdefault(key[1], key)
        return freshest

    def _forget(
        self,
        roster: Iterable[StrapCard],
        contacts: Mapping[str, GatewayContact],
        now: ServerNow,
    ) -> None:
        rostered = {card.serial for card in roster if card.streams}
        for (gateway, strap), state in list(self._states.items()):
            age_ns = compute_age_ns(state.newest, contacts.get(gateway), now)
            if strap not in rostered and age_ns > FORGET_AFTER_S * NS_PER_S:
                del self._states[gateway, strap]


def build_gateways(contacts: Mapping[str, GatewayContact], now: ServerNow) -> list[Gateway]:
    """Every gateway heard since the server started, by name."""
    return [_show_gateway(contact, now) for _, contact in sorted(contacts.items())]


def _show_gateway(contact: GatewayContact, now: ServerNow) -> Gateway:
    """Of one that is silent nobody knows what its clock shows by now, and what its radio does."""
    silence_s = compute_silence_s(contact, now)
    shown = Gateway(contact.gateway, round(silence_s, 1))
    if silence_s >= GATEWAY_SILENT_AFTER_S:
        return shown
    behind_ns = contact.clock_behind_ns
    behind_ms = None if behind_ns is None else round(behind_ns / NS_PER_MS)
    return msgspec.structs.replace(shown, clock_behind_ms=behind_ms, radio=contact.radio)


def _compute_data_age_ns(state: TileState, contact: GatewayContact | None, now: ServerNow) -> int:
    """Age of the strap's newest data; a strap known by its link alone comes last."""
    newest_age_ns = compute_age_ns(state.newest, contact, now)
    if state.data is None:
        return newest_age_ns + round(FORGET_AFTER_S * NS_PER_S)
    return newest_age_ns + state.newest.monotonic_ns - state.data.monotonic_ns


def _floor_order(card: StrapCard) -> tuple[bool, list[tuple[bool, int, str]], str]:
    """Labelled straps first, "2" before "10"; the order never depends on any state."""
    words = _DIGITS.split(card.label or "")
    return card.label is None, [_word_order(word) for word in words if word], card.serial


def _word_order(word: str) -> tuple[bool, int, str]:
    return (False, int(word), "") if word.isdecimal() else (True, 0, word)

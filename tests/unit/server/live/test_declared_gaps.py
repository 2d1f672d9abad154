"""Promise A12: declared gaps are rows that people see; promise B1: no wall clock moves them."""

import msgspec

from protocol.messages.uplink import GapDeclaration, GapReason
from server.ingest.feed import ArchivedGap, GatewayContact
from server.live.declared_gaps import DeclaredGaps
from server.live.frame import GapRow, Tile
from server.live.moment import ServerNow

S = 1_000_000_000
NOON_NS = 1_700_000_000 * S  # 2023-11-14T22:13:20Z by the server's clock at its second 1,000
TILES = [
    Tile("AA", "07", "h10", False, "good", "●", "Good", ""),
    Tile("ZZ", None, None, False, "good", "●", "Good", ""),
]
CONTACTS = {
    # The gateway's monotonic clock is 900 s behind the server's, its wall clock a day.
    "gym": GatewayContact("gym", "boot-1", 900 * S, 86_400 * S, 0),
}


def now(seconds: float, wall_step_s: float = 0) -> ServerNow:
    return ServerNow(round(seconds * S), round((seconds - 1_000 + wall_step_s) * S) + NOON_NS)


def gap(
    from_s: int,
    to_s: int,
    strap: str = "AA",
    characteristic: str | None = None,
    reason: GapReason = GapReason.LINK_LOST,
) -> GapDeclaration:
    """Between two seconds of the gateway's boot, whose wall clock tells another length."""
    wall_ns = NOON_NS - 86_400 * S + (from_s - 100) * S
    return GapDeclaration(
        *(strap, reason.value, wall_ns, wall_ns - 7 * S, 1, 1),
        *(characteristic, "boot-1", from_s * S, to_s * S),
    )


def show(*gaps: GapDeclaration, at_s: float = 1_000, gateway: str = "gym") -> list[GapRow]:
    kept = DeclaredGaps()
    kept.add([ArchivedGap(gateway, "e", one) for one in gaps], CONTACTS, now(1_000))
    return kept.show(TILES, now(at_s))


def test_a12_a_gap_is_placed_on_the_servers_clock_by_monotonic_stamps() -> None:
    assert show(gap(50, 80)) == [
        GapRow(
            "AA", "07", "all", "link_lost", "2023-11-14T22:12:30.000Z", "2023-11-14T22:13:00.000Z"
        )
    ]


def test_a12_each_stream_has_its_name_and_the_newest_comes_first() -> None:
    names = ["2a37", "fb005c82-02e7-f387-1cad-8acd2d8df0c8", "2a19"]
    rows = show(*(gap(10 * n, 10 * n + 5, "ZZ", name) for n, name in enumerate(names)))
    assert [(row.label, row.stream) for row in rows] == [
        *((None, "other"), (None, "movement"), (None, "heart_rate"))
    ]


def test_a12_a_long_gap_told_in_pieces_is_one_row() -> None:
    assert len(show(gap(10, 70), gap(70, 90, reason=GapReason.GATEWAY_DOWN))) == 2
    assert len(show(gap(10, 70), gap(70, 90, "ZZ"), gap(70, 90, "AA", "2a37"))) == 3
    rows = show(gap(10, 70), gap(70, 90), gap(92, 95))
    assert [(row.from_utc[14:19], row.to_utc[14:19]) for row in rows] == [
        *(("13:12", "13:15"), ("11:50", "13:10"))
    ]


def test_b1_a_wall_clock_that_is_set_moves_no_row_out_of_the_half_hour() -> None:
    kept = DeclaredGaps()
    kept.add([ArchivedGap("gym", "e", gap(50, 80))], CONTACTS, now(1_000))
    for seconds, n_rows in ((1_000, 1), (2_780, 1), (2_781, 0)):
        for wall_step_s in (0, -86_400, 86_400):
            assert len(kept.show(TILES, now(seconds, wall_step_s))) == n_rows


def test_a_gap_without_monotonic_stamps_is_placed_by_the_wall_clocks_and_their_offset() -> None:
    over_a_reboot = msgspec.structs.replace(
        gap(20, 80, reason=GapReason.GATEWAY_DOWN),
        to_ns=NOON_NS - 86_400 * S - 60 * S,
        boot_id=None,
        from_monotonic_ns=None,
        to_monotonic_ns=None,
    )
    (row,) = show(over_a_reboot)
    assert (row.from_utc[11:19], row.to_utc[11:19]) == ("22:12:00", "22:12:20")
    assert show(over_a_reboot, gateway="not heard yet") == []  # a day ago, as far as we know
    backwards = msgspec.structs.replace(over_a_reboot, from_ns=NOON_NS)
    assert show(backwards)[0].from_utc == show(backwards)[0].to_utc


def test_of_a_strap_without_a_tile_nothing_is_told() -> None:
    """Its wearer withdrew, or a token invented it."""
    assert show(gap(50, 80, "BB")) == []


def test_c4_a_token_that_invents_gaps_fills_neither_memory_nor_frames() -> None:
    kept = DeclaredGaps()
    kept.add([ArchivedGap("hall", "e", gap(10, 80, "ZZ"))], CONTACTS, now(3_000))
    invented = [ArchivedGap("gym", "e", gap(2 * n, 2 * n, "AA")) for n in range(1_000)]
    kept.add(invented, CONTACTS, now(3_000))
    assert len(kept.show(TILES, now(3_000))) == 50
    assert sum(len(one) for one in kept._stretches.values()) == 201

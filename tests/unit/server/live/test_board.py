import msgspec

from protocol.messages.uplink import RadioReport
from server.ingest.feed import ArchivedRecord, GatewayContact
from server.live.board import Board, build_gateways
from server.live.moment import ServerNow
from server.live.tile_view import StrapCard
from tests.unit.server.batches import record
from tests.unit.server.live.strap_events import S, data, heart, link


def contact(gateway: str, heard_s: int = 0) -> GatewayContact:
    return GatewayContact(gateway, "boot-1", 0, 0, heard_s * S)


CONTACTS = {"gym": contact("gym"), "hall": contact("hall")}


def now(seconds: float) -> ServerNow:
    return ServerNow(round(seconds * S), 0)


def archived(boot: str, strap: str = "AA", gateway: str = "gym") -> ArchivedRecord:
    one = msgspec.structs.replace(record(1, strap=strap), boot_id=boot)
    return ArchivedRecord(gateway, "e", one)


def straps(board: Board, *roster: StrapCard, seconds: float = 1) -> list[str]:
    return [tile.strap for tile in board.build_tiles(roster, CONTACTS, now(seconds))]


def test_floor_order_is_by_label_as_people_count_and_never_by_state() -> None:
    board = Board()
    board.apply("gym", "ZZ", heart(1))
    roster = [StrapCard("AA", None, "10"), StrapCard("BB", None, "2"), StrapCard("CC", None, "B1")]
    assert straps(board, *roster, StrapCard("DD")) == ["BB", "AA", "CC", "DD", "ZZ"]
    board.apply("gym", "CC", heart(1))
    assert straps(board, *roster, StrapCard("DD")) == ["BB", "AA", "CC", "DD", "ZZ"]


def test_a_label_of_odd_digits_breaks_nothing() -> None:
    assert straps(Board(), StrapCard("AA", None, "²"), StrapCard("BB", None, "٣")) == ["BB", "AA"]


def test_of_two_gateways_the_fresher_one_is_shown() -> None:
    board = Board()
    board.apply("gym", "AA", heart(5, 80))
    board.apply("hall", "AA", heart(9, 90))
    board.apply("gym", "AA", link(10, "waiting"))
    (tile,) = board.build_tiles([], CONTACTS, now(10))
    assert tile.bpm == 90


def test_a8_records_of_the_boot_before_leave_a_live_strap_as_it_is() -> None:
    board = Board()

    def select(*boots: str) -> list[str]:
        sent = [archived(boot) for boot in boots]
        return [one.record.boot_id for one in board.select(sent, [], CONTACTS)]

    assert select("boot-0", "boot-1", "boot-0", "boot-1") == ["boot-0", "boot-1", "boot-1"]
    board.apply("gym", "AA", heart(5, 60, boot="boot-0"), CONTACTS["gym"])
    assert select("boot-0") == ["boot-0"]
    board.apply("gym", "AA", heart(5, 120), CONTACTS["gym"])
    board.apply("gym", "AA", heart(6, 60, boot="boot-0"), CONTACTS["gym"])
    (tile,) = board.build_tiles([], CONTACTS, now(6))
    assert (tile.bpm, tile.bpm_shown, tile.bpm_age_s) == (120, "fresh", 1.0)
    assert select("boot-0") == []
    assert board.select([archived("boot-0", gateway="unheard")], [], CONTACTS)


def test_a_stranger_is_forgotten_and_a_rostered_strap_is_not() -> None:
    board = Board()
    board.apply("gym", "AA", data(1))
    board.apply("gym", "BB", data(1))
    assert straps(board, StrapCard("BB"), seconds=1700) == ["AA", "BB"]
    assert straps(board, StrapCard("BB"), seconds=1900) == ["BB"]


def test_a_wearer_who_withdrew_has_no_tile_and_her_values_are_forgotten() -> None:
    board = Board()
    board.apply("gym", "AA", heart(1, 80))
    withdrawn = StrapCard("AA", "h10", "07", frozenset())
    assert straps(board, StrapCard("AA", "h10", "07")) == ["AA"]
    assert straps(board, withdrawn) == []
    assert straps(board, withdrawn, seconds=1900) == []
    (tile,) = board.build_tiles([StrapCard("AA", "h10", "07")], CONTACTS, now(1900))
    assert (tile.bpm, tile.word) == (None, "Not heard")


def test_c4_a_token_that_invents_serials_fills_no_floor() -> None:
    board = Board()
    roster = [StrapCard("BB")]

    def send(*serials: str) -> list[str]:
        sent = [archived("boot-1", serial) for serial in serials]
        selected = [one.record.strap for one in board.select(sent, roster, CONTACTS)]
        for serial in selected:
            board.apply("gym", serial, data(1))
        return selected

    assert send("BB", "A1", "BB") == ["BB", "A1", "BB"]
    invented = [f"S{n}" for n in range(1_000)]
    assert send(*invented) == invented[:127]
    assert send("A1", "BB", "Z9", "S5") == ["A1", "BB", "S5"]
    assert len(straps(board, *roster)) == 129
    assert straps(board, *roster, seconds=1900) == ["BB"]
    assert send("Z9") == ["Z9"]


def test_gateways_by_name_with_the_age_of_their_last_upload() -> None:
    contacts = {"hall": contact("hall", 7), "gym": contact("gym", 9)}
    found = build_gateways(contacts, now(9.44))
    assert [(g.gateway, g.age_s) for g in found] == [("gym", 0.4), ("hall", 2.4)]


def test_t11_a_gateways_clock_is_told_as_far_as_its_uploads_tell_it() -> None:
    """Behind is positive, as what would have to be added to it; of a silent one it isn't known."""
    contacts = {
        "behind": GatewayContact("behind", "boot-1", 0, 3_000_400_000, 9 * S),
        "ahead": GatewayContact("ahead", "boot-1", 0, -86_400 * S, 9 * S),
        "silent": GatewayContact("silent", "boot-1", 0, 3 * S, 0),
        "tells no clock": GatewayContact("tells no clock", None, 0, 3 * S, 9 * S),
    }
    told = {one.gateway: one.clock_behind_ms for one in build_gateways(contacts, now(10))}
    assert told == {"behind": 3000, "ahead": -86_400_000, "silent": None, "tells no clock": None}


def test_t3_what_the_radio_of_a_silent_gateway_did_is_not_told_as_if_it_went_on() -> None:
    radio = RadioReport(scans=True, n_adapters=1, n_streaming=7, most_streaming=15, acc_rate_hz=50)
    told = GatewayContact("gym", "boot-1", 0, 0, 0, radio)
    (heard,), (silent,) = (build_gateways({"gym": told}, now(s)) for s in (9.9, 10))
    assert (heard.radio, silent.radio) == (radio, None)

"""Which version holds, and where people disagree."""

from protocol.ledger.event import LedgerEvent
from server.sessions.domain.chains import Thing, find_things
from server.sessions.domain.placing import place_events
from tests.ledger_entries import TABLET_B, Tablet, attending, logged, minute, signed_off

ABOUT = "P01/sit-to-stand/1"


class _Story:
    """A set logged by one tablet at minute 0; what follows is a minute apart."""

    def __init__(self) -> None:
        self.a, self.b = Tablet(), Tablet(TABLET_B, "leyla")
        self.events: list[LedgerEvent] = []

    def log(self, tablet: Tablet, n: int) -> LedgerEvent:
        at = minute(len(self.events))
        return self._keep(tablet.write("set", ABOUT, logged("sit-to-stand", n), at))

    def correct(self, tablet: Tablet, wrong: LedgerEvent, n: int | None) -> LedgerEvent:
        value = None if n is None else logged("sit-to-stand", n)
        return self._keep(tablet.correct(wrong, value, minute(len(self.events))))

    def _keep(self, event: LedgerEvent) -> LedgerEvent:
        self.events.append(event)
        return event

    def only(self) -> Thing:
        (thing,) = find_things(place_events(self.events))
        return thing


def _shown(thing: Thing) -> LedgerEvent | None:
    return thing.shown.event if thing.shown else None


def test_a_correction_holds_and_the_corrected_is_no_longer_shown() -> None:
    story = _Story()
    right = story.correct(story.a, story.log(story.a, 8), 9)
    assert (_shown(story.only()), story.only().versions) == (right, ())


def test_a_void_takes_a_fact_away_and_a_correction_of_the_void_brings_it_back() -> None:
    story = _Story()
    void = story.correct(story.a, story.log(story.a, 8), None)
    assert (_shown(story.only()), story.only().versions) == (None, ())
    back = story.correct(story.a, void, 8)
    assert (_shown(story.only()), story.only().versions) == (back, ())


def test_two_originals_that_differ_are_a_conflict_and_the_first_is_shown() -> None:
    story = _Story()
    one, two = story.log(story.a, 8), story.log(story.b, 9)
    assert (_shown(story.only()), story.only().versions) == (one, (one.id, two.id))


def test_two_originals_that_agree_are_none() -> None:
    story = _Story()
    one, _ = story.log(story.a, 8), story.log(story.b, 8)
    assert (_shown(story.only()), story.only().versions) == (one, ())


def test_two_corrections_of_one_entry_are_a_conflict() -> None:
    story = _Story()
    wrong = story.log(story.a, 8)
    one, two = story.correct(story.a, wrong, 9), story.correct(story.b, wrong, 10)
    assert story.only().versions == (one.id, two.id)
    story.correct(story.a, two, None)
    assert (_shown(story.only()), story.only().versions) == (one, ())


def test_a_void_against_a_correction_is_a_conflict_however_far_that_one_went() -> None:
    story = _Story()
    wrong = story.log(story.a, 8)
    void = story.correct(story.b, wrong, None)
    further = story.correct(story.a, story.correct(story.a, wrong, 9), 10)
    assert (_shown(story.only()), story.only().versions) == (further, (void.id, further.id))
    story.correct(story.b, further, None)
    assert (_shown(story.only()), story.only().versions) == (None, ())


def test_voiding_one_of_two_originals_decides_between_them() -> None:
    story = _Story()
    one, two = story.log(story.a, 8), story.log(story.b, 9)
    story.correct(story.b, one, None)
    assert (_shown(story.only()), story.only().versions) == (two, ())


def test_a_correction_without_its_target_stands_as_an_entry_of_its_own() -> None:
    """It arrived first; when the target comes, it takes its place."""
    story = _Story()
    wrong = story.log(story.a, 8)
    right = story.correct(story.a, wrong, 9)
    (early,) = find_things(place_events([right]))
    assert _shown(early) == right
    assert _shown(story.only()) == right


def test_a_correction_of_another_thing_replaces_nothing() -> None:
    tablet = Tablet()
    present = tablet.write("attendance", "P01", attending())
    stray = tablet.write("attendance", "P02", attending("left"), supersedes=present)
    shown = [_shown(thing) for thing in find_things(place_events([present, stray]))]
    assert shown == [present, stray]


def test_corrections_in_a_circle_hide_nothing() -> None:
    import msgspec

    story = _Story()
    one = story.log(story.a, 8)
    two = story.correct(story.b, one, 9)
    story.events[0] = msgspec.structs.replace(one, supersedes=two.id, reason="circle")
    assert story.only().versions == (one.id, two.id)


def test_acts_stand_side_by_side_and_a_corrected_one_keeps_its_place() -> None:
    tablet = Tablet()
    first = tablet.write("note", "P01", {"text": "one"}, minute(1))
    second = tablet.write("note", "P01", {"text": "two"}, minute(2))
    third = tablet.correct(first, {"text": "One"}, minute(3))
    things = find_things(place_events([third, second, first]))
    assert [_shown(thing) for thing in things] == [third, second]
    assert [thing.disputed for thing in things] == [(), ()]


def _sign_off(*, yes_at: float | None = None, no_at: tuple[float, ...] = ()) -> Thing:
    """A yes by one tablet and a no by each of some others; none has heard of another."""
    events = []
    if yes_at is not None:
        value = signed_off(ready=True)
        events.append(Tablet().write("plyometric_signoff", "P01", value, minute(yes_at)))
    for n, at in enumerate(no_at):
        value = signed_off(ready=False, locked_from=minute(at))
        tablet = Tablet("bcd"[n] * 16)
        events.append(tablet.write("plyometric_signoff", "P01", value, minute(at + 20 - 8 * n)))
    (thing,) = find_things(place_events(events))
    return thing


def _locked_from(thing: Thing) -> str | None:
    assert thing.shown is not None
    assert thing.shown.value is not None
    at: str | None = thing.shown.value["locked_from"]
    return at


def test_a_yes_that_had_not_heard_of_the_no_hides_none_and_both_are_a_conflict() -> None:
    thing = _sign_off(yes_at=1, no_at=(9,))
    assert thing.shown is not None
    assert (thing.shown.value or {})["ready"] is True
    assert (_locked_from(thing), len(thing.versions)) == (minute(9), 2)
    assert _locked_from(_sign_off(yes_at=1)) is None


def test_two_nos_agree_whenever_they_were_said_and_the_earliest_counts() -> None:
    """The one that is shown was written first, and speaks of the later time."""
    thing = _sign_off(no_at=(9, 10))
    assert thing.shown is not None
    assert thing.shown.event.device == "c" * 16
    assert (_locked_from(thing), thing.versions) == (minute(9), ())

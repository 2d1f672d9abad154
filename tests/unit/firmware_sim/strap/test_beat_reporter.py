"""Once a second: the rate, and each beat exactly once."""

from firmware_sim.strap.beat_reporter import BeatReporter

SECOND_NS = 10**9


class EvenBeats:
    """A beat every 0.75 s (768 ticks), first at 0.75 s."""

    def __init__(self) -> None:
        self._next_ns = 750_000_000

    def beats_until(self, now_ns: int) -> list[int]:
        taken = []
        while self._next_ns <= now_ns:
            taken.append(768)
            self._next_ns += 750_000_000
        return taken


def test_each_report_holds_the_beats_since_the_one_before() -> None:
    reporter = BeatReporter(EvenBeats(), SECOND_NS, lambda _now_ns: True)
    reports = reporter.take_until(4 * SECOND_NS)
    assert [each.at_ns for each in reports] == [SECOND_NS * n for n in (1, 2, 3, 4)]
    assert [len(each.rr_ticks) for each in reports] == [1, 1, 2, 1]
    assert {each.bpm for each in reports} == {80}
    assert reporter.take_until(4 * SECOND_NS) == []
    assert reporter.next_ns() == 5 * SECOND_NS


def test_beats_without_contact_are_not_felt() -> None:
    reporter = BeatReporter(EvenBeats(), SECOND_NS, lambda now_ns: now_ns != 2 * SECOND_NS)
    reports = reporter.take_until(3 * SECOND_NS)
    assert [each.contact for each in reports] == [True, False, True]
    assert reports[1].rr_ticks == ()
    assert len(reports[2].rr_ticks) == 2

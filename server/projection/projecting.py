"""Builds what is derived of sessions: from archive and ledger, and only where those changed."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from protocol.ledger.event import LedgerEvent
from protocol.ledger.instants import format_utc_ms
from server.db.database import Database
from server.decoding.clocks.frames import NS_PER_MS
from server.dose.sensed.heart_profile import HeartProfile
from server.dose.vector import hash_inputs
from server.dose.written.evening import WrittenEvening, fold_evening
from server.projection.boots import RecordedRuns, Stretch, find_runs
from server.projection.decoded_straps import DecodedStraps
from server.projection.deriving import derive_people
from server.projection.each_session import project_each
from server.projection.heart_profiles import tell_profiles
from server.projection.person_dose import PersonDose
from server.projection.person_streams import join_streams
from server.projection.projection_round import ProjectionRound, begin_round
from server.projection.quality.session_seeing import see_session
from server.projection.quality_store import write_quality
from server.projection.sent_streams import find_sent, iterate_streams
from server.projection.session_inputs import SessionInputs, read_session_inputs
from server.projection.session_knocks import measure_syncs, plan_listening
from server.projection.session_store import Projected, note_seen, read_projected, write_session
from server.projection.strap_store import write_straps
from server.projection.versions import VERSIONS
from server.sessions.domain.coverage import Worn, list_worn

# Raised when the same inputs give other rows, beside the version that each number has.
PROJECTION_VERSION: Final = 4


IsWanted = Callable[[Mapping[str, Any]], bool]


def _any_line(_line: Mapping[str, Any]) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class _Held:
    """A session that was held; `profiles` of those that it names."""

    inputs: SessionInputs
    evening: WrittenEvening
    worn: Sequence[Worn]
    profiles: Mapping[str, HeartProfile]


@dataclass(frozen=True, slots=True)
class Projector:
    """Reads a study, writes what is derived of it. One at a time on one `derived`."""

    study: Database
    derived: Database
    wall_ns: Callable[[], int]
    decoded: DecodedStraps = field(default_factory=DecodedStraps)

    def project_new(self, is_wanted: IsWanted = _any_line) -> list[str]:
        """Every session whose inputs changed since it was projected; returns their ids.

        `is_wanted` is asked with a session's line, just before its turn. What is written down
        while the round goes on is the next round's. Raises SessionsFailedError after the others.
        """
        begun = self._begin_round()
        wanted = (one for one in begun.list_held() if is_wanted(one))
        return project_each(wanted, lambda one: self._project(begun, one, anew=False))

    def rebuild(self, sessions: Sequence[str] = ()) -> list[str]:
        """These sessions, or all of them, whatever is there; returns the ids of those built.

        Raises SessionsFailedError after the others.
        """
        begun = self._begin_round()
        wanted = [one for one in begun.list_held() if not sessions or one["id"] in sessions]
        return project_each(wanted, lambda one: self._project(begun, one, anew=True))

    def try_out(
        self, line: dict[str, Any], entries: Sequence[LedgerEvent], codes: Collection[str]
    ) -> dict[str, PersonDose]:
        """What these people's metrics would be, were these entries in the ledger. Writes nothing.

        Straps that were decoded for an earlier try are taken from memory.
        """
        held = self._read_held(self._begin_round(), line, entries)
        straps = {one.strap for one in held.worn if one.participant in codes}
        theirs = [one for one in held.worn if one.strap in straps]
        # In all the time that any was worn: the same runs as a projection's, and the same clocks.
        sent = find_sent(self.study, self._find_runs(held.worn), straps)
        read = iterate_streams(self.study, sent, self.decoded, keep=True)
        streams = join_streams(read, theirs, sent.gaps)
        tried = derive_people(
            held.inputs, held.evening, streams, held.profiles, held.inputs.sha256, only=codes
        )
        return {one.dose.participant: one.dose for one in tried}

    def _begin_round(self) -> ProjectionRound:
        return begin_round(self.study, self.derived, PROJECTION_VERSION, self.wall_ns())

    def _project(self, begun: ProjectionRound, line: dict[str, Any], *, anew: bool) -> bool:
        with self.derived.reading() as connection:
            known = read_projected(connection, line["id"])
            if known is not None and not anew:
                worn = Stretch(known.from_utc_ns, known.until_utc_ns)
                if begun.see(connection, line, worn) == known.seen_sha256:
                    return False
        return self._derive(begun, line, None if anew else known)

    def _derive(
        self, begun: ProjectionRound, line: dict[str, Any], known: Projected | None
    ) -> bool:
        held = self._read_held(begun, line)
        stretch = _span(held.worn)
        runs = self._find_runs(held.worn)
        with self.derived.reading() as connection:
            seen = begun.see(connection, line, stretch)
        minute = begun.find_minute(line, stretch)
        told = [held.inputs.sha256, minute, runs.tell(), tell_profiles(held.profiles)]
        sha256 = hash_inputs([PROJECTION_VERSION, VERSIONS, *told])
        judged_sha256 = hash_inputs([sha256, begun.rules])
        if known is not None and known.inputs_sha256 == judged_sha256:
            with self.derived.writing() as connection:
                note_seen(connection, line["id"], seen)
            return False
        sent = find_sent(self.study, runs, {one.strap for one in held.worn})
        plan = plan_listening(held.evening, held.worn)
        read = iterate_streams(self.study, sent, self.decoded)
        streams = join_streams(read, held.worn, sent.gaps, plan.stretches)
        people = derive_people(held.inputs, held.evening, streams, held.profiles, sha256)
        looked_at = see_session(line["id"], held.evening, people, streams, runs)
        with self.derived.writing() as connection:
            ends = (stretch.from_utc_ns, stretch.until_utc_ns)
            projected = Projected(seen, judged_sha256, self.wall_ns(), *ends)
            write_session(connection, line["id"], [one.dose for one in people], projected)
            write_quality(connection, looked_at)
            syncs = measure_syncs(plan, streams.felt)
            write_straps(connection, line["id"], streams.clocks, syncs)
        return True

    def _read_held(
        self, begun: ProjectionRound, line: dict[str, Any], entries: Sequence[LedgerEvent] = ()
    ) -> _Held:
        """A session as it stands in the ledger, or as it would with these entries more."""
        with self.study.reading() as connection:
            inputs = read_session_inputs(connection, begun.lines, line)
        inputs = replace(inputs, events=[*inputs.events, *entries])
        now = format_utc_ms(self.wall_ns() // NS_PER_MS)
        evening = fold_evening(inputs.events, now)
        codes = {*(line["participants"] or ()), *evening.state["people"]}
        profiles = {code: one for code, one in begun.profiles.items() if code in codes}
        return _Held(inputs, evening, list_worn(evening.state, now), profiles)

    def _find_runs(self, worn: Sequence[Worn]) -> RecordedRuns:
        with self.derived.reading() as connection:
            return find_runs(connection, _span(worn))


def _span(worn: Sequence[Worn]) -> Stretch:
    """All the time in which any strap was worn; empty where none was."""
    if not worn:
        return Stretch(0, 0)
    first_ms, last_ms = min(one.from_ms for one in worn), max(one.until_ms for one in worn)
    return Stretch(first_ms * NS_PER_MS, last_ms * NS_PER_MS)

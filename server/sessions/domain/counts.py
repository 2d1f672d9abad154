"""What the session adds up to; observed and assumed are never one number."""

from collections.abc import Sequence

from server.sessions.domain.people import Person


def count_session(n_entries: int, people: Sequence[Person], n_conflicts: int) -> dict[str, int]:
    """observed + sensor + self_report + assumed + missed + open = sets_prescribed + extra."""
    sets = [one for person in people for one in person.view["sets"].values()]
    evidence = [one["evidence"] for one in sets]
    efforts = [one for person in people for one in person.view["rpe"].values()]
    return {
        "entries": n_entries,
        "people": len(people),
        "present": sum(person.standing.is_here for person in people),
        "sets_prescribed": sum(person.sets.n_prescribed for person in people),
        "observed": evidence.count("observed"),
        "sensor": evidence.count("sensor"),
        "self_report": evidence.count("self_report"),
        "assumed": evidence.count("assumed"),
        "missed": evidence.count(None),
        "open": sum(person.sets.n_open for person in people),
        "extra": sum(person.sets.n_extra for person in people),
        "rpe_given": sum(one["rating"] is not None for one in efforts),
        "rpe_missing": sum(one["rating"] is None for one in efforts),
        "conflicts": n_conflicts,
    }

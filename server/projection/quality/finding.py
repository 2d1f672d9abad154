"""What a rule found, and how it is told from what it finds when the values change. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from server.dose.vector import hash_inputs


@dataclass(frozen=True, slots=True)
class Hit:
    """`facts` are JSON, rounded as they are shown; `thing` is a strap, a gateway or a stream."""

    participants: tuple[str, ...] = ()
    thing: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit of one rule in one session. `version` is the rule's."""

    session: str
    rule: str
    version: int
    hit: Hit

    @property
    def subject(self) -> str:
        """Tells it from others of the same rule in the same session."""
        return " ".join((*self.hit.participants, self.hit.thing)).strip()

    @property
    def evidence_sha256(self) -> str:
        """Changes with what is shown: whoever decided has seen just this."""
        hit = self.hit
        told = [list(hit.participants), hit.thing, dict(hit.facts)]
        return hash_inputs([self.session, self.rule, self.version, told])

"""Uploads whatever happens on the way: the server ends up with exactly the set."""

import asyncio

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from protocol.messages.uplink import GapDeclaration, NotificationRecord
from tests.unit.gateway.uplink.upload_world import World

FATES = st.sampled_from(
    ["through", "request lost", "answer lost", "again", "old body again", "busy", "no token",
     "too large", "refused"]
)  # fmt: skip


class Uploads(RuleBasedStateMachine):
    """Promise A10: lost, repeated and late uploads, refusals and restarts in any order."""

    @initialize()
    def begin(self) -> None:
        self.world = World()

    @rule(n=st.integers(1, 30))
    def values_arrive(self, n: int) -> None:
        self.world.record(n)

    @rule()
    def a_bad_value_arrives(self) -> None:
        self.world.record(1)
        self.world.server.poison.add(self.world.payloads[-1])

    @rule(plan=st.lists(FATES, min_size=1, max_size=6))
    def upload(self, plan: list[str]) -> None:
        self.world.wire.plan = list(plan)
        asyncio.run(self.world.send(len(plan)))

    @rule()
    def restart(self) -> None:
        self.world.start()

    @rule(keep=st.integers(0, 50))
    def server_restored(self, keep: int) -> None:
        stored = self.world.server.stored
        epoch = self.world.journal.epoch
        for key in [key for key in stored if key[0] == epoch and key[1] > keep]:
            del stored[key]

    @invariant()
    def nothing_foreign_and_nothing_twice(self) -> None:
        stored = self.world.server.payloads()
        assert len(stored) == len(set(stored))
        assert set(stored) <= set(self.world.payloads)

    def teardown(self) -> None:
        """With a way that works again, the server ends up with exactly the set."""
        if not hasattr(self, "world"):
            return
        self.world.wire.plan = []
        self.world.record(1)
        n_slow = 250 + 12 * len(self.world.server.poison)  # one entry a batch, at the slowest
        asyncio.run(self.world.send(n_slow))
        stored = self.world.server.stored.values()
        set_aside = [e for e in stored if isinstance(e, GapDeclaration)]
        held = {
            e.payload
            for row in self.world.journal.quarantined.values()
            if isinstance(e := _decoded(row.body), NotificationRecord)
        }
        assert set(self.world.server.payloads()) | held == set(self.world.payloads)
        assert self.world.server.poison <= held
        assert len(set_aside) == len(self.world.journal.quarantined)


def _decoded(body: bytes) -> NotificationRecord:
    import msgspec

    return msgspec.msgpack.decode(body, type=NotificationRecord)


def test_a10_the_server_holds_exactly_the_set_whatever_happens_on_the_way() -> None:
    """Mutants that go red: acknowledging at sending, a new epoch that takes along everything,
    skipping a refused batch, a hold that lasts for ever."""
    limits = settings(max_examples=50, stateful_step_count=20, deadline=None)
    run_state_machine_as_test(Uploads, settings=limits)

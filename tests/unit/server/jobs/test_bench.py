"""One job at a time and a bounded number; none that runs is forgotten, no failed one kept."""

import threading
from dataclasses import dataclass, replace

import pytest

from server.errors import ConflictError, NotFoundError
from server.jobs.bench import Bench, Rules, Work

DAY = 100


@dataclass(frozen=True)
class Piece:
    id: str
    moved: int = 0
    is_running: bool = True
    said: str = ""

    def is_over(self, wall_ns: int) -> bool:
        return not self.is_running and wall_ns - self.moved >= DAY


class Scene:
    def __init__(self, max_jobs: int = 3) -> None:
        self.now = 0
        self.begun: list[Work] = []
        self.removed: list[str] = []
        rules: Rules[Piece] = Rules("thing", self._fail, self.removed.append, max_jobs)
        self.bench: Bench[Piece] = Bench(rules, lambda: self.now, self._start)

    def _start(self, work: Work) -> threading.Thread:
        self.begun.append(work)
        return threading.Thread(target=work)

    def _fail(self, job: Piece, error: BaseException) -> Piece:
        return replace(job, is_running=False, said=str(error), moved=self.now)

    def go(self, name: str, after: Piece | None = None) -> Piece:
        """Begun and done."""

        def work() -> None:
            self.bench.move(name, lambda one: replace(one, is_running=False, moved=self.now))

        self.bench.begin(Piece(name), work, after)
        self.begun.pop()()
        return self.bench.find(name)


def test_while_one_runs_no_other_may() -> None:
    scene = Scene()
    scene.bench.begin(Piece("a"), lambda: None)
    with pytest.raises(ConflictError, match="another thing is being made"):
        scene.bench.begin(Piece("b"), lambda: None)
    assert [one.id for one in scene.bench.list_all()] == ["a"]


def test_the_oldest_goes_with_its_files_when_there_are_too_many() -> None:
    scene = Scene(max_jobs=2)
    for name in "abc":
        scene.go(name)
    assert [one.id for one in scene.bench.list_all()] == ["c", "b"]
    assert scene.removed == ["a"]
    with pytest.raises(NotFoundError):
        scene.bench.find("a")


def test_a_job_goes_on_once_from_what_was_looked_at() -> None:
    scene = Scene()
    looked_at = scene.go("a")
    scene.go("a", after=looked_at)
    with pytest.raises(ConflictError, match="begun already"):
        scene.go("a", after=looked_at)
    with pytest.raises(ConflictError, match="begun already"):
        scene.go("b", after=looked_at)


def test_what_is_over_goes_and_what_runs_stays() -> None:
    scene = Scene()
    scene.go("a")
    scene.bench.begin(Piece("b"), lambda: None)
    scene.now = DAY - 1
    assert len(scene.bench.list_all()) == 2
    scene.now = 10 * DAY
    assert [one.id for one in scene.bench.list_all()] == ["b"]
    assert scene.removed == ["a"]


def test_whatever_fails_is_told_its_files_go_and_the_next_may(
    caplog: pytest.LogCaptureFixture,
) -> None:
    scene = Scene()

    def fall() -> None:
        raise RuntimeError("Maryam's value")

    scene.bench.begin(Piece("a"), fall)
    scene.begun.pop()()
    assert (scene.bench.find("a").said, scene.removed) == ("Maryam's value", ["a"])
    assert ("RuntimeError" in caplog.text, "Maryam" in caplog.text) == (True, False)
    assert not scene.go("b").is_running


def test_a_step_of_what_is_not_there_is_refused() -> None:
    with pytest.raises(NotFoundError, match="no such thing"):
        Scene().bench.move("a", lambda one: one)

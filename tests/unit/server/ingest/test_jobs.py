"""The writer's queue: in order, in groups, to the last one."""

from server.ingest.jobs import MAX_GROUP, WORK_BYTES, Job, JobQueue
from tests.unit.server.batches import record, upload


def _put(jobs: JobQueue, n_jobs: int) -> list[Job]:
    made = [Job(upload([record(seq)])) for seq in range(1, n_jobs + 1)]
    for job in made:
        jobs.put(job)
    return made


def test_all_that_gathered_is_one_group_in_its_order() -> None:
    jobs = JobQueue()
    made = _put(jobs, 5)
    assert jobs.take_group() == (made, False)


def test_a_group_is_bounded_and_the_rest_is_the_next_one() -> None:
    jobs = JobQueue()
    made = _put(jobs, MAX_GROUP + 3)
    assert jobs.take_group() == (made[:MAX_GROUP], False)
    assert jobs.take_group() == (made[MAX_GROUP:], False)


def test_a_closed_queue_still_gives_what_was_put_before() -> None:
    jobs = JobQueue()
    made = _put(jobs, MAX_GROUP + 1)
    jobs.close()
    assert jobs.take_group() == (made[:MAX_GROUP], False)
    assert jobs.take_group() == (made[MAX_GROUP:], True)


def test_a_question_that_waits_can_not_be_taken_back() -> None:
    jobs = JobQueue()
    assert not jobs.put(Job()).cancel()


def test_a_job_counts_by_its_body_or_as_so_much() -> None:
    one = upload([record(1)])
    assert Job(one).n_bytes == len(one.body)
    assert Job().n_bytes == Job(work=lambda _: None).n_bytes == WORK_BYTES

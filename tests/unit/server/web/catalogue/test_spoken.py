import asyncio

from starlette.concurrency import run_in_threadpool

from server.web.catalogue.catalogue import load_catalogue
from server.web.catalogue.spoken import Wording, current_language, speaking, t

SAMPLES = "نمونه‌ها"


def test_outside_of_a_request_it_is_english() -> None:
    assert current_language() == "en"
    assert t("Samples") == "Samples"


def test_f48_a_sentence_is_in_the_language_of_the_block() -> None:
    with speaking("fa"):
        assert t("Samples") == SAMPLES
        with speaking("en"):
            assert t("Samples") == "Samples"
        assert t("Samples") == SAMPLES
    assert t("Samples") == "Samples"


def test_f48_threads_that_work_for_a_request_speak_its_language() -> None:
    async def ask(language: str) -> str:
        with speaking(language):
            return await run_in_threadpool(t, "Samples")

    async def ask_both() -> list[str]:
        return list(await asyncio.gather(ask("fa"), ask("en"), ask("fa")))

    assert asyncio.run(ask_both()) == [SAMPLES, "Samples", SAMPLES]


def test_f48_a_table_of_sentences_is_told_once_in_each_language() -> None:
    told = []

    def tell() -> dict[str, str]:
        told.append(current_language())
        return {"samples": t("Samples")}

    table = Wording(tell)
    with speaking("fa"):
        assert table["samples"] == SAMPLES
        assert dict(table) == {"samples": SAMPLES}
    assert table.get("samples") == "Samples"
    assert len(table) == 1
    assert told == ["fa", "en"]


def test_persian_is_there() -> None:
    assert load_catalogue("fa").language == "fa"

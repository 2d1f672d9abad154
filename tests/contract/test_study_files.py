"""`participants measure` and `samples import`: a whole file or nothing, and all that is wrong."""

import sqlite3
from pathlib import Path

import pytest

from server.commands import participants_measure, samples_import
from server.sessions.audit import AuditReport
from server.sessions.audit_watch import AuditWatch, check_others
from server.sessions.chain import Head
from tests.server_process import run_command
from tests.studies import Study, make_study
from tests.study_people import add_two_women

MEASURED = "\n".join(participants_measure.EXAMPLE) + "\n"
SAMPLES = "\n".join(samples_import.EXAMPLE) + "\n"


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    study = make_study(tmp_path / "study")
    with study.connect() as database:
        add_two_women(database)
    return study.path


def run(directory: Path, command: str, content: str | bytes, *more: str) -> tuple[int, list[str]]:
    file = directory.parent / "file.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    shown = run_command(*command.split(), str(file), "--data", str(directory), *more)
    assert "Traceback" not in shown.stderr
    said = (shown.stdout + shown.stderr).replace(str(file), "file.csv")
    return shown.returncode, said.splitlines()


def count(directory: Path) -> int:
    with sqlite3.connect(directory / "archive.sqlite3") as connection:
        return int(connection.execute("SELECT count(*) FROM study_facts").fetchone()[0])


def test_the_examples_of_the_help_fit_and_the_same_files_again_change_nothing(
    directory: Path,
) -> None:
    for command, content, n in (
        ("participants measure", MEASURED, 2),
        ("samples import", SAMPLES, 3),  # two concentrations of one draw
    ):
        tried = run(directory, command, content, "--check")
        counts = f"rows: 2; entries: {n} new, 0 corrected, 0 known already"
        assert tried == (0, [f"tried only, nothing was stored: {counts}"])
        assert run(directory, command, content) == (0, [counts])
        known = f"rows: 2; entries: 0 new, 0 corrected, {n} known already"
        assert run(directory, command, content) == (0, [known])
    assert count(directory) == 5
    shown = run_command("verify-audit", "--data", str(directory))
    assert "5 study facts, their chain is whole" in shown.stdout


TAMPERING = {
    "edit": ("UPDATE study_fact_values SET value = replace(value, '57.3', '75.3')",
             "doesn't say what it said (content_changed)"),
    "delete": ("DELETE FROM study_fact_values WHERE n = 1; DELETE FROM study_facts WHERE n = 1",
               "entry 1 is missing (row_missing)"),
    "truncate": ("DELETE FROM study_fact_values WHERE n = 2; DELETE FROM study_facts WHERE n = 2",
                 "entry 2 was there when its head was noted (end_missing)"),
}  # fmt: skip


@pytest.mark.parametrize("how", TAMPERING)
def test_tampering_is_told_by_the_command_and_by_the_nightly_check(
    directory: Path, tmp_path: Path, how: str
) -> None:
    run(directory, "participants measure", MEASURED)
    book = tmp_path / "heads.txt"
    book.write_text(run_command("verify-audit", "--data", str(directory)).stdout)
    statements, said = TAMPERING[how]
    with sqlite3.connect(directory / "archive.sqlite3") as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        noted = connection.execute("SELECT n, hash FROM study_facts ORDER BY n DESC").fetchone()
        connection.executescript(statements)
    shown = run_command("verify-audit", "--data", str(directory), "--head", str(book))
    assert (shown.returncode, said in shown.stderr) == (1, True)
    with Study(directory, None).connect() as database:
        reports = check_others(database, {"facts": Head(*noted)})
    watch = AuditWatch()
    watch.note(AuditReport())
    for chain, report in reports:
        watch.note_other(chain, report)
    assert (watch.word, watch.heads.get("facts")) == ("changed", None)


def test_a_file_with_mistakes_is_refused_whole_and_each_is_told(directory: Path) -> None:
    content = MEASURED.replace("161.5", "1.615").replace("P08,", "P99,").replace(",3,71", ",0.5,71")
    code, said = run(directory, "participants measure", content)
    assert code == 2
    assert said[0].endswith("file.csv: 2 things are wrong, nothing of it was stored")
    assert said[1:] == [
        "  line 2, height_cm: 1.615 cm can't be; give 120 to 220",
        "  line 3, edss: 0.5 is no step of it: steps of 0.5, and there is no 0.5",
    ]
    code, said = run(directory, "participants measure", MEASURED.replace("P08,", "P99,"))
    assert (code, said[1:]) == (2, ["  line 3, participant: P99 is not in the study"])
    assert count(directory) == 0


def test_a_correction_needs_its_reason(directory: Path) -> None:
    run(directory, "samples import", SAMPLES)
    other = SAMPLES.replace("21450", "21540").replace(",12,9", ",12,10")
    code, said = run(directory, "samples import", other)
    assert code == 2
    assert said[1:] == [
        "  line 2, cycle_day: there is another value already; a correction needs a reason",
        "  line 2, value: there is another value already; a correction needs a reason",
        "if the file is right and what is stored is wrong, say why with --reason",
    ]
    assert count(directory) == 3
    done = run(directory, "samples import", other, "--reason", "digits were swapped")
    assert done == (0, ["rows: 2; entries: 0 new, 2 corrected, 1 known already"])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the file is empty"),
        (MEASURED.encode("utf-16"), "save it as 'CSV UTF-8'"),
        ("participant;time_point;weight_kg\nP07;post;57,300\n", "may be a decimal or thousands"),
        ("code,time\nP07,post\n", "this column is needed"),
    ],
)
def test_what_is_no_such_file(directory: Path, content: str | bytes, sentence: str) -> None:
    code, said = run(directory, "participants measure", content)
    assert code == 2
    assert sentence in "\n".join(said)


def test_a_european_spreadsheet_is_taken(directory: Path) -> None:
    content = "\ufeffParticipant;Time_Point;Weight_kg;Edss\r\nP07;baseline;57,3;2,5\r\n"
    assert run(directory, "participants measure", content)[0] == 0


def test_what_looks_wrong_is_stored_and_told(directory: Path) -> None:
    printed = SAMPLES.replace("21450", "227.77")
    code, said = run(directory, "samples import", printed)
    assert code == 0
    assert said[1].startswith("look at line 2, value: 227.77 pg/mL is unusual in serum")


def test_the_columns_are_listed(directory: Path) -> None:
    shown = run_command("samples", "import", "--fields", "--data", str(directory))
    assert "fasting_h: Fasting (h); number from 0 to 72\n" in shown.stdout
    assert run_command("samples", "import", "--data", str(directory)).returncode == 2


@pytest.mark.postgres
@pytest.mark.parametrize(
    "study", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
def test_on_postgresql_a_refused_file_leaves_nothing(study: Study, tmp_path: Path) -> None:
    with study.connect() as database:
        add_two_women(database)
    file = tmp_path / "file.csv"
    file.write_text(MEASURED.replace("P08", "P99"))
    refused = run_command("participants", "measure", str(file), *study.arguments)
    assert (refused.returncode, "line 3, participant" in refused.stderr) == (2, True)
    file.write_text(MEASURED)
    assert run_command("participants", "measure", str(file), *study.arguments).stdout == (
        "rows: 2; entries: 2 new, 0 corrected, 0 known already\n"
    )

"""`users …` as people run them: secrets are told once, kept as hashes, and never printed again."""

import json
import re
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from server.db.opening import open_study
from server.people.attempt import Attempt
from server.people.hashing import HashingDesk
from server.people.sign_in import SignIn
from server.people.staff import read_staff
from server.people.tables import PEOPLE_QUALIFICATIONS
from tests.server_process import ServerProcess, run_command
from tests.studies import Study, make_study


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return make_study(tmp_path / "study").path


def run(directory: Path, *words: str) -> str:
    done = run_command("users", *words, "--data", str(directory))
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def refused(directory: Path, *words: str) -> str:
    done = run_command("users", *words, "--data", str(directory))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    return done.stderr


def signs_in(directory: Path, name: str, **secret: str) -> bool:
    attempt = Attempt.read({"name": name, **secret})
    with open_study(directory, None) as database:
        return bool(SignIn(database, HashingDesk()).sign_in(attempt, "here", None))


def test_a_trainer_gets_a_password_and_a_pin_that_are_told_once(directory: Path) -> None:
    said = run(directory, "add", "Sara", "--role", "trainer")
    assert said.startswith("sara may sign in as trainer\n")
    password, pin = re.findall(r"password +(\S+)\n  pin +(\d{6})\n", said)[0]
    assert signs_in(directory, "sara", password=password)
    assert signs_in(directory, "sara", pin=pin)
    assert password not in run(directory, "list")
    for path in directory.iterdir():
        assert password.encode() not in path.read_bytes()


def test_everybody_else_gets_a_password_only(directory: Path) -> None:
    told = json.loads(run(directory, "add", "reza", "--role", "researcher", "--json"))
    assert told.keys() == {"name", "password"}
    assert signs_in(directory, "reza", password=told["password"])
    listed = json.loads(run(directory, "list", "--json"))
    unsaid = {"pin": False, "disabled": False, "qualification": None}
    assert listed == [{"name": "reza", "role": "researcher", **unsaid}]


def test_what_somebody_is_trained_as_is_said_and_every_statement_kept(directory: Path) -> None:
    run(directory, "add", "sara", "--role", "trainer", "--qualification", "physiotherapist")
    said = run(directory, "change", "sara", "--qualification", " physiotherapist,  MSc ")
    assert said.startswith("sara is physiotherapist, MSc from now on")
    assert run(directory, "list").rstrip().endswith("physiotherapist, MSc")
    with open_study(directory, None) as database, database.reading() as connection:
        kept = connection.execute(select(PEOPLE_QUALIFICATIONS)).all()
        (sara,) = read_staff(connection)
    assert [one.qualification for one in kept] == ["physiotherapist", "physiotherapist, MSc"]
    assert all(one.recorded_by.startswith("os:") for one in kept)
    assert sara.qualification == "physiotherapist, MSc"
    for wrong in ("", " ", "x" * 121):
        assert "1 to 120 characters" in refused(
            directory, "change", "sara", "--qualification", wrong
        )
    assert "nobody is called" in refused(directory, "change", "ana", "--qualification", "x")


def test_secrets_from_files_are_not_printed(directory: Path, tmp_path: Path) -> None:
    (tmp_path / "p").write_text("fifteen women, eight stations\n")
    (tmp_path / "n").write_text("271828\n")
    given = ("--password-file", str(tmp_path / "p"), "--pin-file", str(tmp_path / "n"))
    said = run(directory, "add", "leyla", "--role", "assistant", *given)
    assert said == "leyla may sign in as assistant\n"
    assert signs_in(directory, "leyla", password="fifteen women, eight stations")
    assert signs_in(directory, "leyla", pin="271828")


def test_new_secrets_replace_the_old_ones(directory: Path) -> None:
    old = json.loads(run(directory, "add", "sara", "--role", "trainer", "--json"))
    password = json.loads(run(directory, "password", "sara", "--json"))["password"]
    pin = json.loads(run(directory, "pin", "sara", "--json"))["pin"]
    assert (password, pin) != (old["password"], old["pin"])
    assert signs_in(directory, "sara", password=password)
    assert signs_in(directory, "sara", pin=pin)


def test_disabled_and_enabled(directory: Path) -> None:
    run(directory, "add", "sara", "--role", "trainer")
    assert "is disabled" in run(directory, "disable", "sara")
    assert "disabled" in run(directory, "list")
    assert "may sign in again" in run(directory, "enable", "sara")
    assert "password and PIN" in run(directory, "list")


def test_what_cannot_be_is_told_in_one_sentence(directory: Path, tmp_path: Path) -> None:
    assert "nobody may sign in yet" in run(directory, "list")
    run(directory, "add", "reza", "--role", "researcher")
    assert "somebody already" in refused(directory, "add", "reza", "--role", "lab")
    assert "only trainers and assistants" in refused(directory, "pin", "reza")
    assert "nobody is called 'sara'" in refused(directory, "disable", "sara")
    assert "is not a user name" in refused(directory, "add", "Sara Lund", "--role", "lab")
    assert "writes what no person did" in refused(directory, "add", "system", "--role", "lab")
    for content, sentence in (
        ("123456\n", "first that anybody tries"),
        ("12345", "a PIN has 6 digits"),
        ("271828\n314159\n", "must hold one line"),
        ("", "must hold one line"),
    ):
        (tmp_path / "n").write_text(content)
        words = ("add", "sara", "--role", "trainer", "--pin-file", str(tmp_path / "n"))
        said = refused(directory, *words)
        assert sentence in said
        assert content.strip() not in said or not content
    missing = str(tmp_path / "missing")
    words = ("add", "sara", "--role", "trainer", "--password-file", missing)
    assert "can't read" in refused(directory, *words)


def test_f11_no_secret_is_in_a_log_or_in_the_study(directory: Path) -> None:
    """A whole life of canaries: made, used rightly and wrongly, typed into the wrong field."""
    told = json.loads(run(directory, "add", "sara", "--role", "trainer", "--json"))
    canaries = [told["password"], "canary-parrot-mistyped"]
    with ServerProcess(Study(directory, None)) as server:
        with httpx.Client(base_url=server.url, trust_env=False) as client:
            for content in (
                {"name": "sara", "password": told["password"]},
                {"name": "sara", "pin": told["pin"]},
                {"name": "sara", "password": "canary-parrot-mistyped"},
                {"name": "canary-parrot-mistyped", "password": "x"},
                {"name": "sara", "canary-parrot-mistyped": "x"},
            ):
                answer = client.post("/api/v1/sign-in", json=content)
                if answer.status_code == 200:
                    canaries.append(answer.headers["set-cookie"].split("=")[1].split(";")[0])
                else:
                    assert "canary" not in answer.text
            form = {"name": "canary-parrot-mistyped", "secret": told["password"]}
            assert client.post("/sign-in", data=form).status_code == 401
        assert server.stop() == 0
    assert len(canaries) == 4
    # Six digits may stand by chance in a file of numbers, but not in these words.
    assert told["pin"] not in (directory.parent / "server.log").read_text(encoding="utf-8")
    holding = [
        (path.name, canary)
        for path in directory.parent.rglob("*")
        if path.is_file()
        for canary in canaries
        if canary.encode() in path.read_bytes()
    ]
    assert holding == []

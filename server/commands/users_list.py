"""`users list`: who may sign in, and as what."""

import json
import sys
from argparse import ArgumentParser, Namespace

from server.commands.study_arguments import add_study_arguments, open_command_study
from server.people.registry import Person, read_people


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document")
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    with open_command_study(arguments) as database, database.reading() as connection:
        people = read_people(connection)
    if arguments.json:
        shown = [
            {
                "name": p.name,
                "role": p.role.value,
                "pin": p.has_pin,
                "disabled": p.is_disabled,
                "qualification": p.qualification,
            }
            for p in people
        ]
        sys.stdout.write(json.dumps(shown) + "\n")
    else:
        sys.stdout.writelines(_describe(person) for person in people)
        if not people:
            sys.stdout.write("nobody may sign in yet: doseline-server users add NAME --role R\n")
    return 0


def _describe(person: Person) -> str:
    secrets = "password and PIN" if person.has_pin else "password"
    state = "disabled" if person.is_disabled else secrets
    said = f"  {person.qualification}" if person.qualification else ""
    return f"{person.name:<16} {person.role.value:<14} {state:<16}{said}".rstrip() + "\n"

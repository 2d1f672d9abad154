"""What every command that erases is told: why, and whether it is to be done."""

from argparse import ArgumentParser, Namespace

from server.errors import SettingsError


def add_erasing_arguments(parser: ArgumentParser) -> None:
    """`--reason` and `--confirm`."""
    parser.add_argument("--reason", required=True, metavar="TEXT", help="who decided it, and why")
    parser.add_argument(
        "--confirm", action="store_true", help="do it; without, it is only shown what would go"
    )


def require_reason(arguments: Namespace) -> None:
    """Raises SettingsError for one that says nothing."""
    if not arguments.reason.strip():
        raise SettingsError("--reason is empty; say who decided it, and why")

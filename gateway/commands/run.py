"""`doseline-gateway run`: collect, journal, upload, until stopped."""

import argparse

from gateway.commands.setting_flags import add_setting_flags, read_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One flag a setting."""
    add_setting_flags(parser)


def run(arguments: argparse.Namespace) -> int:
    """Runs until SIGTERM; exits with 3 if the journal can't be trusted any more."""
    settings = read_settings(arguments)
    # Here and not above: `--help` and a wrong setting must not wait for the radio's libraries.
    from gateway import app
    from gateway.logging_setup import set_up_logging

    set_up_logging()
    return app.run(settings)

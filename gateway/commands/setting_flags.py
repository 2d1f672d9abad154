"""The flags of `run` and `check-config`: one a setting, the environment behind each."""

import argparse

from gateway.settings import ENVIRONMENT_PREFIX, Settings, flag_of, load_settings
from gateway.straps.models.profile import ACC_RATES_HZ

_FLAGS = (
    ("server", {"metavar": "URL"}),
    ("token_file", {"metavar": "FILE"}),
    ("authority", {"metavar": "FILE"}),
    ("journal", {"metavar": "DIR"}),
    ("ble_backend", {"metavar": "DOTTED"}),
    ("radio", {"metavar": "HOST:PORT"}),
    ("acc_rate", {"metavar": "HZ", "type": int, "choices": ACC_RATES_HZ}),
    ("status", {"metavar": "PORT", "type": int}),
    ("journal_wal", {"action": "store_const", "const": True}),
)


def add_setting_flags(parser: argparse.ArgumentParser) -> None:
    """Add them; what isn't given comes from the environment."""
    for name, options in _FLAGS:
        field = Settings.model_fields[name]
        text = f"{field.description} (environment: {ENVIRONMENT_PREFIX}{name.upper()})"
        parser.add_argument(flag_of(name), dest=name, default=None, help=text, **options)


def read_settings(arguments: argparse.Namespace) -> Settings:
    """The settings in force. Raises SettingsError with every problem at once."""
    return load_settings({name: getattr(arguments, name) for name, _ in _FLAGS})

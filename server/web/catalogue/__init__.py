"""The words people read, in their language. English sentences are the keys: gettext's way."""

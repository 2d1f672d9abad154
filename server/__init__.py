"""Keeps what gateways and people send, shows it live, and hands out the dataset."""

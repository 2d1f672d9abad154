"""What is derived from archive and ledger, kept for reading; deleting it loses nothing."""

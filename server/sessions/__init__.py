"""The ledger of what people did in sessions: added to, never changed; a session is its fold."""

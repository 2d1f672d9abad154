"""What people write down about a session: kinds of events, what each one says, and its one form."""

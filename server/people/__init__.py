"""Staff: who may sign in, as what, and who is at work on which device."""

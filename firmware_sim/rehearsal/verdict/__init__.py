"""Pure: what straps sent, what the server holds, and every difference between the two."""

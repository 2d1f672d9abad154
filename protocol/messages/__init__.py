"""Messages between gateway and server, and their MessagePack form."""

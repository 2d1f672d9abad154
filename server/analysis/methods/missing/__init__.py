"""What is missing, and how far it would have to differ to turn a conclusion. Pure."""

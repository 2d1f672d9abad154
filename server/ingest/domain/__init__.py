"""What a batch means, worked out without database, clock or network."""

"""What happens to whom and when in a simulated session, as a file a person can write."""

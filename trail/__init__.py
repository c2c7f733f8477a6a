"""What happened, and what must still happen."""

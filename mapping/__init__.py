"""What the economy looks like."""

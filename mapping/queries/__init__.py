"""What do we know about the economy: reads only."""

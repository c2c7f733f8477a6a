"""What the economy looks like: geography, industries, definitions, releases, measures."""

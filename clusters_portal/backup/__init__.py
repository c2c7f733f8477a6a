"""Everything the portal must not lose, in one folder; and back again, row for row."""

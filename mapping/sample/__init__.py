"""The sample economy: invented figures over real county names, for a machine without data."""

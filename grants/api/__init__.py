"""The read-only interface of grants."""

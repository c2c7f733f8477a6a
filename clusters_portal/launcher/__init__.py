"""Starts and stops what the portal needs on one machine; standard library only."""

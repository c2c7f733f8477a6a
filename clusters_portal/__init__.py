"""The portal project. Imports nothing: the launcher runs before anything is installed."""

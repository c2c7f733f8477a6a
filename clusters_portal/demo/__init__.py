"""The demo world: built through the same actions that people use."""

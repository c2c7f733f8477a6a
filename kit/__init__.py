"""The tool box: no models, no business words."""

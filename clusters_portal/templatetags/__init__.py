"""Template tags for every page: look, figures, moments."""

"""The economy as a public, read-only API: one Basis at a time, cached by its digest."""

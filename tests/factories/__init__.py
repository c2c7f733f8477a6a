"""Factories hold no surprises: they call actions where there is one."""

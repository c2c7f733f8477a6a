"""One file per business verb of grants."""

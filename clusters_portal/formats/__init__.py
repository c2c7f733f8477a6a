"""How dates read on the pages."""

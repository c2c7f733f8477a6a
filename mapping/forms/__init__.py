"""Forms of the public pages: what a reader may choose."""

"""The papers and letters of a case."""

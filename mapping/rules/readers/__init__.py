"""Pure readers of the files that people bring: bytes in, checked rows and a count out."""

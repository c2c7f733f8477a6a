"""Acts on data releases and the Basis: one function per verb."""

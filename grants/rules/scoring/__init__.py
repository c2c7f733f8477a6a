"""What scores mean: reviewer leniency, standard errors, ranks, reliability."""

"""Who reviews what: a stated optimum under conflicts, loads and fairness."""

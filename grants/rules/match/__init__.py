"""The ledger of matching funds: what counts, how much may be drawn, what is owed back."""

"""grants: who gets money, why, and what they matched."""

"""Who may call itself a Designated Cluster."""

"""Who people are, whom they belong to, what they may open."""

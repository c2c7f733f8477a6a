"""What the programme allows: pure functions over facts, no database and no clock."""

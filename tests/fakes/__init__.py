"""Stand-ins for what the tests cannot have for real: a model that says what it is told to."""

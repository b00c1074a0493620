"""Ranks the first candidates of a search again, by looking closer: one protocol, and its backends."""

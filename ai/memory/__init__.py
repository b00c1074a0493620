"""What an assistant remembers of a conversation: recent turns, a rolling summary, facts."""

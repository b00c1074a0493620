"""How well search does: questions with their right documents, measures, intervals and tables."""

"""Health, logs, and the last answers."""

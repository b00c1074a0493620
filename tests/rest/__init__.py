"""The REST API of chat, called with real tokens."""

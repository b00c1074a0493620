"""Readers turn a file into text; each knows one format. The recipe is in CONTRIBUTING.md."""

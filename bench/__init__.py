"""Measures the site beside floors that were written in good faith; see README.md."""

"""Clients that make the load; lean, so that they are not what is measured."""

"""Finds passages in the owner's documents. The package holds its place in the layers; its issue fills it."""

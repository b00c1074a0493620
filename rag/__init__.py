"""Finds passages in the owner's documents. Still empty: it holds its place in the layers."""

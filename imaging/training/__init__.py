"""Trains the generators: data, networks, loop, measures, export. The site itself needs none of it."""

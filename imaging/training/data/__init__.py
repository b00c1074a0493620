"""Data sets: pictures that renderers draw, or those of a folder."""

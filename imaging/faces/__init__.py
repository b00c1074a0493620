"""One module a look: each draws the inside of a 64 × 64 picture from a seed."""

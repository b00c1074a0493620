"""Template filters of the wiring's own pages."""

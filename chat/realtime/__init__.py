"""Tells browsers: typed commands in, typed events out, one hub per process."""

"""Whole flows against a running site, through a client written from the outside contract alone."""

"""The least that does the same for its user: uvloop, no Django, no rights, no room rules."""

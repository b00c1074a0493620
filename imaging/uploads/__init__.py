"""Pictures that people send: checked and drawn anew in a process of its own with limits."""

"""A real site for tests: its own processes, started, killed and restarted one by one."""

"""Real faults on a real site: killed processes, lost networks, slow readers, silent models."""

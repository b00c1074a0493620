"""Tests of prompts, backends, streaming and the model server's faults."""

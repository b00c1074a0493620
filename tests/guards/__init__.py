"""Guards that read the source: rules of the code that no type checker knows."""

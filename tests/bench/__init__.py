"""The machinery of the benchmarks: what it says must be true whatever the machine does."""

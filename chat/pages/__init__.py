"""What the pages show: gathers what selectors read into the context of one template."""

"""What stands in a face's place until it is drawn: an SVG from the handle alone, one module a style."""

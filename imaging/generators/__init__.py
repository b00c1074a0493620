"""Generators: plug-ins that turn a seed into pixels, one folder each.

A folder here is a package whose module offers `open_generator(file, sha256)`, which returns an object
that fulfils `base.Generator`. The name of the folder is what staff choose for a style; nothing else
needs to be told of it.
"""

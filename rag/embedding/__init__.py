"""Turns texts into vectors: one protocol, the backends that fulfil it, and the choice between them."""

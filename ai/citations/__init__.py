"""Citations: the numbers behind an answer's sentences, checked against the passages it was made from."""

from ai.citations.stream import CitationStream

__all__ = ["CitationStream"]

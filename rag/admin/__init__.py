"""Corpora, documents and chunks, in the admin."""

from rag.admin import chunks, corpora, documents

__all__ = ["chunks", "corpora", "documents"]

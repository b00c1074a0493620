"""What this app keeps in the database."""

from rag.models.chunk import Chunk, DraftChunk
from rag.models.corpus import Corpus, Readership
from rag.models.document import Document, Draft
from rag.models.fresh_vector import FreshVector
from rag.models.short_name import ShortName

__all__ = [
    "Chunk",
    "Corpus",
    "Document",
    "Draft",
    "DraftChunk",
    "FreshVector",
    "Readership",
    "ShortName",
]

"""What this app keeps in the database."""

from rag.models.chunk import Chunk, DraftChunk
from rag.models.corpus import Corpus, Readership
from rag.models.document import Document, Draft

__all__ = ["Chunk", "Corpus", "Document", "Draft", "DraftChunk", "Readership"]

"""What this app keeps in the database."""

from rag.models.chunk import Chunk, DraftChunk
from rag.models.corpus import Corpus, Readership
from rag.models.document import Document, Draft
from rag.models.fresh_vector import FreshVector

__all__ = ["Chunk", "Corpus", "Document", "Draft", "DraftChunk", "FreshVector", "Readership"]

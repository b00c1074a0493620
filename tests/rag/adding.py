"""Short ways to hand documents in, to index what waits, and to see what can be found."""

import io

from rag.models import Chunk, Corpus, Document
from rag.services.documents import add_document, add_file
from rag.services.indexing import index_next
from rag.types import Description


def add(
    corpus: Corpus, text: str = "It lasts two days.", name: str = "a", title: str = ""
) -> Document:
    return add_document(corpus=corpus, description=Description(name, title=title), text=text)


def add_bytes(corpus: Corpus, name: str, data: bytes) -> Document:
    return add_file(
        corpus=corpus, description=Description(name), file=io.BytesIO(data), file_name=name
    )


def index_all() -> None:
    while index_next():
        pass


def found(corpus: Corpus) -> list[str]:
    """The texts of everything that can be found."""
    return list(Chunk.objects.filter(corpus=corpus).values_list("text", flat=True))

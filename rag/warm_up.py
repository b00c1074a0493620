"""Loads what the first search of a process would otherwise wait seconds for."""

from threading import Thread

import structlog
from django.db import connection

from rag.embedding.registry import embedder
from rag.errors import EmbedderMissingError
from rag.models import Chunk

logger = structlog.get_logger(__name__)


def warm_up() -> None:
    """Begin to load the embedder beside whatever else the process does, on a site with passages.

    A site without them is spared its 460 MB.
    """
    Thread(target=_load, name="search-model", daemon=True).start()


def _load() -> None:
    try:
        if Chunk.objects.exists():
            embedder()
    except EmbedderMissingError as missing:  # each search says so itself
        logger.warning("embedder_missing", **missing.data)
    finally:
        connection.close()

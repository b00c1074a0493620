"""Loads what the first search of a process would otherwise wait seconds for."""

from threading import Thread

import structlog

from rag.embedding.registry import embedder
from rag.errors import EmbedderMissingError

logger = structlog.get_logger(__name__)


def warm_up() -> None:
    """Begin to load the site's embedder beside whatever else the process does."""
    Thread(target=_load, name="search-model", daemon=True).start()


def _load() -> None:
    try:
        embedder()
    except EmbedderMissingError as missing:  # each search says so itself
        logger.warning("embedder_missing", **missing.data)

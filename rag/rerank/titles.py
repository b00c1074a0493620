"""Titles token by token, read by themselves. The last ones are kept: questions ask for the same again."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from threading import Lock

from rag.embedding.base import Embedder, TokenVectors

KEPT = 1_000  # titles of some 18 KB


class TitleReader:
    """May be used by several threads at once."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], TokenVectors] = OrderedDict()
        self._lock = Lock()

    def read(self, titles: Iterable[str], model: Embedder) -> Mapping[str, TokenVectors]:
        """By title. What is not known yet takes 2.5 ms a title with e5_small."""
        wanted = list(dict.fromkeys(titles))
        with self._lock:
            known = {title: self._kept.get((model.fingerprint, title)) for title in wanted}
        missing = [title for title, tokens in known.items() if tokens is None]
        made = model.encode_with_tokens(missing).tokens if missing else []
        read = dict(zip(missing, made, strict=True))
        found = {title: tokens or read[title] for title, tokens in known.items()}
        self._keep(found, model.fingerprint)
        return found

    def _keep(self, found: Mapping[str, TokenVectors], fingerprint: str) -> None:
        with self._lock:
            for title, tokens in found.items():
                self._kept[fingerprint, title] = tokens
                self._kept.move_to_end((fingerprint, title))
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)

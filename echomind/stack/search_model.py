"""The embedded search model: made before anything starts, once a machine."""

from collections.abc import Callable

from django.conf import settings

from echomind.common.errors import EchoMindError
from rag.embedding.e5_small.model_folder import model_folder

EMBEDDED = "e5_small"


def prepare_search_model(tell: Callable[[str], None]) -> None:
    """A site without it works but for search by meaning, so a failure is told and starts it all the same."""
    if settings.EMBEDDER != EMBEDDED or model_folder().exists():
        return
    from rag.embedding.e5_small.build import (
        build_model,
    )  # heavy, and needed on the first start alone

    try:
        build_model(tell)
    except EchoMindError as failure:
        tell(f"{failure.sentence} Documents cannot be searched until then.")

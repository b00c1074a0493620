"""The tool by which an assistant answers from documents: chat says whose, `rag` finds the passages."""

from collections.abc import Sequence

from django.db import OperationalError

from ai.api import documents_tool, routes_of
from ai.errors import ToolFailedError
from ai.types import ReplyRequest, Tool
from chat.models import Reply
from chat.realtime.threads import in_thread
from chat.selectors.corpora import Library, library_for
from rag.api import find_passages
from rag.types import Passage


def search_documents(reply: Reply, request: ReplyRequest) -> Tool | None:
    """The tool for one reply; None where nothing is named and there is nothing to read."""
    library = library_for(reply, allowed=request.brief.corpora)
    if not (library.corpora or library.is_named):
        return None

    async def find(query: str, most: int) -> Sequence[Passage]:
        return await in_thread(_find, library, query, most)

    return documents_tool(
        find,
        routes=routes_of(request.brief),
        language=reply.room.language,
        is_bound=library.is_named,
    )


def _find(library: Library, query: str, most: int) -> Sequence[Passage]:
    try:
        found = find_passages(query, corpora=library.corpora, user_ids=library.readers, k=most)
    except OperationalError as error:  # Postgres is away
        raise ToolFailedError(reason="the documents cannot be read now") from error
    return found.passages

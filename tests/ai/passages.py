"""Passages for tests, and an assistant that finds them in documents."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from ai.routing import routes_of
from ai.tools import documents_tool
from ai.types import ReplyRequest, Route, ToolName, Turn
from rag.types import Passage
from tests.ai.conversations import request_of
from tests.fakes.model_server import ModelServer


def passage(chunk: int, text: str, *, title: str = "", score: float = 0.9) -> Passage:
    """A passage of a document of its own."""
    return Passage(chunk, chunk, f"doc-{chunk}", title, 1, text, 0, len(text), score, 40)


def about_documents(
    found: Sequence[Passage],
    *turns: Turn,
    server: ModelServer | None = None,
    calls: bool = False,
    is_bound: bool = True,
    wanted: tuple[Route, ...] = (),
    finding_s: float = 0.0,
) -> ReplyRequest:
    """A request whose assistant finds these passages, whatever is asked; in Chinese. The servers that
    are `wanted` come before `server`.
    """

    async def find(query: str, most: int) -> Sequence[Passage]:
        await asyncio.sleep(finding_s)
        return found[:most]

    plain = request_of(*turns)
    brief = replace(plain.brief, tools=(ToolName.SEARCH_DOCUMENTS,))
    if server is not None:
        route = Route(server.base_url, kind="openai_compatible", calls_functions=calls)
        brief = replace(brief, routes=(*wanted, route))
    tool = documents_tool(find, routes=routes_of(brief), language="zh-hant", is_bound=is_bound)
    return replace(plain, language="zh-hant", brief=brief, tools=(tool,))

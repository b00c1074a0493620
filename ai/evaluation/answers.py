"""Asks an assistant what people may ask of documents, and keeps what it read, said and cited."""

from contextlib import aclosing
from dataclasses import dataclass, replace
from hashlib import sha256
from time import monotonic

from ai.routing import routes_of
from ai.run import stream_reply
from ai.tools.documents import Find, documents_tool
from ai.types import Brief, Cited, ReplyRequest, TextPiece, ToolName, ToolsUsed, Turn
from rag.types import Question


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One answer. `read` and `cited` are external ids of documents, in the order of the prompt and of
    the text; `seconds` is from the question to the last word.
    """

    question: Question
    text: str
    read: tuple[str, ...]
    cited: tuple[str, ...]
    seconds: float


async def answer_to(question: Question, *, find: Find, brief: Brief, assistant: str) -> GivenAnswer:
    """The answer in a room of its own that speaks the question's language. Raises as `stream_reply`."""
    began = monotonic()
    text = ""
    read: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    async with aclosing(stream_reply(_request(question, find, brief, assistant))) as events:
        async for event in events:
            match event:
                case TextPiece():
                    text += event.text
                case ToolsUsed():
                    passages = (passage for use in event.uses for passage in use.passages)
                    read = tuple(passage.external_id for passage in passages)
                case Cited():
                    cited = tuple(one.passage.external_id for one in event.citations)
    return GivenAnswer(question, text, read, cited, monotonic() - began)


def _request(question: Question, find: Find, brief: Brief, assistant: str) -> ReplyRequest:
    language = question.language or "en"
    return ReplyRequest(
        conversation=f"check:{sha256(question.query.encode()).hexdigest()[:16]}",
        assistant=assistant,
        language=language,
        turns=(Turn(role="user", sender="reader", text=question.query),),
        trace_id="answer-check",
        brief=replace(brief, tools=(ToolName.SEARCH_DOCUMENTS,)),
        tools=(documents_tool(find, routes=routes_of(brief), language=language),),
    )

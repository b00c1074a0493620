"""What an assistant is told before it answers: the room's recent turns, and who said what."""

from dataclasses import replace

from ai.api import Wishes, brief, brief_again, recall
from ai.types import Brief, PromptMessage, Recall, ReplyRequest, Turn
from chat.models import Reply
from chat.selectors.assistants import speaking_in
from chat.selectors.corpora import readers_of
from chat.selectors.passages import cited_before, read_before
from chat.selectors.recent_turns import Listener, turns_before
from chat.selectors.round_table import former_answers
from rag.api import readable_documents
from rag.errors import PassageNotFoundError
from rag.types import Passage


def reply_request(reply: Reply) -> ReplyRequest:
    """The request for one reply: what is remembered, the recent turns, and the question."""
    listener = Listener(reply.room_id, reply.assistant_id)
    known = recall_before(listener, reply.question.seq)
    turns = turns_before(listener, before=reply.question.seq, after=known.until)
    return ReplyRequest(
        conversation=listener.conversation,
        assistant=reply.assistant.username,
        assistant_name=reply.assistant.shown_name,
        language=reply.room.language,
        asker_language=reply.asker.language,
        turns=(*turns, *_asked(reply)),
        others=_other_assistants(reply),
        trace_id=reply.trace_id,
        brief=_brief(reply),
        recall=known,
        prompt=_prompt_again(reply),
        passages=_passages_again(reply),
        once_told=reply.repeats.passport if reply.repeats else {},
        written=_written(reply),
        cited=cited_before(reply.continues) if reply.continues else (),
    )


def recall_before(listener: Listener, question: int) -> Recall:
    """What the assistant remembers when it answers this question. A summary that covers the
    question knows what came after it, and is left out.
    """
    known = recall(listener.conversation)
    if question > known.until:
        return known
    return replace(known, summary="", until=min(known.since, question - 1))


def wishes_of(reply: Reply) -> Wishes:
    """What was wished when the question was asked, and the model: the reply's own, else the one that
    the room has by now.
    """
    room = reply.room
    return Wishes(
        **{"model": room.model_id, **reply.wishes},
        allowed=tuple(room.allowed_models.values_list("pk", flat=True)),
    )


def _other_assistants(reply: Reply) -> tuple[str, ...]:
    users = (membership.user for membership in speaking_in(reply.room))
    return tuple(user.shown_name for user in users if user.pk != reply.assistant_id)


def _brief(reply: Reply) -> Brief:
    if reply.repeats is not None:
        return brief_again(reply.repeats.passport)
    return brief(
        assistant=reply.assistant_id,
        asker=reply.asker_id,
        language=reply.room.language,
        wishes=wishes_of(reply),
    )


def _prompt_again(reply: Reply) -> tuple[PromptMessage, ...]:
    """What the model read when it wrote the reply that this one repeats."""
    return tuple(reply.repeats.prompt) if reply.repeats else ()


def _passages_again(reply: Reply) -> tuple[Passage, ...]:
    """Its passages, if everybody here may still read them. Raises PassageNotFoundError."""
    read = read_before(reply.repeats) if reply.repeats else ()
    documents = {passage.document for passage in read}
    if documents and documents - set(readable_documents(readers_of(reply.room), documents)):
        raise PassageNotFoundError
    return read


def _written(reply: Reply) -> str:
    """The answer that this reply goes on from."""
    begun = reply.continues.answer if reply.continues else None
    return begun.text if begun else ""


def _asked(reply: Reply) -> list[Turn]:
    """The question. After others at a round table it is asked once more, below what they said."""
    hears = Listener(reply.room_id, reply.assistant_id).hears
    question, former = hears(reply.question), [*map(hears, former_answers(reply))]
    return [question, *former, question] if former else [question]

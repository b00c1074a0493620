"""Celery's way in: each task is one call of a service."""

from celery import shared_task

from chat.services import faces, summaries, titles, upkeep, write_reply
from chat.types import MAKE_FACE, SUM_UP, TITLE_CONVERSATIONS, WRITE_NEXT_REPLY
from echomind.common.queues import Queue


@shared_task(name=WRITE_NEXT_REPLY, queue=Queue.REPLIES)
def write_next_reply(queue: str = Queue.REPLIES) -> None:
    """Write the reply of the queue whose turn it is."""
    write_reply.write_next(Queue(queue))


@shared_task(name="chat.look_after_replies", queue=Queue.UPKEEP, expires=10)
def look_after_replies() -> None:
    """Finish what dead workers left, and queue what the broker never got."""
    upkeep.rescue_abandoned()
    upkeep.requeue_forgotten()


@shared_task(name=TITLE_CONVERSATIONS, queue=Queue.UPKEEP, expires=60)
def title_conversations() -> None:
    """Suggest titles for conversations that were answered lately."""
    titles.title_conversations()


@shared_task(name=SUM_UP, queue=Queue.UPKEEP, expires=600)
def sum_up(reply: str) -> None:
    """Sum up what leaves the window of a reply's conversation."""
    summaries.sum_up(reply)


@shared_task(name=MAKE_FACE, queue=Queue.IMAGES, expires=600)
def make_face(user: str, style: str, again: str = "") -> None:
    """Draw a member's face in a style of rooms, or with `again` once more."""
    faces.make_face(user_id=int(user), style=style, again=bool(again))


@shared_task(name="chat.request_missing_faces", queue=Queue.UPKEEP, expires=60)
def request_missing_faces() -> None:
    """Ask for the faces of members who have none."""
    faces.request_missing_faces()

"""Words that chat's models, services and sockets share. Imports no model."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from echomind.common.queues import Queue


class RoomKind(models.TextChoices):
    """Who may find and enter a room."""

    PUBLIC = "public", _("Public")
    PRIVATE = "private", _("Private")
    DIRECT = "direct", _("Direct")


class Style(models.TextChoices):
    """A room's look: its accent and the avatars drawn in it."""

    MINIMALIST = "minimalist", _("Minimalist")
    COMIC = "comic", _("Comic")
    PIXEL = "pixel", _("Pixel")
    REALISTIC = "realistic", _("Realistic")


class Role(models.TextChoices):
    """What a member may do in a room, from most to least."""

    OWNER = "owner", _("Owner")
    MODERATOR = "moderator", _("Moderator")
    MEMBER = "member", _("Member")
    READER = "reader", _("Reader")


class AddresseeKind(models.TextChoices):
    """Whom a message is for."""

    EVERYONE = "everyone", _("Everyone")
    MEMBER = "member", _("Member")
    ASSISTANT = "assistant", _("Assistant")


class ReplyState(models.TextChoices):
    """The life of an assistant's reply."""

    QUEUED = "queued", _("Queued")
    WRITING = "writing", _("Writing")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")
    FAILED = "failed", _("Failed")


class Answering(models.TextChoices):
    """Which assistants of a room answer a message."""

    ADDRESSED = "addressed", _("Only the one that is addressed")
    DEFAULT = "default", _("One of them, when nobody is addressed")
    ROUND_TABLE = "round_table", _("All of them in turn, when nobody is addressed")


MOST_IN_A_ROW = 8  # messages of assistants without a person's; no room may allow more
REPLY_QUEUES = (
    Queue.REPLIES,
    Queue.GPU,
    Queue.IMAGES,
)  # where replies wait, by the worker that they need
UNFINISHED = (ReplyState.QUEUED, ReplyState.WRITING)


class EventType(models.TextChoices):
    """The durable events: each takes one number of its room's sequence."""

    MESSAGE_CREATED = "message.created"
    MESSAGE_EDITED = "message.edited"
    MESSAGE_REMOVED = "message.removed"
    REPLY_FINISHED = "reply.finished"
    REPLY_FAILED = "reply.failed"


MAX_TEXT = 8_000  # characters of one message
MAX_CLIENT_ID = 64
TITLE_CONVERSATIONS = "chat.title_conversations"  # the task: suggest what conversations are called
WRITE_NEXT_REPLY = "chat.write_next_reply"  # the task: one permission to write the next reply
MAKE_FACE = "chat.make_face"  # the task: draw the face of a user in a style of rooms
SUM_UP = "chat.sum_up"  # the task: sum up what leaves an assistant's window

"""The work of an assistant on one question."""

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chat.types import UNFINISHED, ReplyState
from echomind.common.queues import Queue


class Reply(models.Model):
    """One reply to one question. `attempt` is the fence: only the newest attempt may write.

    `answer` is the assistant's message and exists once the reply is done or stopped. Replies to one
    question by one assistant are its versions; `continues` is the one whose text this one goes on
    from, `repeats` the one that this one runs again exactly. `picture` is what was drawn for it, as its
    whole answer or on the way to one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    room = models.ForeignKey("chat.Room", models.CASCADE, related_name="replies")
    question = models.ForeignKey("chat.Message", models.CASCADE, related_name="replies")
    assistant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="replies_written"
    )
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="replies_asked"
    )
    answer = models.OneToOneField(
        "chat.Message", models.SET_NULL, null=True, blank=True, related_name="answer_of"
    )
    state = models.CharField(
        _("state"), max_length=16, choices=ReplyState.choices, default=ReplyState.QUEUED
    )
    queue = models.CharField(_("queue"), max_length=16, default=Queue.REPLIES)
    attempt = models.PositiveIntegerField(_("attempt"), default=0)
    code = models.CharField(_("error code"), max_length=64, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    continues = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="continued_by"
    )
    repeats = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="repeated_by"
    )
    then = models.JSONField(default=list, blank=True)  # ids of the assistants whose turn comes next
    wishes = models.JSONField(default=dict, blank=True)  # preset, values and model, as asked for
    drawing = models.JSONField(null=True, blank=True)  # kind, seed: to be drawn, not written
    picture = models.ForeignKey(
        "imaging.Picture", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    prompt = models.JSONField(default=list, blank=True)  # the messages the model read
    passages = models.JSONField(
        default=list, blank=True
    )  # of documents, see `chat.selectors.passages`
    passport = models.JSONField(_("passport"), default=dict, blank=True)
    trace_id = models.CharField(_("trace id"), max_length=64, blank=True)
    created_at = models.DateTimeField(_("asked"), auto_now_add=True)
    queued_at = models.DateTimeField(_("queued"))
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        indexes = [
            models.Index(
                fields=["state", "queued_at"],
                condition=Q(state__in=UNFINISHED),
                name="unfinished_replies",
            ),
            models.Index(fields=["asker", "finished_at"], name="ended_replies_of_asker"),
            GinIndex(fields=["passages"], opclasses=["jsonb_path_ops"], name="replies_by_passage"),
        ]

    def __str__(self) -> str:
        return f"{self.assistant} · {self.state}"

"""Assistants' replies in the admin: what waits, what runs, what failed and why."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import truncatechars
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from chat.errors import StopUnavailableError
from chat.models import Reply
from chat.services.replies import stop_reply
from chat.types import UNFINISHED
from echomind.common.admin_columns import link_to

SHOWN = 60  # characters of the question


@admin.register(Reply)
class ReplyAdmin(admin.ModelAdmin[Reply]):
    """Read only, but for stopping."""

    list_display = (
        "about", "assistant_link", "room_link", "asker_link", "state", "attempt", "code",
        "created_at", "waited", "took",
    )  # fmt: skip
    list_filter = ("state", "code", "created_at", "room__kind")
    list_select_related = ("question", "assistant", "room", "asker")
    search_fields = ("=id", "=trace_id", "question__text", "assistant__username", "asker__username")
    search_help_text = _("Id, trace id, question, assistant or asker")
    ordering = ("-created_at",)
    show_full_result_count = False
    actions = ("stop",)
    fields = (
        "id", "state", "attempt", "code", "question_link", "answer_link", "assistant_link",
        "asker_link", "room_link", "created_at", "queued_at", "started_at", "finished_at",
        "waited", "took", "trace_id", "passport",
    )  # fmt: skip

    @admin.display(description=_("question"))
    def about(self, reply: Reply) -> str:
        """The beginning of the question."""
        return truncatechars(reply.question.text, SHOWN) or "–"

    @admin.display(description=_("question"))
    def question_link(self, reply: Reply) -> SafeString:
        """The message that asked."""
        return link_to(reply.question, reply.question)

    @admin.display(description=_("answer"))
    def answer_link(self, reply: Reply) -> SafeString | str:
        """The message that answered."""
        return link_to(reply.answer, reply.answer) if reply.answer else "–"

    @admin.display(description=_("assistant"), ordering="assistant__username")
    def assistant_link(self, reply: Reply) -> SafeString:
        """Who writes."""
        return link_to(reply.assistant, reply.assistant)

    @admin.display(description=_("asker"), ordering="asker__username")
    def asker_link(self, reply: Reply) -> SafeString:
        """Who asked."""
        return link_to(reply.asker, reply.asker)

    @admin.display(description=_("room"), ordering="room__name")
    def room_link(self, reply: Reply) -> SafeString:
        """Where."""
        return link_to(reply.room, reply.room)

    @admin.display(description=_("waited"))
    def waited(self, reply: Reply) -> str:
        """From the queue to the last start."""
        if reply.started_at is None:
            return "–"
        return _seconds(reply.started_at - reply.queued_at)

    @admin.display(description=_("took"))
    def took(self, reply: Reply) -> str:
        """From the last start to the end."""
        if reply.started_at is None or reply.finished_at is None:
            return "–"
        return _seconds(reply.finished_at - reply.started_at)

    @admin.action(description=_("Stop the chosen replies"), permissions=["stop"])
    def stop(self, request: HttpRequest, replies: QuerySet[Reply]) -> None:
        """A waiting reply ends at once, one being written within a second."""
        running = replies.filter(state__in=UNFINISHED).select_related(
            "room", "assistant", "asker", "question"
        )
        try:
            for reply in running:
                stop_reply(reply)
        except StopUnavailableError as error:
            self.message_user(request, str(error.sentence), "error")
            return
        count = len(running)
        told = ngettext("%(count)d reply is stopped.", "%(count)d replies are stopped.", count)
        self.message_user(request, told % {"count": count})

    def has_stop_permission(self, request: HttpRequest) -> bool:
        """Whoever may change replies may stop them, which is the only change there is."""
        return request.user.has_perm("chat.change_reply")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Replies are asked for in rooms."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Reply | None = None) -> bool:
        """What happened stays as it was."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Reply | None = None) -> bool:
        """The same."""
        return False


def _seconds(span: timedelta) -> str:
    return f"{span.total_seconds():.1f} s"

"""Messages in the admin: to find and read. They are changed in their room, where all see it."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import truncatechars
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from chat.models import Message, Reaction, Reply
from echomind.common.admin_columns import count_of, link_to, link_to_list

SHOWN = 80  # characters


class RemovedFilter(admin.SimpleListFilter):
    """Deleted messages, of which only the place is left."""

    title = _("removed")
    parameter_name = "removed"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Message]
    ) -> list[tuple[str, str]]:
        """The two answers."""
        return [("yes", str(_("Yes"))), ("no", str(_("No")))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Message]) -> QuerySet[Message]:
        """The messages with the chosen answer."""
        if self.value() is None:
            return queryset
        return queryset.filter(removed_at__isnull=self.value() == "no")


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin[Message]):
    """All messages, newest first."""

    list_display = (
        "short", "author_link", "room_link", "to_kind", "reply_count", "created_at", "edited",
        "removed",
    )  # fmt: skip
    list_filter = (RemovedFilter, "to_kind", "author__kind", "room__kind", "created_at")
    list_select_related = ("author", "room")
    search_fields = ("text", "author__username", "room__name")
    ordering = ("-pk",)
    show_full_result_count = False
    fields = (
        "room_link", "seq", "author_link", "to_kind", "to_user", "text", "quoted",
        "reply_count", "reaction_count", "created_at", "edited_at", "removed_at",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        """Messages with their counts, in one statement."""
        return (
            super()
            .get_queryset(request)
            .annotate(
                replies_there=count_of(Reply.objects.all(), "question"),
                reactions_there=count_of(Reaction.objects.all(), "message"),
            )
        )

    @admin.display(description=_("text"))
    def short(self, message: Message) -> str:
        """The beginning of the text."""
        return truncatechars(message.text, SHOWN) or "–"

    @admin.display(description=_("author"), ordering="author__username")
    def author_link(self, message: Message) -> SafeString:
        """Who wrote it."""
        return link_to(message.author, message.author)

    @admin.display(description=_("room"), ordering="room__name")
    def room_link(self, message: Message) -> SafeString:
        """Where it was written."""
        return link_to(message.room, message.room)

    @admin.display(description=_("answers"))
    def quoted(self, message: Message) -> SafeString | str:
        """The message that this one answers."""
        return link_to(message.reply_to, message.reply_to) if message.reply_to else "–"

    @admin.display(description=_("replies"), ordering="replies_there")
    def reply_count(self, message: Message) -> SafeString:
        """The assistants' replies to it."""
        count: int = message.replies_there  # type: ignore[attr-defined]  # annotated above
        return link_to_list(Reply, count, question__id__exact=message.pk)

    @admin.display(description=_("reactions"))
    def reaction_count(self, message: Message) -> int:
        """How many emoji were put on it."""
        count: int = message.reactions_there  # type: ignore[attr-defined]  # annotated above
        return count

    @admin.display(description=_("edited"), boolean=True, ordering="edited_at")
    def edited(self, message: Message) -> bool:
        """Whether the text is not the first one."""
        return message.edited_at is not None

    @admin.display(description=_("removed"), boolean=True, ordering="removed_at")
    def removed(self, message: Message) -> bool:
        """Whether it was deleted."""
        return message.removed_at is not None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody speaks from here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        """Nor changes what others said."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        """Nor tears a hole into a room's numbers."""
        return False

"""Rooms in the admin: make one, change its look, see who is there and how much is said."""

from collections.abc import Iterable
from typing import Any, cast

from django.contrib import admin
from django.db.models import Field, QuerySet
from django.forms import ModelForm, TypedChoiceField
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.api import User
from chat.admin.memberships import MembershipInline, write_membership
from chat.models import Membership, Message, Reply, Room
from chat.realtime.publish import tell_members_changed
from chat.services.rooms import create_room, remove
from chat.types import UNFINISHED, RoomKind
from echomind.common.admin_columns import count_of, link_to_list

Inlines = list[type[admin.options.InlineModelAdmin[Any, Any]]]
MOST_ON_PAGE = 200  # members; a larger room has them in the list of memberships alone


@admin.register(Room)
class RoomAdmin(admin.ModelAdmin[Room]):
    """The style is changed right in the list. A new room gets its address and its owner by itself."""

    list_display = (
        "name", "kind", "style", "member_count", "message_count", "open_replies", "created_at",
    )  # fmt: skip
    list_editable = ("style",)
    list_filter = ("kind", "style", "language", "created_at")
    search_fields = ("name", "slug", "topic")
    ordering = ("pk",)
    fields = (
        "name", "topic", "kind", "style", "language",
        "answering", "default_assistant", "max_assistant_run", "model", "allowed_models", "corpora",
        "slug", "seq", "created_at",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Room]:
        """Rooms with their counts, in one statement."""
        return (
            super()
            .get_queryset(request)
            .annotate(
                members_there=count_of(Membership.objects.all(), "room"),
                messages_there=count_of(Message.objects.filter(removed_at=None), "room"),
                replies_there=count_of(Reply.objects.filter(state__in=UNFINISHED), "room"),
            )
        )

    @admin.display(description=_("members"), ordering="members_there")
    def member_count(self, room: Any) -> SafeString:
        """With a link to them."""
        return link_to_list(Membership, room.members_there, room__id__exact=room.pk)

    @admin.display(description=_("messages"), ordering="messages_there")
    def message_count(self, room: Any) -> SafeString:
        """With a link to them."""
        return link_to_list(Message, room.messages_there, room__id__exact=room.pk)

    @admin.display(description=_("replies in work"), ordering="replies_there")
    def open_replies(self, room: Any) -> SafeString:
        """Those that wait or are being written, with a link to all replies."""
        return link_to_list(Reply, room.replies_there, room__id__exact=room.pk)

    def view_on_site(self, room: Room) -> str:
        """The room itself."""
        return reverse("chat:room", args=[room.slug])

    def get_fields(self, request: HttpRequest, obj: Room | None = None) -> tuple[str, ...]:
        """What the site chooses is not asked for."""
        return self.fields if obj else ("name", "topic", "kind", "style", "language")

    def get_readonly_fields(self, request: HttpRequest, obj: Room | None = None) -> tuple[str, ...]:
        """The kind is chosen once: people spoke in a room relying on who can read it."""
        return ("kind", "slug", "seq", "created_at") if obj else ()

    def formfield_for_choice_field(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **options: Any
    ) -> TypedChoiceField | None:
        """Direct rooms are opened by the two who talk there."""
        if db_field.name == "kind":
            options["choices"] = [c for c in RoomKind.choices if c[0] != RoomKind.DIRECT]
        return super().formfield_for_choice_field(db_field, request, **options)

    def get_inlines(self, request: HttpRequest, obj: Room | None) -> Inlines:
        """Members of a room that is there and not too large for one page."""
        few = obj is not None and obj.memberships.count() <= MOST_ON_PAGE
        return [MembershipInline] if few else []

    def save_model(
        self, request: HttpRequest, obj: Room, form: ModelForm[Room], change: bool
    ) -> None:
        """Make a room through the service; write only what was changed, as `seq` moves meanwhile."""
        if not change:
            made = create_room(creator=cast(User, request.user), **form.cleaned_data)
            obj.pk, obj.slug = made.pk, made.slug
        elif form.changed_data:
            obj.save(update_fields=form.changed_data)

    def save_formset(
        self, request: HttpRequest, form: ModelForm[Room], formset: Any, change: bool
    ) -> None:
        """Write the members through the services: first those who come or rise, then who goes."""
        for membership in formset.save(commit=False):
            write_membership(membership)
        for membership in formset.deleted_objects:
            remove(membership)

    def delete_model(self, request: HttpRequest, obj: Room) -> None:
        """Delete a room with all that was said there, and close it on open pages."""
        for user_id in obj.memberships.values_list("user_id", flat=True):
            tell_members_changed(user_id)
        obj.delete()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Room]) -> None:
        """As for one."""
        for room in queryset:
            self.delete_model(request, room)

    def get_deleted_objects(
        self, objs: Iterable[Room], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """Counts instead of a list of every message; the right to delete rooms covers what is in them."""
        rooms = list(objs)
        counts = {
            str(name): kind.objects.filter(room__in=rooms).count()
            for name, kind in (
                (_("memberships"), Membership),
                (_("messages"), Message),
                (_("replies"), Reply),
            )
        }
        return [str(room) for room in rooms], counts, set(), []

"""Invitations in the admin: which links are open, and ending them."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.api import User
from chat.models import Invitation
from echomind.common.admin_columns import link_to


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin[Invitation]):
    """Whoever has an open link becomes a member."""

    list_display = ("room_link", "creator", "created_at", "expires_at", "is_open", "address")
    list_display_links = ("created_at",)
    list_filter = ("created_at", "expires_at")
    list_select_related = ("room", "created_by")
    search_fields = ("room__name", "created_by__username")
    autocomplete_fields = ("room",)
    ordering = ("-created_at",)
    fields = ("room", "expires_at")
    actions = ("end",)

    @admin.display(description=_("room"), ordering="room__name")
    def room_link(self, invitation: Invitation) -> SafeString:
        """Where the link leads."""
        return link_to(invitation.room, invitation.room)

    @admin.display(description=_("made by"), ordering="created_by__username")
    def creator(self, invitation: Invitation) -> SafeString:
        """Who made it."""
        return link_to(invitation.created_by, invitation.created_by)

    @admin.display(description=_("open"), boolean=True, ordering="expires_at")
    def is_open(self, invitation: Invitation) -> bool:
        """Whether it still lets people in."""
        return invitation.expires_at > timezone.now()

    @admin.display(description=_("address"))
    def address(self, invitation: Invitation) -> str:
        """The path to hand on."""
        return reverse("chat:invitation", args=[invitation.token])

    def save_model(
        self, request: HttpRequest, obj: Invitation, form: ModelForm[Any], change: bool
    ) -> None:
        """A new link is its maker's."""
        if not change:
            obj.created_by = cast(User, request.user)
        obj.save()

    @admin.action(description=_("End the chosen links now"), permissions=["change"])
    def end(self, request: HttpRequest, invitations: QuerySet[Invitation]) -> None:
        """Nobody comes in by them any more; who is in stays."""
        count = invitations.filter(expires_at__gt=timezone.now()).update(expires_at=timezone.now())
        told = ngettext("%(count)d link is ended.", "%(count)d links are ended.", count)
        self.message_user(request, told % {"count": count})

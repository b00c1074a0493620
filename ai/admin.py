"""Assistants in the admin; their names and pictures are edited on the user row they point to."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ai.models import Assistant


@admin.register(Assistant)
class AssistantAdmin(admin.ModelAdmin[Assistant]):
    """Who may be addressed, and by whom; a link leads to the user row."""

    list_display = ("name", "account", "is_public", "is_active", "description")
    list_filter = ("is_public", "user__is_active")
    list_editable = ("is_public",)
    list_select_related = ("user",)
    search_fields = ("user__username", "user__name", "description")
    autocomplete_fields = ("user",)
    ordering = ("user__name",)

    @admin.display(description=_("name"), ordering="user__name")
    def name(self, assistant: Assistant) -> str:
        """The display name, as members read it."""
        return assistant.user.shown_name

    @admin.display(description=_("handle"), ordering="user__username")
    def account(self, assistant: Assistant) -> str:
        """A link to the user row."""
        address = reverse("admin:accounts_user_change", args=[assistant.user_id])
        return format_html('<a href="{}">@{}</a>', address, assistant.user.username)

    @admin.display(description=_("active"), boolean=True, ordering="user__is_active")
    def is_active(self, assistant: Assistant) -> bool:
        """False while its account is switched off."""
        return assistant.user.is_active

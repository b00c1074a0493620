"""Assistants in the admin; their names and pictures are edited on the user row they point to."""

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ai.admin.fields import LanguageTextsField, LinesField
from ai.models import Assistant
from ai.types import ToolName

MOST_NAME = 64
MOST_DESCRIPTION = 200
MOST_GREETING = 300  # characters
MOST_INSTRUCTIONS = 2000


class AssistantForm(forms.ModelForm[Assistant]):
    """Texts by language and tools by name; what is empty in a language is taken from English."""

    names = LanguageTextsField(most=MOST_NAME, rows=1, label=_("Names on its card"))
    descriptions = LanguageTextsField(
        most=MOST_DESCRIPTION, rows=1, label=_("Descriptions in other languages")
    )
    greetings = LanguageTextsField(most=MOST_GREETING, rows=2, label=_("Greetings"))
    instructions = LanguageTextsField(
        most=MOST_INSTRUCTIONS,
        label=_("Instructions"),
        help_text=_(
            "Who it is and how it speaks, for the model to read. Short ones answer sooner."
        ),
    )
    tools = forms.MultipleChoiceField(
        label=_("Tools"),
        choices=ToolName.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    corpora = LinesField(label=_("Corpora"), help_text=_("Their slugs, one a line."))

    class Meta:
        model = Assistant
        fields = (
            "user", "description", "is_public", "joins_new_rooms", "owner", "names",
            "descriptions", "greetings", "instructions", "model", "adapter", "preset", "tools",
            "corpora",
        )  # fmt: skip


@admin.register(Assistant)
class AssistantAdmin(admin.ModelAdmin[Assistant]):
    """Who may be addressed, by whom, and how it answers; a link leads to the user row."""

    form = AssistantForm
    list_display = ("name", "account", "is_public", "is_active", "owner", "model", "description")
    list_filter = ("is_public", "user__is_active", "model")
    list_editable = ("is_public",)
    list_select_related = ("user", "owner", "model__server")
    search_fields = ("user__username", "user__name", "description")
    autocomplete_fields = ("user", "owner", "model", "adapter", "preset")
    ordering = ("user__name",)
    fieldsets = (
        (None, {"fields": ("user", "description", "is_public", "joins_new_rooms", "owner")}),
        (_("Words"), {"fields": ("names", "descriptions", "greetings", "instructions")}),
        (_("How it answers"), {"fields": ("model", "adapter", "preset", "tools", "corpora")}),
    )

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

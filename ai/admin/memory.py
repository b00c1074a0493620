"""What assistants remember, in the admin. Changes go through the services, which tell all copies."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.api import User
from ai.memory.facts import correct_fact, forget_fact
from ai.models import Fact, Summary


@admin.register(Fact)
class FactAdmin(admin.ModelAdmin[Fact]):
    """Facts that still stand: to be corrected or forgotten. People add them where they talk."""

    list_display = ("text", "conversation", "message", "pinned_by", "created_at")
    list_filter = (("pinned_by", admin.EmptyFieldListFilter), "created_at")
    list_select_related = ("pinned_by",)
    search_fields = ("text", "=conversation", "pinned_by__username")
    show_full_result_count = False
    fields = ("text", "conversation", "message", "pinned_by", "created_at")
    readonly_fields = ("conversation", "message", "pinned_by", "created_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Fact]:
        """Without those that are forgotten: they have no text any more."""
        return super().get_queryset(request).filter(forgotten_at=None)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A fact is pinned in its conversation."""
        return False

    def save_model(self, request: HttpRequest, obj: Fact, form: Any, change: bool) -> None:
        """Give it the text."""
        staff = cast(User, request.user)
        correct_fact(conversation=obj.conversation, fact=obj.pk, text=obj.text, by=staff.pk)

    def delete_model(self, request: HttpRequest, obj: Fact) -> None:
        """Forget it, so that it does not come back."""
        forget_fact(conversation=obj.conversation, fact=obj.pk)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Fact]) -> None:
        """Forget the chosen ones."""
        for fact in queryset:
            self.delete_model(request, fact)


@admin.register(Summary)
class SummaryAdmin(admin.ModelAdmin[Summary]):
    """Summaries are read here and changed where people talk."""

    list_display = ("conversation", "until", "text", "made_at")
    search_fields = ("text", "=conversation")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Models write them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Summary | None = None) -> bool:
        """They follow from what was said."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Summary | None = None) -> bool:
        """The same."""
        return False

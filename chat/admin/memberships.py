"""Who is in which room. Every change goes through the services, so that open pages hear of it."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from chat.errors import LastOwnerError
from chat.models import Membership, Room
from chat.services.rooms import give_role, join, remove
from chat.types import Role
from echomind.common.admin_columns import link_to


def write_membership(membership: Membership) -> None:
    """Let somebody in, or give a member another role. The form has checked the rights."""
    if membership.pk is None:
        joined = join(user=membership.user, room=membership.room, role=membership.role)
        membership.pk = joined.pk
        return
    give_role(membership, membership.role)


def is_last_owner(membership: Membership) -> bool:
    """Whether the room would have nobody left who may change it."""
    owners = Membership.objects.filter(room=membership.room_id, role=Role.OWNER)
    return list(owners.values_list("pk", flat=True)) == [membership.pk]


class MembershipForm(ModelForm[Membership]):
    """A member's role; the only owner stays owner."""

    class Meta:
        model = Membership
        fields = ("room", "user", "role")

    def clean_role(self) -> str:
        """The role. Raises ValidationError where a room would lose its only owner."""
        role: str = self.cleaned_data["role"]
        if self.instance.pk and role != Role.OWNER and is_last_owner(self.instance):
            raise ValidationError(LastOwnerError.sentence)
        return role


class MembershipFormSet(BaseInlineFormSet[Membership, Room, ModelForm[Membership]]):
    """The members on a room's page. Roles are judged together: one owner may follow another."""

    def clean(self) -> None:
        """Raises ValidationError where a room that has an owner would have none."""
        super().clean()
        had = any(form.initial["role"] == Role.OWNER for form in self.initial_forms)
        if had and not any(_stays_owner(form) for form in self.forms):
            raise ValidationError(LastOwnerError.sentence)


class MembershipInline(admin.TabularInline[Membership, Room]):
    """The members of one room."""

    model = Membership
    formset = MembershipFormSet
    fields = ("user", "role", "joined_at")
    readonly_fields = ("joined_at",)
    autocomplete_fields = ("user",)
    extra = 0


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin[Membership]):
    """Every membership of the site."""

    form = MembershipForm
    list_display = ("member", "room_link", "role", "joined_at", "last_read_seq")
    list_display_links = None
    list_editable = ("role",)
    list_filter = ("role", "room__kind", "user__kind", "joined_at")
    list_select_related = ("user", "room")
    search_fields = ("user__username", "user__name", "room__name", "room__slug")
    autocomplete_fields = ("room", "user")
    ordering = ("-joined_at",)

    @admin.display(description=_("member"), ordering="user__username")
    def member(self, membership: Membership) -> SafeString:
        """The user, with a link to the account."""
        return link_to(membership.user, membership.user)

    @admin.display(description=_("room"), ordering="room__name")
    def room_link(self, membership: Membership) -> SafeString:
        """The room, with a link to it."""
        return link_to(membership.room, membership.room)

    def get_changelist_form(self, request: HttpRequest, **options: Any) -> type[MembershipForm]:
        """The list's own form checks as the page does."""
        return MembershipRoleForm

    def get_readonly_fields(
        self, request: HttpRequest, obj: Membership | None = None
    ) -> tuple[str, ...]:
        """Who and where are chosen once."""
        return ("room", "user", "joined_at", "last_read_seq") if obj else ()

    def save_model(
        self, request: HttpRequest, obj: Membership, form: ModelForm[Membership], change: bool
    ) -> None:
        """Through the services."""
        write_membership(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        """The only owner stays."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or not is_last_owner(obj))

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        """Put somebody out."""
        remove(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """Put several out; a room's only owner is kept, and staff are told."""
        for membership in queryset.select_related("user", "room"):
            try:
                with transaction.atomic():
                    remove(membership)
            except LastOwnerError as error:
                self.message_user(request, f"{membership}: {error.sentence}", "warning")


class MembershipRoleForm(MembershipForm):
    """One row of the list."""

    class Meta(MembershipForm.Meta):
        fields = ("role",)  # type: ignore[assignment]  # fewer than its parent


def _stays_owner(form: ModelForm[Membership]) -> bool:
    data = getattr(form, "cleaned_data", {})
    return data.get("role") == Role.OWNER and not data.get("DELETE")

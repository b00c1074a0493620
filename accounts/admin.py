"""Users in the admin: people and assistants, and who may come in. Rooms are chat's."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth import forms as auth_forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.handles import normalised
from accounts.models import User
from accounts.services.access import (
    announce_revocation,
    disable_user,
    enable_user,
    log_out_everywhere,
)


def _to_own_password(request: HttpRequest, extra_context: Any = None) -> HttpResponse:
    return redirect("account_change_password")


# One page to sign in and one to change a password, with their limits. (Assigned as django-allauth
# documents it.)
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.password_change = _to_own_password  # type: ignore[method-assign, assignment]


class NewUserForm(auth_forms.AdminUserCreationForm[User]):
    """A new user; the rest is filled in on the next page."""

    class Meta:
        model = User
        fields = ("username", "name", "kind")

    def clean_username(self) -> str:
        """The handle as it is kept. Raises ValidationError for a taken one."""
        self.cleaned_data["username"] = normalised(self.cleaned_data.get("username", ""))
        handle: str = super().clean_username()
        return handle


class UserForm(auth_forms.UserChangeForm[User]):
    """What staff may change about a user."""

    class Meta:
        model = User
        fields = "__all__"  # the fieldsets below choose
        field_classes = {"username": auth_forms.UsernameField}

    def clean_username(self) -> str:
        """The handle as it is kept."""
        return normalised(self.cleaned_data["username"])


class PasswordForm(auth_forms.AdminPasswordChangeForm):  # type: ignore[type-arg]  # none at run time
    """A new password set by staff."""

    def save(self, commit: bool = True) -> User:
        """Set it, and put out whoever is signed in as this user."""
        user: User = super().save(commit=commit)
        announce_revocation(user_id=user.pk)
        return user


@admin.register(User)
class UserAdmin(auth_admin.UserAdmin[User]):
    """Search, filter, disable; disabling takes effect at once, also on open pages."""

    add_form = NewUserForm
    form = UserForm
    change_password_form = PasswordForm
    list_display = (
        "username", "name", "kind", "language", "is_active", "is_staff", "last_login", "date_joined",
    )  # fmt: skip
    list_filter = ("kind", "is_active", "is_staff", "language", "date_joined")
    search_fields = ("username", "name", "email")
    ordering = ("username",)
    date_hierarchy = "date_joined"
    readonly_fields = ("last_login", "date_joined")
    actions = ("disable", "enable", "log_out")
    fieldsets = (
        (None, {"fields": ("username", "name", "kind", "password")}),
        (_("Settings"), {"fields": ("language", "theme", "email")}),
        (
            _("Access"),
            {
                "fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions"),
                "description": _(
                    "Switch off “active” to shut an account: its messages stay, and every "
                    "open page and token of it ends at once."
                ),
            },
        ),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("username", "name", "kind", "usable_password", "password1", "password2"),
            },
        ),
    )

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Write the row; a changed "active" goes through the service, which tells open pages."""
        super().save_model(request, obj, form, change)
        if change and "is_active" in form.changed_data:
            set_access = enable_user if obj.is_active else disable_user
            set_access(user=obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody is deleted here: what they wrote belongs to rooms. Disable them instead."""
        return False

    @admin.action(description=_("Disable: sign out and let nobody in"), permissions=["change"])
    def disable(self, request: HttpRequest, users: QuerySet[User]) -> None:
        """Shut the chosen accounts."""
        for user in users:
            disable_user(user=user)
        self.message_user(request, _("The chosen accounts are disabled."))

    @admin.action(description=_("Enable: let them sign in again"), permissions=["change"])
    def enable(self, request: HttpRequest, users: QuerySet[User]) -> None:
        """Open the chosen accounts again."""
        for user in users:
            enable_user(user=user)
        self.message_user(request, _("The chosen accounts are enabled."))

    @admin.action(description=_("Sign out on every device"), permissions=["change"])
    def log_out(self, request: HttpRequest, users: QuerySet[User]) -> None:
        """End every session and token of the chosen accounts."""
        for user in users:
            log_out_everywhere(user=user)
        self.message_user(request, _("The chosen accounts are signed out everywhere."))

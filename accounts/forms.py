"""The forms of the account pages: allauth's in the site's words, and the profile."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.handles import MAX_LENGTH, MIN_LENGTH
from accounts.models import User
from accounts.types import Language
from echomind.common.text import is_safe, normalised

LABELS = {
    "login": _("Handle or e-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Your password now"),
    "password1": _("Password"),
    "password2": _("The same password again"),
}
NEW_PASSWORD = {**LABELS, "password1": _("New password")}


class InOurWords:
    """Labels above the fields, in the site's words, instead of placeholders inside them."""

    labels = LABELS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]  # a form's
            field.label = self.labels.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)


class LoginForm(InOurWords, allauth.LoginForm):  # type: ignore[misc]  # allauth has no types
    """Sign in by handle or e-mail address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ReauthenticateForm(InOurWords, allauth.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that needs care."""


class ChangePasswordForm(InOurWords, allauth.ChangePasswordForm):  # type: ignore[misc]
    """A new password for who knows the old one."""

    labels = NEW_PASSWORD

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""  # the page itself has the link to a reset


class SetPasswordForm(InOurWords, allauth.SetPasswordForm):  # type: ignore[misc]
    """A first password."""

    labels = NEW_PASSWORD


class ResetPasswordForm(InOurWords, allauth.ResetPasswordForm):  # type: ignore[misc]
    """Where to send the letter that lets one choose a new password."""


class ResetPasswordKeyForm(InOurWords, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password for who has the letter."""

    labels = NEW_PASSWORD


class AddEmailForm(InOurWords, allauth.AddEmailForm):  # type: ignore[misc]
    """One more address of one's own."""


class SignupForm(InOurWords, allauth.SignupForm):  # type: ignore[misc]
    """A new account: handle, display name, language, and perhaps an address to reset a password."""

    name = forms.CharField(
        label=_("Display name"),
        help_text=_("What others read. Leave it empty to be shown by your handle."),
        max_length=64,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    field_order = ["username", "name", "language", "email", "password1", "password2"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        handle, email = self.fields["username"], self.fields["email"]
        handle.label = _("Handle")
        handle.help_text = _(
            "Others mention you by it: %(least)d to %(most)d letters a to z, digits, or %(signs)s"
        ) % {"least": MIN_LENGTH, "most": MAX_LENGTH, "signs": "_\u00a0.\u00a0-"}
        email.label = _("E-mail address (optional)")
        email.help_text = _("Without it nobody can send you a new password.")
        self.fields["language"].initial = get_language()

    def clean_name(self) -> str:
        """The display name on one line."""
        return one_line(self.cleaned_data["name"])


class ProfileForm(forms.ModelForm[User]):
    """What a person may change about themselves at any time."""

    class Meta:
        model = User
        fields = ["name", "language", "theme"]
        widgets = {
            "theme": forms.RadioSelect,
            "name": forms.TextInput(attrs={"autocomplete": "nickname"}),
        }

    def clean_name(self) -> str:
        """The display name on one line."""
        return one_line(self.cleaned_data["name"])


def one_line(name: str) -> str:
    """The name with its white space joined. Raises ValidationError for signs nobody can see."""
    if not is_safe(name):
        raise forms.ValidationError(_("The name holds characters that cannot be seen."))
    return " ".join(normalised(name).split())

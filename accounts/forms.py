"""The forms of account pages that are not allauth's own."""

from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.handles import MAX_LENGTH, MIN_LENGTH
from accounts.models import User
from accounts.types import Language
from echomind.common.text import is_safe, normalised


def one_line(name: str) -> str:
    """The name with its white space joined. Raises ValidationError for signs nobody can see."""
    if not is_safe(name):
        raise forms.ValidationError(_("The name holds characters that cannot be seen."))
    return " ".join(normalised(name).split())


class SignupForm(AllauthSignupForm):  # type: ignore[misc]  # allauth has no types
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
        handle = self.fields["username"]
        handle.label = _("Handle")
        handle.help_text = _(
            "Others mention you by it: %(least)d to %(most)d letters a to z, digits, or _ . -"
        ) % {"least": MIN_LENGTH, "most": MAX_LENGTH}
        self.fields["language"].initial = get_language()
        self.fields["email"].help_text = _("Without it nobody can send you a new password.")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

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

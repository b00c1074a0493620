"""The form of a person's own assistant: names, words by language, and how it answers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.types import Language
from ai.types import AssistantChoices, AssistantProfile

ABOUT = {  # what is written in each language, and in how many lines
    "greetings": (_("Greeting"), 2),
    "instructions": (_("Who it is and how it answers"), 5),
}


class AssistantForm(forms.Form):
    """What an owner may set at any time."""

    name = forms.CharField(label=_("Name"))
    description = forms.CharField(
        label=_("Description"),
        required=False,
        help_text=_("One line that says what it is good at."),
    )
    is_public = forms.TypedChoiceField(
        label=_("Who may use it"),
        choices=[(False, _("Only me, and rooms that I bring it into")), (True, _("Everybody"))],
        coerce=lambda value: value == "True",
        initial=False,
        widget=forms.RadioSelect,
    )
    model = forms.TypedChoiceField(
        label=_("Model"), required=False, coerce=int, empty_value=None, choices=()
    )
    adapter = forms.TypedChoiceField(
        label=_("Adapter"), required=False, coerce=int, empty_value=None, choices=()
    )
    preset = forms.ChoiceField(label=_("Preset"), required=False)
    tools = forms.MultipleChoiceField(
        label=_("Tools"), required=False, widget=forms.CheckboxSelectMultiple
    )

    corpora = forms.MultipleChoiceField(
        label=_("Corpora"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "It answers from these alone. None chosen: from those of the room, or your own."
        ),
    )

    def __init__(self, *args: Any, choices: AssistantChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for about, (label, rows) in ABOUT.items():
            for language in Language.values:
                self.fields[f"{about}_{language}"] = forms.CharField(
                    label=label, required=False, widget=forms.Textarea({"rows": rows})
                )
        self._offer("model", choices.models, _("The default model"))
        self._offer("adapter", choices.adapters, _("None"))
        self._offer("preset", choices.presets, _("The site's own"))
        self._offer("tools", choices.tools)
        self._offer("corpora", choices.corpora)

    @property
    def languages(self) -> list[dict[str, Any]]:
        """The fields by language, as the template shows them."""
        return [
            {
                "name": label,
                "fields": [self[f"{about}_{language}"] for about in ABOUT],
                "is_open": language == get_language()
                or any(self[f"{about}_{language}"].value() for about in ABOUT),
            }
            for language, label in Language.choices
        ]

    @property
    def profile(self) -> AssistantProfile:
        """What a valid form says."""
        given = self.cleaned_data
        by_language = {
            about: {language: given[f"{about}_{language}"] for language in Language.values}
            for about in ABOUT
        }
        single = ("name", "description", "is_public", "model", "adapter", "preset")
        values: dict[str, Any] = {name: given[name] for name in single} | by_language
        values |= {name: tuple(given[name]) for name in ("tools", "corpora")}
        return AssistantProfile(**values)

    def _offer(
        self, name: str, offered: Iterable[tuple[Any, str]], nothing: str | Promise = ""
    ) -> None:
        field = self.fields[name]
        none = [("", nothing)] if nothing else []
        field.choices = [*none, *offered]  # type: ignore[attr-defined]  # a field of choices


class NewAssistantForm(AssistantForm):
    """An assistant to be made; its handle stays as it is."""

    username = forms.CharField(label=_("Handle"), help_text=_("Others mention it by this name."))
    field_order = ["name", "username"]


def initial_of(profile: AssistantProfile) -> dict[str, Any]:
    """What the form shows of an assistant as it is."""
    texts = {
        f"{about}_{language}": text
        for about in ABOUT
        for language, text in getattr(profile, about).items()
    }
    others = ("name", "description", "is_public", "model", "adapter", "preset", "tools", "corpora")
    return {**{name: getattr(profile, name) for name in others}, **texts}

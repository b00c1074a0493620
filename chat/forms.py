"""The forms of chat's pages. Rules live in the services; forms check shapes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chat.services.rooms import MAX_NAME, MAX_TOPIC
from chat.types import MOST_IN_A_ROW, Answering, Role, RoomKind, Style
from imaging.api import style_names


def style_choices() -> list[tuple[str, Any]]:
    """The styles of rooms, by the names that staff has given them."""
    names = style_names()
    return [(style.value, names.get(style.value) or style.label) for style in Style]


class RoomForm(forms.Form):
    """What a room is called and how it looks."""

    name = forms.CharField(label=_("Name"), max_length=MAX_NAME)
    topic = forms.CharField(label=_("Topic"), max_length=MAX_TOPIC, required=False)
    style = forms.ChoiceField(
        label=_("Style"),
        choices=style_choices,
        initial=Style.MINIMALIST,
        widget=forms.RadioSelect,
        help_text=_("The colour of the room and the way its faces are drawn."),
    )


class NewRoomForm(RoomForm):
    """A room to be made. Only staff may choose that everyone finds it."""

    kind = forms.ChoiceField(
        label=_("Who may enter"),
        choices=[(RoomKind.PRIVATE, _("Invited people")), (RoomKind.PUBLIC, _("Everyone"))],
        initial=RoomKind.PRIVATE,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, may_be_public: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_be_public:
            self.fields["kind"].disabled = True
            self.fields["kind"].widget = forms.HiddenInput()


class AddMemberForm(forms.Form):
    """Somebody to be put into a room."""

    username = forms.CharField(label=_("Handle"), max_length=32)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(Role.MEMBER, _("Member")), (Role.READER, _("Reader"))],
        initial=Role.MEMBER,
    )


class AnsweringForm(forms.Form):
    """Who answers what is said to everyone in a room."""

    answering = forms.ChoiceField(
        label=_("Who answers"), choices=Answering.choices, widget=forms.RadioSelect
    )
    assistant = forms.ChoiceField(
        label=_("The one that answers"),
        required=False,
        help_text=_("For “One of them, when nobody is addressed”."),
    )
    max_assistant_run = forms.IntegerField(
        label=_("Most answers in a row"),
        min_value=1,
        max_value=MOST_IN_A_ROW,
        help_text=_("So many messages of assistants may follow each other without a person's."),
    )

    def __init__(self, *args: Any, assistants: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assistant"].choices = [("", "—"), *assistants]  # type: ignore[attr-defined]


class CorporaForm(forms.Form):
    """What the assistants of a room answer from."""

    corpora = forms.MultipleChoiceField(
        label=_("Corpora"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, corpora: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["corpora"].choices = corpora  # type: ignore[attr-defined]

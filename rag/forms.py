"""The forms of the knowledge pages. Rules live in the services; forms check shapes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.types import Language


class CorpusForm(forms.Form):
    """What a corpus is called, and who may read it."""

    name = forms.CharField(label=_("Name"), max_length=64)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    is_public = forms.BooleanField(
        label=_("Everybody who is signed in may read it"), required=False
    )


class NewCorpusForm(CorpusForm):
    """A corpus to be made."""

    slug = forms.SlugField(
        label=_("Short name"),
        max_length=64,
        help_text=_("For addresses and for # in a message: letters, digits, - and _."),
    )
    field_order = ("name", "slug", "language", "is_public")


class ReaderForm(forms.Form):
    """Somebody who is to read a corpus."""

    username = forms.CharField(label=_("Handle"), max_length=32)


class PlaygroundForm(forms.Form):
    """What staff try out."""

    q = forms.CharField(label=_("Query"), max_length=2000)
    corpus = forms.ChoiceField(label=_("Corpus"), required=False)
    k = forms.IntegerField(
        label=_("Passages"), min_value=1, max_value=50, initial=8, required=False
    )
    least = forms.FloatField(label=_("Least score"), required=False)

"""Presets in the admin: every parameter in a field of its own."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ai.admin.fields import LinesField, number_field
from ai.models import Preset
from ai.parameters import NAMES, read_values
from echomind.common.errors import NeverWorksError


class PresetForm(forms.ModelForm[Preset]):
    """The parameters of a preset, checked by the rules that hold everywhere."""

    temperature = number_field("temperature", label=_("Temperature"))
    top_p = number_field("top_p", label=_("Top-p"))
    top_k = number_field("top_k", label=_("Top-k"), help_text=_("0: no limit."))
    max_tokens = number_field("max_tokens", label=_("Most tokens of an answer"))
    repetition_penalty = number_field("repetition_penalty", label=_("Repetition penalty"))
    repeat_last_n = number_field("repeat_last_n", label=_("Tokens the penalty looks back"))
    stop = LinesField(label=_("Stop strings"), help_text=_("One a line."))
    seed = number_field(
        "seed", required=False, label=_("Seed"), help_text=_("Empty: another one each time.")
    )
    mirostat = number_field("mirostat", label=_("Mirostat"), help_text=_("0: off."))
    mirostat_tau = number_field("mirostat_tau", label=_("Mirostat tau"))
    mirostat_eta = number_field("mirostat_eta", label=_("Mirostat eta"))

    class Meta:
        model = Preset
        fields = ("name", "slug", "owner")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.initial = {**self.instance.parameters.as_json(), **self.initial}

    def clean(self) -> dict[str, Any]:
        """The parameters together. Raises ValidationError for what no server could take."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        try:
            self.instance.values = read_values({name: cleaned[name] for name in NAMES})
        except NeverWorksError as error:
            raise ValidationError(str(error.sentence), code=error.code) from error
        return cleaned


@admin.register(Preset)
class PresetAdmin(admin.ModelAdmin[Preset]):
    """The site's presets and those of people."""

    form = PresetForm
    list_display = ("name", "slug", "owner", "temperature", "max_tokens")
    list_filter = (("owner", admin.EmptyFieldListFilter),)
    list_select_related = ("owner",)
    search_fields = ("name", "slug", "owner__username")
    autocomplete_fields = ("owner",)
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (None, {"fields": ("name", "slug", "owner")}),
        (_("Parameters"), {"fields": NAMES}),
    )

    @admin.display(description=_("Temperature"))
    def temperature(self, preset: Preset) -> float:
        """How freely words are drawn."""
        return preset.parameters.temperature

    @admin.display(description=_("Most tokens of an answer"))
    def max_tokens(self, preset: Preset) -> int:
        """How long an answer may be."""
        return preset.parameters.max_tokens

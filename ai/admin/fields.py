"""Form fields for what is kept as JSON: texts by language, lists of lines, numbers in a range."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accounts.types import Language
from ai.parameters import RANGES


class LanguageTextsWidget(forms.MultiWidget):
    """One text area for each language, named by it."""

    def __init__(self, rows: int = 4) -> None:
        areas: dict[str, forms.Widget | type[forms.Widget]] = {
            code: forms.Textarea({"rows": rows, "lang": code, "title": label})
            for code, label in Language.choices
        }
        super().__init__(widgets=areas)

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The areas from a template of the site: Django's own shows them without their names."""
        context = self.get_context(name, value, attrs)
        return render_to_string("admin/ai/language_texts.html", context)

    def decompress(self, value: dict[str, str] | None) -> list[str]:
        """The texts in the order of the areas."""
        return [(value or {}).get(code, "") for code in Language.values]


class LanguageTextsField(forms.MultiValueField):
    """Texts by language; a language without a text is left out."""

    def __init__(self, *, most: int, rows: int = 4, **options: Any) -> None:
        fields = [forms.CharField(max_length=most, required=False) for _ in Language.values]
        widget = LanguageTextsWidget(rows)
        super().__init__(fields, required=False, widget=widget, **options)

    def compress(self, data_list: Sequence[str]) -> dict[str, str]:
        """What is kept."""
        return {code: text for code, text in zip(Language.values, data_list, strict=False) if text}


class LinesField(forms.CharField):
    """A list of strings, one a line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False, strip=False, widget=forms.Textarea(attrs={"rows": 4}), **options
        )

    def prepare_value(self, value: Any) -> Any:
        """The lines of a list; what was typed stays as it is."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]  # a list, not a text
        """The lines that hold something."""
        return [line for line in str(value or "").splitlines() if line]


def number_field(name: str, *, required: bool = True, **options: Any) -> forms.Field:
    """A field for a parameter, within its range."""
    allowed = RANGES[name]
    limits: dict[str, Any] = {"min_value": allowed.lowest, "max_value": allowed.highest}
    if allowed.is_whole:
        return forms.IntegerField(required=required, **limits, **options)
    widget = forms.NumberInput({"step": "any"})  # the ranges begin off their steps
    return forms.FloatField(required=required, widget=widget, **limits, **options)

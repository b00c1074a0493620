"""How form fields are drawn: after a refusal the focus is where something must be mended."""

from typing import Any

from django.forms import BoundField, Widget
from django.forms.renderers import DjangoTemplates


class MendableField(BoundField):
    """Takes the focus when it is the first of its form that has an error."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> Any:
        """The attributes of the control. A group of choices has none to itself."""
        attrs = super().build_widget_attrs(attrs, widget)
        if self._is_first_wrong and not (widget or self.field.widget).use_fieldset:
            attrs["autofocus"] = True
        return attrs

    @property
    def _is_first_wrong(self) -> bool:
        if not self.form.is_bound:
            return False
        return self.name == next(
            (name for name in self.form.fields if name in self.form.errors), None
        )


class FormRenderer(DjangoTemplates):
    """Django's templates with our fields."""

    bound_field_class = MendableField

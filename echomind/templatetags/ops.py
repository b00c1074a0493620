"""Words for the page of health."""

from django import template
from django.utils.translation import gettext_lazy, ngettext

register = template.Library()

_NAMES = {
    "web": gettext_lazy("This web process"),
    "database": gettext_lazy("Database"),
    "redis": gettext_lazy("Live text and presence"),
    "broker": gettext_lazy("Task broker"),
    "workers": gettext_lazy("Workers"),
    "model": gettext_lazy("Language model"),
}
_UNITS = (86_400, 3_600, 60)


@register.filter
def part_name(name: str) -> str:
    """What people call a part."""
    return str(_NAMES[name])


@register.filter
def duration(seconds: float | None) -> str:
    """A duration in its largest whole unit."""
    if seconds is None:
        return "–"
    size = next((unit for unit in _UNITS if seconds >= unit), 1)
    count = int(seconds // size)
    words = {
        86_400: ngettext("%(count)d day", "%(count)d days", count),
        3_600: ngettext("%(count)d hour", "%(count)d hours", count),
        60: ngettext("%(count)d minute", "%(count)d minutes", count),
        1: ngettext("%(count)d second", "%(count)d seconds", count),
    }
    return words[size] % {"count": count}

"""Named sets of parameters: three of the site, and each person's own."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ai.parameters import Parameters


class PresetQuerySet(models.QuerySet["Preset"]):
    """Presets, by whose they are."""

    def usable_by(self, user_id: int) -> "PresetQuerySet":
        """The site's and the user's own; the site's first."""
        usable = self.filter(models.Q(owner=None) | models.Q(owner=user_id))
        return usable.order_by(models.F("owner").asc(nulls_first=True), "name")


class Preset(models.Model):
    """Parameters under a name. `values` holds every parameter as `Parameters.as_json` gives it."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="presets",
        verbose_name=_("owner"),
        help_text=_("Empty: everybody's."),
    )
    slug = models.SlugField(_("slug"), max_length=64, allow_unicode=True)
    name = models.CharField(_("name"), max_length=64)
    values = models.JSONField(_("parameters"), default=dict)

    objects = PresetQuerySet.as_manager()

    class Meta:
        verbose_name = _("preset")
        verbose_name_plural = _("presets")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "slug"], name="one_preset_a_slug", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def parameters(self) -> Parameters:
        """The parameters; what `values` lacks has its default."""
        values: dict[str, Any] = self.values
        return Parameters().changed(values)

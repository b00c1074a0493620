"""A kind of picture that the site can draw, and the generator that draws it."""

import re
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

SHIPPED = Path(__file__).resolve().parents[1] / "weights"
LEAST_CONTRAST = 4.5  # against white paper; WCAG 2.2 AA for text
COLOUR = r"^#[0-9a-f]{6}\Z"
is_colour = RegexValidator(COLOUR, _("A colour is written as #2f54c4."))


def is_readable(colour: str) -> None:
    """Raise ValidationError for a colour in which text on paper is hard to read."""
    if not re.match(COLOUR, colour):
        return  # which `is_colour` says, too
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    shares = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)
    ]
    luminance = 0.2126 * shares[0] + 0.7152 * shares[1] + 0.0722 * shares[2]
    if 1.05 / (luminance + 0.05) < LEAST_CONTRAST:
        raise ValidationError(_("Text in this colour is hard to read. Choose a darker one."))


class PictureStyle(models.Model):
    """`slug` is the kind that people ask for; those of faces are the styles of rooms.

    The weights come with the site, or were taken in from an upload and lie under their hash. What they
    say of themselves is kept here, so that a page need not open them.
    """

    slug = models.SlugField(_("kind"), max_length=32, unique=True)
    name = models.CharField(
        _("name"), max_length=64, blank=True, help_text=_("Empty: the site's own word, translated.")
    )
    generator = models.CharField(_("generator"), max_length=32, default="gan")
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        blank=True,
        validators=[is_colour, is_readable],
        help_text=_("Of rooms in this style, as #2f54c4. Empty: the site's own."),
    )
    sha256 = models.CharField(_("SHA-256 of the weights"), max_length=64, editable=False)
    is_uploaded = models.BooleanField(_("weights were uploaded"), default=False, editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    seeds = models.PositiveBigIntegerField(_("number of seeds"), editable=False)
    traits = models.JSONField(default=list, editable=False)  # of `generators.base.Trait`

    class Meta:
        verbose_name = _("style")
        verbose_name_plural = _("styles")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name or self.slug

    @property
    def file(self) -> Path:
        """Where the weights are."""
        if self.is_uploaded:
            return Path(settings.VAR) / "weights" / f"{self.sha256}.onnx"
        return SHIPPED / f"{self.slug}.onnx"

"""A picture that exists: its files lie under the hash of their content."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def new_public_id() -> str:
    """128 random bits, safe in a URL."""
    return secrets.token_urlsafe(16)


class Use(models.TextChoices):
    """What a picture is for; it says who may see it."""

    DRAWING = "drawing", _("Drawing")
    FACE = "face", _("Face")


class Picture(models.Model):
    """One picture of one maker. `seed` is null for a picture that somebody has sent.

    `unused_since` is when a sweep first found that a face is nobody's.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    use = models.CharField(_("use"), max_length=16, choices=Use.choices, default=Use.DRAWING)
    kind = models.SlugField(_("kind"), max_length=32)
    seed = models.PositiveBigIntegerField(_("seed"), null=True, blank=True)
    sha256 = models.CharField(max_length=64, editable=False, db_index=True)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    ms = models.PositiveIntegerField(_("milliseconds"), default=0)
    maker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    unused_since = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return f"{self.kind} · {self.public_id if self.seed is None else self.seed}"

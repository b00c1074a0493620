"""Short names of corpora, which outlive them."""

from django.conf import settings
from django.db import models


class ShortName(models.Model):
    """A slug that a corpus has or had, in lower case.

    Assistants, rooms' questions and scripts name corpora by it, and must never come upon somebody
    else's behind it: only its first owner gets it again, and staff.
    """

    slug = models.SlugField(max_length=64, primary_key=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)

    def __str__(self) -> str:
        return self.slug

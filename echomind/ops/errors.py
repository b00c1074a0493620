"""What can be wrong with a part of the site."""

from django.utils.translation import gettext_lazy as _

from echomind.common.errors import TryAgainError


class PartDownError(TryAgainError):
    """A part does not answer, or says itself that it cannot work."""

    code, sentence = "part_down", _("It does not answer.")


class OverloadedError(TryAgainError):
    """This process works on as many requests as it may."""

    code, sentence = "overloaded", _("The site is very busy. Try again in a few seconds.")

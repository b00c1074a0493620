"""Tries a model out for staff and tells them how it went."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ai.fallback import FAILURES
from ai.models import Model
from ai.servers.trial import try_out


def tell_trial(request: HttpRequest, model: Model) -> None:
    """Ask this model (selected with its server) for a sentence, and show it or what went wrong."""
    try:
        trial = try_out(model)
    except FAILURES as error:
        messages.error(request, f"{model}: {error.sentence} {error.data.get('reason', '')}")
        return
    told = _("%(model)s answers: “%(text)s” First word after %(first)s s, all after %(total)s s.")
    figures = {"first": trial.first_s, "total": trial.total_s}
    messages.success(request, told % {"model": model, "text": trial.text, **figures})

"""The operations page: what it is made of; its figures come over the socket."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from echomind.ops.model_log import FEWEST, MOST, model_log

LINE_COUNTS = (FEWEST, 50, 100, MOST)


@require_safe
@never_cache
@login_required
def operations(request: HttpRequest) -> HttpResponse:
    """Charts of the last hour and the model server's last lines, for staff alone."""
    if not request.user.is_staff:
        raise Http404
    context = {
        "charts": _charts(),
        "keeps_log": model_log() is not None,
        "line_counts": LINE_COUNTS,
        "strings": _strings(),
    }
    return render(request, "ops/operations.html", context)


def _charts() -> list[dict[str, str]]:
    return [
        {"name": "cpu", "title": _("Processor")},
        {"name": "memory", "title": _("Memory")},
        {"name": "disk", "title": _("Disk")},
        {"name": "gpu", "title": _("GPU")},
        {"name": "tokens", "title": _("Tokens a second")},
        {"name": "running", "title": _("Requests at the model")},
        {"name": "waiting", "title": _("Waiting replies")},
    ]


def _strings() -> dict[str, str]:
    return {
        "live": _("Live"),
        "lost": _("The connection was lost. Trying again…"),
        "ended": _("You may not see this page any more."),
        "of": _("{used} of {total}"),
        "oldest": _("{count}, the oldest for {seconds} s"),
        "unknown": _("not told by this server"),
        "no_line": _("No line yet."),
    }

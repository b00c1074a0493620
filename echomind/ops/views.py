"""Health over HTTP: two addresses for machines, and a page for staff that refreshes itself."""

import platform
import time
from importlib.metadata import version

import django
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from echomind.ops.load import measure
from echomind.ops.probes import Facts
from echomind.ops.readiness import Part, readiness

_STARTED = time.monotonic()


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the process lives. Asks nothing of any other part."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when every part answers, else 503. Says nothing that a stranger may not know."""
    parts = readiness.look()
    ready = all(part.ok for part in parts)
    body: dict[str, object] = {"status": "ok" if ready else "not ready"}
    body |= {
        part.name: {"ok": part.ok, "detail": str(part.detail), "took_ms": part.took_ms}
        for part in parts
    }
    return JsonResponse(body, status=200 if ready else 503)


@require_safe
@never_cache
@login_required
def staff_health(request: HttpRequest) -> HttpResponse:
    """The page, and the part of it that htmx asks for again. For others it does not exist."""
    if not request.user.is_staff:
        raise Http404
    inner = request.headers.get("HX-Request") == "true"
    template = "ops/_health.html" if inner else "ops/health.html"
    parts = [_this_process(), *readiness.look()]
    return render(request, template, {"parts": parts, "load": measure(), "inner": inner})


def _this_process() -> Part:
    """The web process that answers; it has answered by being here."""
    facts = Facts(
        version=f"Django {django.get_version()} · Python {platform.python_version()}"
        f" · uvicorn {version('uvicorn')}",
        uptime_s=time.monotonic() - _STARTED,
    )
    return Part("web", True, "", 0.0, facts)

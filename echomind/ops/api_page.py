"""The page on which people read and try the REST API. Its schema comes from /api/schema/."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe


@require_safe
@ensure_csrf_cookie
def api_page(request: HttpRequest) -> HttpResponse:
    """Swagger UI from our own files, in the site's frame."""
    return render(request, "api/docs.html")

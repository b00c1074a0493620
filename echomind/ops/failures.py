"""The last answers: an address nobody serves, and a failure nobody has named. JSON below /api/."""

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from echomind.common.rest_errors import API_PREFIX, plain_answer


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 as a page, or in the API's shape."""
    if request.path.startswith(API_PREFIX):
        return plain_answer("not_found", 404)
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 as a page, or in the API's shape."""
    if request.path.startswith(API_PREFIX):
        return plain_answer("internal_error", 500)
    return defaults.server_error(request)

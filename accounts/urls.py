"""Pages of accounts: allauth's, which count attempts and close when they cannot, and our own."""

from allauth.account.urls import urlpatterns as allauth_patterns
from django.urls import URLPattern, include, path

from accounts.limits import closed_without_limits
from accounts.views import ProfileView, end_all_sessions, set_language


def _guarded(pattern: URLPattern) -> URLPattern:
    view = closed_without_limits(pattern.callback)
    return URLPattern(pattern.pattern, view, pattern.default_args, pattern.name)


own_patterns = [
    path("profile/", ProfileView.as_view(), name="profile"),
    path("sign-out-everywhere/", end_all_sessions, name="log_out_everywhere"),
]

urlpatterns = [
    path("", include((own_patterns, "accounts"))),
    path("language/", set_language, name="set_language"),
    *(_guarded(pattern) for pattern in allauth_patterns),
]

"""Sign-up and tokens, below /api/v1/."""

from django.urls import path

from accounts.rest.signup import SignupView
from accounts.rest.tokens import TokenRefreshView, TokenView

urlpatterns = [
    path("auth/signup/", SignupView.as_view(), name="api_signup"),
    path("auth/token/", TokenView.as_view(), name="api_token"),
    path("auth/token/refresh/", TokenRefreshView.as_view(), name="api_token_refresh"),
]

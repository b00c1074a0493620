"""The OpenAPI schema of the whole API, and how it says that a bearer token opens it."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.views import SpectacularAPIView

from accounts.rest.authentication import TokenAuthentication


class BearerToken(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Found by drf-spectacular when this module is imported."""

    target_class = TokenAuthentication
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A token of POST /api/v1/auth/token/."""
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}


api_schema = SpectacularAPIView.as_view()

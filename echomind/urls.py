"""Every address of the site: pages, pictures, the API with its documentation, health, the admin."""

from django.contrib import admin
from django.urls import include, path

from chat.rest.socket_page import socket_page
from echomind.ops import views
from echomind.ops.api_page import api_page
from echomind.ops.api_schema import api_schema
from echomind.ops.operations import operations

handler404 = "echomind.ops.failures.not_found"
handler500 = "echomind.ops.failures.server_error"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("staff/health/", views.staff_health, name="staff_health"),
    path("staff/operations/", operations, name="staff_operations"),
    path("admin/", admin.site.urls),
    path("avatars/", include("imaging.urls")),
    path("api/v1/", include("accounts.rest.urls")),
    path("api/v1/", include("chat.rest.urls")),
    path("api/v1/", include("rag.rest.urls")),
    path("api/schema/", api_schema, name="schema"),
    path("api/docs/", api_page, name="api_docs"),
    path("api/docs/socket/", socket_page, name="socket_docs"),
    path("accounts/", include("accounts.urls")),
    path("", include("rag.urls")),
    path("", include("chat.urls")),
]

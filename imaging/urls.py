"""Paths of placeholders, under /avatars/."""

from django.urls import path

from imaging.views import avatar

app_name = "imaging"
urlpatterns = [
    path("<slug:style>/<str:username>.svg", avatar, name="avatar"),
    path(
        "<slug:style>/assistants/<str:username>.svg",
        avatar,
        {"is_assistant": True},
        name="assistant_avatar",
    ),
]

"""Actions of a list that also stand as buttons on the page of one row."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = admin.ModelAdmin


class ButtonAdmin(Base):
    """A pressed button saves the form, does its action on the row, and stays on the page."""

    change_form_template = "admin/buttons_form.html"
    buttons: tuple[str, ...] = ()  # names of actions of this class

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The page of a row, with its buttons."""
        buttons = [(name, getattr(self, name).short_description) for name in self.buttons]
        context = {**(extra_context or {}), "buttons": buttons}
        return super().change_view(request, object_id, form_url, context)

    def response_change(self, request: HttpRequest, obj: Model) -> HttpResponse:
        """Do what the pressed button says; the form is saved by now."""
        pressed = [name for name in self.buttons if f"_{name}" in request.POST]
        if not pressed:
            return super().response_change(request, obj)
        for name in pressed:
            getattr(self, name)(request, self.get_queryset(request).filter(pk=obj.pk))
        return HttpResponseRedirect(request.path)

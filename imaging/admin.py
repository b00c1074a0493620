"""Styles and pictures in the admin: what draws a kind, how it looks, and drawing faces once more."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.api import User
from echomind.common.errors import EchoMindError
from imaging.errors import GeneratorError
from imaging.generators.registry import plugin_names
from imaging.models import Picture, PictureStyle
from imaging.selectors import picture_view
from imaging.services.requests import request_samples
from imaging.services.styles import LARGEST_WEIGHTS, receive_weights
from imaging.signals import faces_outdated
from imaging.types import FaceChoice, Style


class PictureStyleForm(forms.ModelForm[PictureStyle]):
    """A style, and weights to take in; a file that is no generator is refused with the reason."""

    generator = forms.ChoiceField(
        label=_("Generator"), choices=lambda: [(n, n) for n in plugin_names()]
    )
    weights = forms.FileField(
        label=_("Weights"),
        required=False,
        help_text=_("An ONNX file of `manage.py export_gan`. Empty: what draws now stays."),
    )

    class Meta:
        model = PictureStyle
        fields = ("slug", "name", "generator", "accent")

    def clean(self) -> dict[str, Any]:
        """Take in the weights, which are kept only if they can draw."""
        values = super().clean() or {}
        sent = cast("UploadedFile[Any] | None", values.get("weights"))
        if sent is None and not self.instance.sha256:
            self.add_error("weights", _("A new style needs weights."))
        elif sent is not None and (sent.size or 0) > LARGEST_WEIGHTS:
            self.add_error("weights", _("The file is too large."))
        elif sent is not None:
            for name in ("slug", "generator"):
                setattr(self.instance, name, values.get(name, getattr(self.instance, name)))
            self._receive(sent.read())
        return values

    def _receive(self, content: bytes) -> None:
        try:
            receive_weights(self.instance, content)
        except GeneratorError as error:
            reason = error.data.get("reason", "")
            self.add_error("weights", format_html("{} ({})", error.sentence, reason))


@admin.register(PictureStyle)
class PictureStyleAdmin(admin.ModelAdmin[PictureStyle]):
    """A kind of picture: its page shows what its generator draws of the first seeds."""

    form = PictureStyleForm
    list_display = ("slug", "name", "generator", "colour", "size", "is_uploaded")
    readonly_fields = ("size", "sha256", "is_uploaded")
    fields = (
        "slug", "name", "generator", "accent", "weights", "size", "is_uploaded", "sha256",
    )  # fmt: skip
    actions = ("make_again",)
    change_form_template = "admin/imaging/style_form.html"

    @admin.display(description=_("accent colour"))
    def colour(self, style: PictureStyle) -> SafeString | str:
        """A mark in the colour, and its code."""
        if not style.accent:
            return "–"
        mark = '<svg width="16" height="16" aria-hidden="true"><rect width="16" height="16" fill="{}"/>'
        return format_html(f"{mark}</svg> {{}}", style.accent, style.accent)

    @admin.display(description=_("size"))
    def size(self, style: PictureStyle) -> str:
        """Width and height of its pictures."""
        return f"{style.width} × {style.height}" if style.width else "–"

    @admin.action(description=_("Make all faces of this style again"))
    def make_again(self, request: HttpRequest, styles: QuerySet[PictureStyle]) -> None:
        """Everyone keeps their seed; what somebody has sent stays."""
        for style in styles:
            if style.slug in list(Style):
                faces_outdated.send(sender=PictureStyle, style=style.slug)
        self.message_user(request, _("The faces are being drawn once more."), messages.SUCCESS)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The page of a style, with what its generator draws of the first seeds."""
        style = PictureStyle.objects.filter(pk=object_id).first() if object_id.isdecimal() else None
        samples, refusal = _samples(cast(User, request.user), style)
        context = {**(extra_context or {}), "samples": samples, "refusal": refusal}
        return super().change_view(request, object_id, form_url, context)

    def response_change(self, request: HttpRequest, obj: PictureStyle) -> HttpResponse:
        """The button below the form saves it and draws its faces once more."""
        if "_make_again" in request.POST:
            self.make_again(request, PictureStyle.objects.filter(pk=obj.pk))
            return HttpResponseRedirect(request.path)
        return super().response_change(request, obj)


def _samples(staff: User, style: PictureStyle | None) -> tuple[list[FaceChoice], object]:
    """The pictures of a style's first seeds, or the sentence that says why there are none."""
    if style is None:
        return [], ""
    try:
        return request_samples(user=staff, kind=style.slug), ""
    except EchoMindError as error:
        return [], error.sentence


@admin.register(Picture)
class PictureAdmin(admin.ModelAdmin[Picture]):
    """Pictures that were drawn or sent, to look at. Those of rooms are seen with their message."""

    list_display = (
        "__str__",
        "kind",
        "use",
        "face",
        "maker",
        "width",
        "height",
        "ms",
        "created_at",
    )
    list_filter = ("kind", "use", "created_at")
    search_fields = ("public_id", "maker__username", "seed")
    list_select_related = ("maker",)
    readonly_fields = ("use", "kind", "seed", "width", "height", "ms", "maker", "created_at")
    ordering = ("-pk",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They are drawn on the site."""
        return False

    @admin.display(description=_("face"))
    def face(self, picture: Picture) -> SafeString | str:
        """A face may be seen by everyone; other pictures belong to their rooms."""
        if picture.use != "face":
            return "–"
        address = picture_view(picture).thumbnail
        return format_html('<img src="{}" alt="" width="40" height="40">', address)

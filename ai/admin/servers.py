"""Model servers in the admin: add one, ask whether it answers, take over what it offers."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from ai.addresses import require_allowed_host
from ai.admin.trials import tell_trial
from ai.errors import AddressRefusedError
from ai.models import Model, ModelServer
from ai.servers.discovery import Findings, find_models
from ai.types import ServerKind
from echomind.common.admin_buttons import ButtonAdmin
from echomind.common.errors import sentence_of


class ServerForm(forms.ModelForm[ModelServer]):
    """A server's address is checked, and ends in /v1 also where that was left out."""

    class Meta:
        model = ModelServer
        fields = ("name", "kind", "base_url", "key_variable", "enabled")

    def clean_base_url(self) -> str:
        """The address as it is kept. Raises ValidationError for one that is not allowed."""
        url = str(self.cleaned_data["base_url"]).rstrip("/")
        if not url:
            return ""
        try:
            require_allowed_host(url)
        except AddressRefusedError as error:
            raise ValidationError(str(error.sentence), code=error.code) from error
        return f"{url}/v1" if url.count("/") == 2 else url


class ModelInline(admin.TabularInline[Model, ModelServer]):
    """What the server offers; the rest of a model stands on its own page."""

    model = Model
    extra = 0
    fields = ("name", "title", "enabled", "is_default", "context_tokens", "missing_since")
    readonly_fields = ("is_default", "missing_since")
    show_change_link = True


@admin.register(ModelServer)
class ModelServerAdmin(ButtonAdmin):
    """Every minute each enabled server is asked by itself; the buttons ask at once."""

    form = ServerForm
    list_display = ("name", "speaks", "place", "enabled", "state", "model_count")
    list_editable = ("enabled",)
    list_filter = ("enabled", "kind")
    search_fields = ("name", "base_url")
    readonly_fields = ("speaks", "state", "seen_at", "worker_seen_at")
    actions = ("test_now", "find_now")
    buttons = ("test_now", "find_now")
    inlines = (ModelInline,)
    fieldsets = (
        (None, {"fields": ("name", "base_url", "kind", "key_variable", "enabled")}),
        (_("As it is now"), {"fields": ("state", "speaks", "seen_at", "worker_seen_at")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ModelServer]:
        """Servers with their number of models, in one statement."""
        rows: QuerySet[ModelServer] = super().get_queryset(request)
        return rows.annotate(models_there=Count("models"))

    @admin.display(description=_("speaks"))
    def speaks(self, server: ModelServer) -> str:
        """The dialect that was chosen or found."""
        known = server.found_kind if server.kind == ServerKind.AUTO else server.kind
        return str(ServerKind(known).label) if known in ServerKind.values else "–"

    @admin.display(description=_("address"), ordering="base_url")
    def place(self, server: ModelServer) -> str:
        """Where it is."""
        return server.base_url or str(_("the site’s own"))

    @admin.display(description=_("state"))
    def state(self, server: ModelServer) -> str:
        """Whether it answered when it was asked last, and when it did."""
        if server.trouble:
            code, _colon, reason = server.trouble.partition(": ")
            sentence = sentence_of(code, get_language() or "en")
            return f"{sentence} ({reason})" if reason else sentence
        if server.seen_at is None:
            return str(_("Not asked yet."))
        since = timesince(server.seen_at, timezone.now())
        return str(_("Answered %(time)s ago.")) % {"time": since}

    @admin.display(description=_("models"), ordering="models_there")
    def model_count(self, server: Any) -> int:
        """How many it offers, as far as known."""
        return int(server.models_there)

    @admin.action(description=_("Test now"), permissions=["change"])
    def test_now(self, request: HttpRequest, servers: QuerySet[ModelServer]) -> None:
        """Ask each whether it answers, and one of its models for a sentence."""
        asked = list(servers)
        for server, found in zip(asked, find_models(asked), strict=True):
            if found.trouble:
                self._tell(request, server, found)
                continue
            enabled = Model.objects.filter(server=server, enabled=True, missing_since=None)
            model = enabled.select_related("server").order_by("-is_default", "pk").first()
            if model:
                tell_trial(request, model)
            else:
                self._tell(request, server, found)

    @admin.action(description=_("Find models"), permissions=["change"])
    def find_now(self, request: HttpRequest, servers: QuerySet[ModelServer]) -> None:
        """Take over what each offers now."""
        asked = list(servers)
        for server, found in zip(asked, find_models(asked), strict=True):
            self._tell(request, server, found)

    def _tell(self, request: HttpRequest, server: ModelServer, found: Findings) -> None:
        if found.trouble:
            reason = found.trouble.data.get("reason", "")
            self.message_user(request, f"{server}: {found.trouble.sentence} {reason}", "error")
            return
        count = len(found.appeared)
        told = ngettext(
            "%(server)s answers. %(count)d new model.",
            "%(server)s answers. %(count)d new models.",
            count,
        ) % {"server": server, "count": count}
        if found.vanished:
            told += " " + str(_("Gone: %(names)s.")) % {"names": ", ".join(found.vanished)}
        self.message_user(request, told)

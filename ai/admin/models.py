"""Models and their adapters in the admin: which are on, which is the default, who stands in."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ai.admin.trials import tell_trial
from ai.models import Adapter, Model
from ai.servers.default_model import make_default
from echomind.common.admin_buttons import ButtonAdmin


class AdapterInline(admin.TabularInline[Adapter, Model]):
    """The adapters that the model's server can apply."""

    model = Adapter
    extra = 0


@admin.register(Model)
class ModelAdmin(ButtonAdmin):
    """The default is chosen by its button, since there is always one at most."""

    list_display = (
        "shown", "server", "name", "enabled", "is_default", "fallback", "context_tokens",
        "missing_since",
    )  # fmt: skip
    list_editable = ("enabled",)
    list_filter = ("enabled", "server", ("missing_since", admin.EmptyFieldListFilter))
    list_select_related = ("server", "fallback__server")
    search_fields = ("name", "title", "server__name")
    fields = (
        "server", "name", "title", "enabled", "is_default", "fallback", "context_tokens",
        "calls_functions", "missing_since",
    )  # fmt: skip
    readonly_fields = ("is_default", "missing_since")
    autocomplete_fields = ("fallback",)
    actions = ("test_now", "default_now")
    buttons = ("test_now", "default_now")
    inlines = (AdapterInline,)

    @admin.display(description=_("shown name"), ordering="title")
    def shown(self, model: Model) -> str:
        """As people choose it."""
        return str(model)

    @admin.action(description=_("Test now"), permissions=["change"])
    def test_now(self, request: HttpRequest, models: QuerySet[Model]) -> None:
        """Ask each for a sentence."""
        for model in models.select_related("server"):
            tell_trial(request, model)

    @admin.action(description=_("Make default"), permissions=["change"])
    def default_now(self, request: HttpRequest, models: QuerySet[Model]) -> None:
        """Let one model answer where nobody chose another."""
        chosen = list(models.select_related("server")[:2])
        if len(chosen) != 1:
            self.message_user(request, _("Choose one model alone."), "error")
            return
        make_default(chosen[0])
        told = _("%(model)s answers from now on where nobody chose another model.")
        self.message_user(request, str(told) % {"model": chosen[0]})


@admin.register(Adapter)
class AdapterAdmin(admin.ModelAdmin[Adapter]):
    """LoRA adapters of all models."""

    list_display = ("__str__", "model", "name", "path", "enabled")
    list_editable = ("enabled",)
    list_filter = ("enabled", "model")
    list_select_related = ("model__server",)
    search_fields = ("name", "title", "model__name", "model__title")
    autocomplete_fields = ("model",)

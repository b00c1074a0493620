"""Where answers come from: model servers and what each of them offers."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ai.addresses import read_address
from ai.errors import AddressRefusedError
from ai.types import ServerKind

# Other variables hold the site's own secrets, which must not be sent to any server.
KEY_VARIABLES = r"^MODEL_KEY_[A-Z0-9_]+$"


def validate_address(url: str) -> None:
    """Raise ValidationError for what is no address of a server."""
    try:
        read_address(url)
    except AddressRefusedError as error:
        raise ValidationError(str(error.sentence), code=error.code) from error


class ModelServer(models.Model):
    """One server that speaks one of the dialects in `ai.backends`.

    The site's own server has no address here: it is wherever `LLM_BASE_URL` says at start. The key is
    never stored: `key_variable` names the variable of the environment that holds it.
    """

    name = models.CharField(_("name"), max_length=64, unique=True)
    kind = models.CharField(
        _("kind"), max_length=32, choices=ServerKind.choices, default=ServerKind.AUTO
    )
    base_url = models.CharField(
        _("address"),
        max_length=300,
        blank=True,
        validators=[validate_address],
        help_text=_("Ends in /v1. Empty: the server that the site was started with."),
    )
    key_variable = models.CharField(
        _("variable with the key"),
        max_length=64,
        blank=True,
        validators=[RegexValidator(KEY_VARIABLES, _("The name begins with MODEL_KEY_."))],
        help_text=_("The name of an environment variable, such as MODEL_KEY_RACK; never the key."),
    )
    enabled = models.BooleanField(_("enabled"), default=True)
    found_kind = models.CharField(_("found kind"), max_length=32, blank=True, editable=False)
    seen_at = models.DateTimeField(_("last answered"), null=True, editable=False)
    worker_seen_at = models.DateTimeField(_("GPU worker last seen"), null=True, editable=False)
    trouble = models.CharField(_("last trouble"), max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("model server")
        verbose_name_plural = _("model servers")
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(
                fields=["base_url"],
                condition=models.Q(base_url=""),
                name="one_own_server",
                violation_error_message=_("There is a server without an address already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Model(models.Model):
    """A model that a server offers, found by asking it or entered by hand."""

    server = models.ForeignKey(
        ModelServer, models.CASCADE, related_name="models", verbose_name=_("server")
    )
    name = models.CharField(
        _("name at the server"),
        max_length=200,
        blank=True,
        help_text=_("Empty: whatever the server offers first."),
    )
    title = models.CharField(_("shown name"), max_length=80, blank=True)
    enabled = models.BooleanField(_("enabled"), default=True)
    is_default = models.BooleanField(_("default"), default=False)
    context_tokens = models.PositiveIntegerField(
        _("context in tokens"), null=True, blank=True, help_text=_("Prompt and answer together.")
    )
    fallback = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("falls back to"),
        help_text=_("Answers while this one cannot."),
    )
    calls_functions = models.BooleanField(
        _("calls functions"),
        default=False,
        help_text=_(
            "It asks for tools by itself, and its server passes that on (vLLM: with"
            " --enable-auto-tool-choice). Else rules find out what a question asks of a tool."
        ),
    )
    missing_since = models.DateTimeField(_("missing since"), null=True, editable=False)

    class Meta:
        verbose_name = _("model")
        verbose_name_plural = _("models")
        ordering = ("server__name", "name")
        constraints = [
            models.UniqueConstraint(fields=["server", "name"], name="one_model_a_name"),
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="one_default_model"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.name or str(self.server)


class Adapter(models.Model):
    """A LoRA adapter that a model's server can apply."""

    model = models.ForeignKey(
        Model, models.CASCADE, related_name="adapters", verbose_name=_("model")
    )
    name = models.CharField(
        _("name at the server"),
        max_length=200,
        help_text=_("vLLM: the name of the LoRA module. llama.cpp: the number of the adapter."),
    )
    title = models.CharField(_("shown name"), max_length=80, blank=True)
    path = models.CharField(
        _("folder or file"),
        max_length=300,
        blank=True,
        help_text=_("Where the server loads it from; empty if it has it already."),
    )
    enabled = models.BooleanField(_("enabled"), default=True)

    class Meta:
        verbose_name = _("adapter")
        verbose_name_plural = _("adapters")
        ordering = ("model", "name")
        constraints = [models.UniqueConstraint(fields=["model", "name"], name="one_adapter_a_name")]

    def __str__(self) -> str:
        return self.title or self.name

"""What every site begins with: its own model server, the default model, and three presets."""

from django.utils.translation import gettext_noop

from ai.models import Model, ModelServer, Preset
from ai.parameters import Parameters

OWN_SERVER = "EchoMind"
PRESETS = {
    "chat": (
        gettext_noop("Chat"),
        Parameters(temperature=0.7, repetition_penalty=1.1, max_tokens=256, top_p=0.9, top_k=40),
    ),
    "creative": (
        gettext_noop("Creative"),
        Parameters(temperature=1.3, repetition_penalty=1.0, max_tokens=512, top_p=0.95, top_k=50),
    ),
    "code": (
        gettext_noop("Code"),
        Parameters(temperature=0.3, repetition_penalty=1.2, max_tokens=512, top_p=0.85, top_k=20),
    ),
}


def seed_models_and_presets() -> None:
    """Make what is missing; what staff changed stays as it is."""
    server, made = ModelServer.objects.get_or_create(base_url="", defaults={"name": OWN_SERVER})
    if made:
        has_default = Model.objects.filter(is_default=True).exists()
        Model.objects.create(server=server, is_default=not has_default)
    for slug, (name, parameters) in PRESETS.items():
        Preset.objects.get_or_create(
            owner=None, slug=slug, defaults={"name": name, "values": parameters.as_json()}
        )

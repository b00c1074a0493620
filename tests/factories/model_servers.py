"""Models at servers that a test has."""

from ai.models import Model, ModelServer


def make_model(base_url: str, *, name: str = "", kind: str = "auto", **fields: object) -> Model:
    """A model at a server of its own, switched on."""
    server = ModelServer.objects.create(name=base_url, kind=kind, base_url=base_url)
    return Model.objects.create(server=server, name=name, **fields)

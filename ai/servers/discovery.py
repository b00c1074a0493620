"""Keeps the registry true: what servers offer becomes rows, what they drop is marked, and so is
whether they answer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from ai.backends.base import OfferedModel
from ai.models import Adapter, Model, ModelServer
from ai.routing import server_route
from ai.servers.offers import Offer, ask_all
from echomind.common.errors import EchoMindError
from echomind.common.text import is_safe

MOST_MODELS = 200  # of one server; hosted ones may list thousands
_LONGEST_NAME = 200
_LARGEST_WINDOW = 2**31 - 1  # tokens; the column holds no more


@dataclass(frozen=True, slots=True)
class Findings:
    """What became of one server: the names that are new and gone, or its trouble."""

    appeared: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()
    trouble: EchoMindError | None = None


def look_after_servers() -> None:
    """Ask every enabled server what it offers, and write that down."""
    find_models(ModelServer.objects.filter(enabled=True))


def find_models(servers: Iterable[ModelServer]) -> list[Findings]:
    """Ask these servers, all at once, and write down for each what it says."""
    asked = list(servers)
    told = ask_all([server_route(server) for server in asked])
    return [_write_down(server, answer) for server, answer in zip(asked, told, strict=True)]


def _write_down(server: ModelServer, told: Offer | EchoMindError) -> Findings:
    row = ModelServer.objects.filter(pk=server.pk)
    if isinstance(told, EchoMindError):
        row.update(trouble=_short(told))
        return Findings(trouble=told)
    with transaction.atomic():
        row.update(seen_at=timezone.now(), trouble="", found_kind=told.kind)
        return _note_models(server, told.models[:MOST_MODELS])


def _short(trouble: EchoMindError) -> str:
    """Its code, with the status or what our own side says; never a server's own page."""
    reason = str(trouble.data.get("status") or trouble.data.get("reason", ""))
    return f"{trouble.code}: {reason}"[:300] if reason else trouble.code


def _note_models(server: ModelServer, offered: tuple[OfferedModel, ...]) -> Findings:
    """A row without a name stands for what the server offers first, whichever that is."""
    fitting = [model for model in map(_bounded, offered) if _is_nameable(model.name)]
    bases = [model for model in fitting if not model.parent]
    rows = {row.name: row for row in server.models.all()}
    known = dict(rows)
    if "" in rows and bases:
        known.setdefault(bases[0].name, rows[""])
    appeared = [model for model in bases if model.name not in known]
    Model.objects.bulk_create(
        [Model(server=server, name=m.name, context_tokens=m.context_tokens) for m in appeared],
        ignore_conflicts=True,  # another process found them at the same moment
    )
    known |= {row.name: row for row in server.models.exclude(name="")}
    _note_adapters(known, [model for model in fitting if model.parent])
    names = {model.name for model in bases}
    return Findings(
        appeared=tuple(model.name for model in appeared), vanished=_mark_missing(server, names)
    )


def _is_nameable(name: str) -> bool:
    return 0 < len(name) <= _LONGEST_NAME and is_safe(name)


def _bounded(model: OfferedModel) -> OfferedModel:
    """Without a window that no model has: whoever tells such a number tells nothing."""
    is_possible = 0 < (model.context_tokens or 0) <= _LARGEST_WINDOW
    return model if is_possible else replace(model, context_tokens=None)


def _note_adapters(known: Mapping[str, Model], offered: Iterable[OfferedModel]) -> None:
    adapters = [
        Adapter(model=known[adapter.parent], name=adapter.name)
        for adapter in offered
        if adapter.parent in known
    ]
    Adapter.objects.bulk_create(adapters, ignore_conflicts=True)


def _mark_missing(server: ModelServer, offered: set[str]) -> tuple[str, ...]:
    """The names that are gone since the last time."""
    named = server.models.exclude(name="")
    named.filter(name__in=offered).update(missing_since=None)
    gone = named.exclude(name__in=offered).filter(missing_since=None)
    names = tuple(gone.values_list("name", flat=True))
    gone.update(missing_since=timezone.now())
    return names

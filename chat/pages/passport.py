"""The passport of a reply in the reader's words: what was asked of which model, and what that took."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ai.api import PARAMETERS, digest_of, recall
from ai.types import KnownFact, ServerKind
from chat.models import Reply
from chat.pages.parameters import LABELS
from chat.pages.sources import SourceRow, rows_of_passages
from chat.pages.tool_uses import ToolUseRow, use_rows
from chat.selectors.citations import sources_of
from chat.selectors.versions import places, replies_to
from echomind.common.errors import sentence_of

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Line:
    """A name and what belongs to it."""

    name: Words
    value: Words


@dataclass(frozen=True, slots=True)
class UsedFact:
    """A remembered fact that the model read; its text is None once it is forgotten or corrected."""

    text: str | None
    is_forgotten: bool


@dataclass(frozen=True, slots=True)
class PassportPage:
    """All that the pane shows. `fallback` is a sentence, or empty."""

    version: int
    versions: int
    model: list[Line]
    parameters: list[Line]
    unsupported: list[Words]
    memory: list[Line]
    facts: list[UsedFact]
    tools: list[ToolUseRow]
    sources: list[SourceRow]
    figures: list[Line]
    fallback: str


def passport_page(reply: Reply) -> PassportPage:
    """The pane of one reply, which was selected with its room and assistant."""
    passport: Mapping[str, Any] = reply.passport
    place = places(replies_to([reply.question_id]))[reply.pk]
    return PassportPage(
        version=place.version,
        versions=place.versions,
        model=list(_model(passport)),
        parameters=list(_parameters(passport)),
        unsupported=[_label(name) for name in passport.get("unsupported", ())],
        memory=list(_memory(passport)),
        facts=_facts(reply),
        tools=use_rows(passport),
        sources=_sources(reply),
        figures=list(_figures(passport)),
        fallback=_fallback(passport),
    )


def _model(passport: Mapping[str, Any]) -> Iterator[Line]:
    backend, preset = passport.get("backend", ""), passport.get("preset")
    kind = ServerKind(backend).label if backend in ServerKind.values else backend
    lines = (
        (_("Model"), passport.get("model")),
        (_("Adapter"), passport.get("adapter")),
        (_("Server"), passport.get("server")),
        (_("Kind of server"), kind),
        (_("Preset"), preset and _(preset)),
    )
    return (Line(name, value) for name, value in lines if value)


def _parameters(passport: Mapping[str, Any]) -> Iterator[Line]:
    sent = passport.get("parameters", {})
    for name in PARAMETERS:
        if name in sent:
            yield Line(_label(name), _shown(sent[name]))


def _memory(passport: Mapping[str, Any]) -> Iterator[Line]:
    until = passport.get("memory", {}).get("summary_until")
    if until:
        yield Line(_("Summary"), _("of everything up to message {number}").format(number=until))


def _facts(reply: Reply) -> list[UsedFact]:
    used = reply.passport.get("memory", {}).get("facts", ())
    if not used:
        return []
    known = recall(f"{reply.room_id}:{reply.assistant_id}").facts
    present = {fact.id: fact for fact in known}
    return [_used(fact, present.get(fact["id"])) for fact in used]


def _used(fact: Mapping[str, Any], present: KnownFact | None) -> UsedFact:
    """A fact with its text, if that is still the one that was read."""
    if present is None:
        return UsedFact(None, is_forgotten=True)
    is_same = fact.get("digest", digest_of(present)) == digest_of(present)
    return UsedFact(present.text if is_same else None, is_forgotten=False)


def _sources(reply: Reply) -> list[SourceRow]:
    """What everybody in the room may read of what the model read."""
    sources = sources_of(reply.room, [reply]).get(reply.pk)
    return rows_of_passages(str(reply.pk), {"passages": sources.passages}) if sources else []


def _figures(passport: Mapping[str, Any]) -> Iterator[Line]:
    seconds, count, speed = _("{value} s"), "{value}", _("{value} tokens a second")
    shown = (
        ("queue_ms", _("Waited"), seconds),
        ("first_token_ms", _("First word after"), seconds),
        ("total_ms", _("Whole answer after"), seconds),
        ("prompt_tokens", _("Tokens read"), count),
        ("cached_tokens", _("of them known already"), count),
        ("completion_tokens", _("Tokens written"), count),
        ("tokens_per_second", _("Speed"), speed),
    )
    for key, name, words in shown:
        value = passport.get(key)
        if value is not None:
            value = f"{value / 1000:.2f}" if key.endswith("_ms") else value
            yield Line(name, words.format(value=value))


def _fallback(passport: Mapping[str, Any]) -> str:
    note = passport.get("fallback")
    if not note:
        return ""
    reason = sentence_of(note["reason"], get_language() or "en")
    return _("Asked instead of {model}. {reason}").format(model=note["from"], reason=reason)


def _label(name: str) -> Words:
    return LABELS[name][0] if name in LABELS else name


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return " · ".join(repr(stop)[1:-1] for stop in value) or "–"
    return "–" if value is None else str(value)

"""Presets as people use them: which there are, and keeping one's own."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext

from accounts.api import User
from ai.errors import (
    PresetNameError,
    PresetNameTakenError,
    PresetNotFoundError,
    PresetNotOwnError,
    TooManyPresetsError,
)
from ai.models import Preset
from ai.parameters import Parameters
from ai.types import PresetSummary
from echomind.common.text import is_safe, is_storable, is_visible, one_line

MAX_PRESETS = 50  # of one person
MAX_NAME = 64
IMPORT = "import"  # stands where a slug would, in an address of the API
LONGEST_STEM = MAX_NAME - 3  # of a slug, before the number that tells it from another


def usable_presets(user_id: int) -> list[PresetSummary]:
    """The site's presets and the user's own, the site's first. One query."""
    return [_summary(preset) for preset in Preset.objects.usable_by(user_id)]


def find_preset(*, user: int, slug: str) -> PresetSummary:
    """The preset that this user means by a slug. Raises PresetNotFoundError."""
    return _summary(_found(user, slug))


@transaction.atomic
def save_preset(*, owner: int, name: str, values: Mapping[str, Any]) -> PresetSummary:
    """Keep parameters under a new name; what `values` lacks has its default.

    Raises PresetNameError, PresetNameTakenError, TooManyPresetsError and the parameter errors.
    """
    parameters = Parameters().changed(values)
    name = _checked_name(name)
    _one_at_a_time(owner)
    if Preset.objects.filter(owner=owner).count() >= MAX_PRESETS:
        raise TooManyPresetsError(limit=MAX_PRESETS)
    _require_free(owner, name)
    preset = Preset.objects.create(
        owner_id=owner, slug=_new_slug(owner, name), name=name, values=parameters.as_json()
    )
    return _summary(preset)


@transaction.atomic
def change_preset(
    *, owner: int, slug: str, name: str, values: Mapping[str, Any] | None = None
) -> PresetSummary:
    """Rename one's own preset and, unless `values` is None, replace its parameters.

    The slug stays. Raises PresetNotFoundError, PresetNotOwnError and as `save_preset`.
    """
    parameters = None if values is None else Parameters().changed(values)
    name = _checked_name(name)
    _one_at_a_time(owner)
    preset = _own(owner, slug)
    _require_free(owner, name, besides=preset)
    preset.name = name
    if parameters is not None:
        preset.values = parameters.as_json()
    preset.save(update_fields=["name", "values"])
    return _summary(preset)


@transaction.atomic
def delete_preset(*, owner: int, slug: str) -> PresetSummary:
    """Forget one's own preset; returns what it was. Raises PresetNotFoundError, PresetNotOwnError."""
    _one_at_a_time(owner)
    preset = _own(owner, slug)
    was = _summary(preset)
    preset.delete()
    return was


def _summary(preset: Preset) -> PresetSummary:
    """The site's presets are named in the reader's language."""
    is_own = preset.owner_id is not None
    return PresetSummary(
        slug=preset.slug,
        name=preset.name if is_own else gettext(preset.name),
        is_own=is_own,
        parameters=preset.parameters,
    )


def _found(user_id: int, slug: str) -> Preset:
    """One's own before one of the site's with the same slug."""
    usable = Preset.objects.usable_by(user_id)
    found = usable.filter(slug=slug).last() if is_storable(slug) else None
    if found is None:
        raise PresetNotFoundError
    return found


def _own(owner: int, slug: str) -> Preset:
    preset = _found(owner, slug)
    if preset.owner_id is None:
        raise PresetNotOwnError
    return preset


def _one_at_a_time(owner: int) -> None:
    """Until the transaction ends nobody else changes this person's presets: counts stay true."""
    User.objects.select_for_update(no_key=True).only("pk").get(pk=owner)


def _checked_name(name: str) -> str:
    name = one_line(name)
    if len(name) > MAX_NAME or not is_visible(name) or not is_safe(name):
        raise PresetNameError
    return name


def _require_free(owner: int, name: str, besides: Preset | None = None) -> None:
    namesakes = Preset.objects.filter(owner=owner, name=name)
    if besides is not None:
        namesakes = namesakes.exclude(pk=besides.pk)
    if namesakes.exists():
        raise PresetNameTakenError


def _new_slug(owner: int, name: str) -> str:
    """A slug that no preset has which this person may use."""
    taken = {IMPORT, *Preset.objects.usable_by(owner).values_list("slug", flat=True)}
    stem = slugify(name, allow_unicode=True)[:LONGEST_STEM] or "preset"
    candidates = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
    return next(candidate for candidate in candidates if candidate not in taken)

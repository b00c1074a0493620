"""Presets: the three of the site, one's own, and their files."""

import json
from typing import Any

import pytest

from accounts.models import User
from ai.errors import (
    ParameterOutOfRangeError,
    ParameterTypeError,
    ParameterUnknownError,
    PresetFileBrokenError,
    PresetFileTooLargeError,
    PresetNameError,
    PresetNameTakenError,
    PresetNotFoundError,
    PresetNotOwnError,
    StopEmptyError,
    StopNotFlatError,
    TooManyPresetsError,
)
from ai.models import Preset
from ai.parameters import Parameters
from ai.preset_files import flat_form, full_form, read_file, read_preset
from ai.presets import (
    MAX_PRESETS,
    change_preset,
    delete_preset,
    find_preset,
    save_preset,
    usable_presets,
)
from ai.seed import seed_models_and_presets

pytestmark = pytest.mark.django_db

FLAT = {
    "temperature": 0.9,
    "repetition_penalty": 1.05,
    "max_tokens": 300,
    "top_p": 0.8,
    "top_k": 30,
    "stop": "User:|Assistant:",
    "repeat_last_n": 128,
    "seed": 42,
    "mirostat": 2,
    "mirostat_tau": 4.0,
    "mirostat_eta": 0.2,
}


def saved(owner: User, name: str = "Mine", **values: Any) -> str:
    """The slug of a preset that the owner keeps."""
    return save_preset(owner=owner.pk, name=name, values=values).slug


@pytest.mark.parametrize(
    ("slug", "temperature", "penalty", "tokens", "top_p", "top_k"),
    [
        ("chat", 0.7, 1.1, 256, 0.9, 40),
        ("creative", 1.3, 1.0, 512, 0.95, 50),
        ("code", 0.3, 1.2, 512, 0.85, 20),
    ],
)
def test_every_site_begins_with_three_presets(
    member: User,
    slug: str,
    temperature: float,
    penalty: float,
    tokens: int,
    top_p: float,
    top_k: int,
) -> None:
    seed_models_and_presets()
    assert find_preset(user=member.pk, slug=slug).parameters == Parameters(
        temperature=temperature,
        repetition_penalty=penalty,
        max_tokens=tokens,
        top_p=top_p,
        top_k=top_k,
    )
    assert len(usable_presets(member.pk)) == 3


def test_a_preset_of_ones_own_is_there_for_nobody_else(member: User, stranger: User) -> None:
    slug = saved(member, temperature=1.2)
    assert [preset.slug for preset in usable_presets(member.pk)] == [slug]
    assert usable_presets(stranger.pk) == []
    for change in (
        lambda: find_preset(user=stranger.pk, slug=slug),
        lambda: change_preset(owner=stranger.pk, slug=slug, name="Theirs"),
        lambda: delete_preset(owner=stranger.pk, slug=slug),
    ):
        with pytest.raises(PresetNotFoundError):
            change()


def test_the_sites_presets_are_not_changed_by_people(member: User) -> None:
    seed_models_and_presets()
    with pytest.raises(PresetNotOwnError):
        change_preset(owner=member.pk, slug="chat", name="Mine")
    with pytest.raises(PresetNotOwnError):
        delete_preset(owner=member.pk, slug="chat")


def test_a_name_makes_a_slug_that_no_other_preset_has(member: User) -> None:
    seed_models_and_presets()
    names = ("Chat", "三國", "😀", "Import")
    assert [saved(member, name) for name in names] == ["chat-2", "三國", "preset", "import-2"]


def test_renaming_keeps_slug_and_parameters(member: User) -> None:
    slug = saved(member, temperature=1.2)
    renamed = change_preset(owner=member.pk, slug=slug, name="  Other  name ")
    assert (renamed.slug, renamed.name) == (slug, "Other name")
    assert renamed.parameters.temperature == 1.2


def test_two_presets_of_one_person_have_two_names(member: User, stranger: User) -> None:
    saved(member), saved(stranger)
    other = saved(member, "Other")
    with pytest.raises(PresetNameTakenError):
        saved(member)
    with pytest.raises(PresetNameTakenError):
        change_preset(owner=member.pk, slug=other, name="Mine")


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "x" * 65, "a\u202eb", "a\0b"])
def test_a_name_is_seen_and_fits(member: User, name: str) -> None:
    with pytest.raises(PresetNameError):
        saved(member, name)


def test_nobody_keeps_more_than_fifty(member: User) -> None:
    for number in range(MAX_PRESETS):
        saved(member, f"Preset {number}")
    with pytest.raises(TooManyPresetsError):
        saved(member, "One more")
    assert Preset.objects.filter(owner=member).count() == MAX_PRESETS == 50


def test_a_wrong_value_leaves_a_preset_as_it_was(member: User) -> None:
    slug = saved(member, temperature=1.2)
    with pytest.raises(ParameterOutOfRangeError):
        change_preset(owner=member.pk, slug=slug, name="New", values={"temperature": 9})
    kept = find_preset(user=member.pk, slug=slug)
    assert (kept.name, kept.parameters.temperature) == ("Mine", 1.2)


def test_the_flat_form_is_read_and_written_as_other_programs_have_it() -> None:
    found = read_file(json.dumps(FLAT).encode())
    parameters = Parameters().changed(found.values)
    assert parameters.stop == ("User:", "Assistant:")
    assert flat_form(parameters) == FLAT
    assert list(flat_form(parameters)) == list(FLAT)


def test_the_full_form_comes_back_as_it_went(member: User) -> None:
    values = {"temperature": 1.1, "stop": ["\n\n", "<|end|>"], "seed": None}
    slug = saved(member, **values)
    exported = full_form(find_preset(user=member.pk, slug=slug))
    found = read_file(b"\xef\xbb\xbf" + json.dumps(exported).encode())
    assert found.name == "Mine"
    assert Parameters().changed(found.values) == Parameters().changed(values)


def test_no_seed_is_minus_one_in_the_flat_form() -> None:
    flat = flat_form(Parameters())
    assert (flat["seed"], flat["stop"]) == (-1, "")
    assert Parameters().changed(read_preset(flat).values) == Parameters()


def test_a_stop_that_holds_the_separator_is_not_exported_flat() -> None:
    with pytest.raises(StopNotFlatError):
        flat_form(Parameters(stop=("<|end|>",)))


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", PresetFileBrokenError),
        (b'{"temperature": 0.7', PresetFileBrokenError),
        (b"[" * 60_000, PresetFileBrokenError),
        (b"\xff\xfe{}", PresetFileBrokenError),
        (b"[]", PresetFileBrokenError),
        (b"{}", PresetFileBrokenError),
        (b'{"name": "x", "parameters": []}', PresetFileBrokenError),
        (b'{"name": 5, "temperature": 0.7}', PresetNameError),
        (b'{"temperature": NaN}', PresetFileBrokenError),
        (b'{"temperature": "hot"}', ParameterTypeError),
        (b'{"temperature": 2}', ParameterOutOfRangeError),
        (b'{"stop": "User:||"}', StopEmptyError),
        (b'{"parameters": {"stop": [""]}}', StopEmptyError),
        (b'{"warmth": 1}', ParameterUnknownError),
        (b'{"parameters": {"top_k": 3}, "extra": 1}', ParameterUnknownError),
        (b'{"x": "' + b"y" * 1024 * 1024 + b'"}', PresetFileTooLargeError),
    ],
)
def test_a_file_that_is_no_preset_is_refused_by_name(body: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_file(body)

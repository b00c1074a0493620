"""The catalogues of zh-Hant, Japanese and Korean are complete, current and in the right script."""

import re
from collections.abc import Iterator
from pathlib import Path

import opencc
import polib
import pytest
from django.contrib import admin
from django.core.management import call_command
from django.utils.translation.trans_real import DjangoTranslation
from pytest_django.fixtures import Settings

from tests.guards.sources import APPS, ROOT

CATALOGUES = sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|</?\w+>|&\w+;")


def language_of(path: Path) -> str:
    """The folder that names a catalogue's language."""
    return path.parts[-3]


def translations(path: Path) -> Iterator[tuple[str, str]]:
    """Each source string with its translation; a plural form counts as one of its own."""
    for entry in polib.pofile(str(path)):
        sources = [entry.msgid_plural or entry.msgid] * max(1, len(entry.msgstr_plural))
        yield from zip(sources, entry.msgstr_plural.values() or [entry.msgstr], strict=True)


@pytest.fixture
def collected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Path:
    """A new catalogue with every string that the code and the templates mark today."""
    for folder in (*APPS, "templates"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    (tmp_path / "locale").mkdir()
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    monkeypatch.chdir(tmp_path)
    call_command("makemessages", locale=["ja"], symlinks=True, verbosity=0)
    return tmp_path / "locale" / "ja" / "LC_MESSAGES" / "django.po"


def test_there_is_a_catalogue_for_each_language_but_english() -> None:
    assert [language_of(path) for path in CATALOGUES] == ["ja", "ko", "zh_Hant"]


@pytest.mark.parametrize("path", CATALOGUES, ids=language_of)
def test_every_string_is_translated_and_no_translation_is_a_guess(path: Path) -> None:
    catalogue = polib.pofile(str(path))
    assert [text for text, translated in translations(path) if not translated.strip()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=language_of)
def test_a_translation_keeps_the_placeholders_and_tags(path: Path) -> None:
    for source, translated in translations(path):
        kept = sorted(PLACEHOLDER.findall(translated))
        assert kept == sorted(PLACEHOLDER.findall(source)), translated


@pytest.mark.parametrize("path", CATALOGUES, ids=language_of)
def test_a_sentence_is_not_left_in_english(path: Path) -> None:
    same = {source for source, translated in translations(path) if source == translated}
    assert {text for text in same if " " in text} <= {"REST API"}


def test_chinese_is_written_as_in_taiwan() -> None:
    to_taiwan = opencc.OpenCC("s2tw")
    path = ROOT / "locale" / "zh_Hant" / "LC_MESSAGES" / "django.po"
    for _, translated in translations(path):
        assert to_taiwan.convert(translated) == translated


def test_libraries_too_say_in_chinese_the_polite_you() -> None:
    of_admin = [Path(admin.__file__).parent / "locale"]
    for said in (
        DjangoTranslation("zh-hant"),
        DjangoTranslation("zh-hant", domain="djangojs", localedirs=of_admin),
    ):
        known = said._catalog
        assert [text for text in map(known.get, set(known.keys())) if "你" in text] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=language_of)
def test_the_catalogue_holds_the_strings_of_today_and_no_others(
    path: Path, collected: Path
) -> None:
    today = {(entry.msgid, entry.msgctxt) for entry in polib.pofile(str(collected))}
    known = {(entry.msgid, entry.msgctxt) for entry in polib.pofile(str(path))}
    assert known == today, "collect them as locale/README.md says"

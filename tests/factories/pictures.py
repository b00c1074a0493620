"""Fixtures of pictures: generators that need no training, and a worker that draws at once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from imaging import tasks
from imaging.generators.registry import hash_of
from imaging.models import picture_style
from imaging.services import requests, styles
from imaging.services.styles import seed_styles
from imaging.types import SHIBA
from tests.imaging.generators import save_all
from tests.live.parts import ImagesProcess
from tests.live.site import LiveSite

ADD_STYLE = """
INSERT INTO imaging_picturestyle (slug, name, generator, accent, sha256, is_uploaded, width, height,
                                  seeds, traits)
VALUES (%s, '', 'gan', '', %s, true, %s, %s, 2147483648, '[]')
"""


@pytest.fixture(scope="session")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a generator for every kind."""
    folder = tmp_path_factory.mktemp("weights")
    save_all(folder)
    return folder


@pytest.fixture
def no_generators(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site whose weights were deleted, with a data folder of its own. Returns their folder."""
    monkeypatch.setattr(settings, "VAR", tmp_path)
    for module in (picture_style, styles):
        monkeypatch.setattr(module, "SHIPPED", tmp_path / "shipped")
    return tmp_path / "shipped"


@pytest.fixture
def generators(no_generators: Path, weights: Path) -> Path:
    """A site that can draw every kind. Returns the folder of the weights."""
    no_generators.symlink_to(weights)
    seed_styles()
    return no_generators


@pytest.fixture(scope="session")
def drawing_site(live_site: LiveSite, weights: Path) -> Iterator[LiveSite]:
    """The live site with a worker that draws, every kind by its tiny generator."""
    kept = live_site.folder / "weights"
    kept.mkdir()
    rows = []
    for file in sorted(weights.iterdir()):
        digest = hash_of(file)
        shutil.copy(file, kept / f"{digest}.onnx")
        size = (832, 384) if file.stem == SHIBA else (128, 128)
        rows.append((file.stem, digest, *size))
    with psycopg.connect(live_site.database_url) as connection:
        connection.execute("DELETE FROM imaging_picturestyle")
        connection.cursor().executemany(ADD_STYLE, rows)
    worker = ImagesProcess("images", live_site.folder, live_site.environment)
    worker.launch()
    worker.wait_until_ready()
    yield live_site
    worker.stop()


@pytest.fixture
def drawing_worker(generators: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Does what is handed to the worker of pictures at once. Returns the names of its tasks."""
    done: list[str] = []
    work = {task.name: task for task in (tasks.draw, tasks.preview, tasks.remake)}

    def hand_over(task: str, **arguments: object) -> None:
        done.append(task)
        work[task](**arguments)

    monkeypatch.setattr(requests, "_hand_over", hand_over)
    return done

"""Generators: the same seed gives the same bytes, and no broken file gets in."""

from pathlib import Path

import onnx
import pytest
from django.conf import settings
from onnx import TensorProto, helper
from PIL import Image

import imaging.generators as generators_package
from imaging.errors import (
    GeneratorChangedError,
    GeneratorMissingError,
    GeneratorUnfitError,
    KindUnknownError,
    SeedInvalidError,
)
from imaging.files import FORMS, path_of
from imaging.generators import registry
from imaging.generators.registry import hash_of, open_generator, plugin_names
from imaging.models import PictureStyle
from imaging.selectors import file_of
from imaging.services.drawing import draw_picture, preview, remake_files
from imaging.services.styles import receive_weights, seed_styles
from imaging.types import HIGHEST_SEED, SHIBA, Drawing, Style
from tests.imaging.generators import save_generator, save_onnx

GOOD = {"style": "pixel", "width": "128", "height": "128", "scaling": "nearest"}


@pytest.mark.parametrize("kind", [*Style, SHIBA])
def test_the_same_seed_gives_the_same_bytes_also_in_another_process(
    generators: Path, kind: str
) -> None:
    made = draw_picture(Drawing(kind, 7), maker=None)
    style = PictureStyle.objects.get(slug=kind)
    fresh = style.file.with_name("copy.onnx")
    fresh.write_bytes(style.file.read_bytes())  # another path is not in the cache
    again = open_generator("gan", fresh, style.sha256).draw(7)
    kept = Image.open(path_of(made.sha256, "png"))
    assert kept.size == (made.width, made.height) == (style.width, style.height)
    assert kept.tobytes() == Image.fromarray(again).tobytes()
    assert draw_picture(Drawing(kind, 7), maker=None).sha256 == made.sha256


def test_seeds_give_different_pictures(generators: Path) -> None:
    assert len({preview(Drawing("pixel", seed)) for seed in range(20)}) == 20


def test_a_picture_is_kept_as_png_as_webp_and_small(generators: Path) -> None:
    made = draw_picture(Drawing(SHIBA, 1), maker=None)
    sizes = {form: Image.open(path_of(made.sha256, form)).size for form in ("png", "webp")}
    assert sizes == {"png": (832, 384), "webp": (832, 384)}
    assert Image.open(path_of(made.sha256, "thumb.webp")).size == (416, 192)


@pytest.mark.parametrize("seed", [-1, HIGHEST_SEED + 1, 10**30])
def test_a_seed_out_of_range_is_refused(generators: Path, seed: int) -> None:
    with pytest.raises(SeedInvalidError):
        draw_picture(Drawing("pixel", seed), maker=None)


def test_a_kind_that_nobody_draws_is_refused(generators: Path) -> None:
    with pytest.raises(KindUnknownError):
        draw_picture(Drawing("cat", 1), maker=None)


def test_weights_that_are_not_there_are_named(no_generators: Path) -> None:
    with pytest.raises(GeneratorMissingError):
        draw_picture(Drawing(SHIBA, 1), maker=None)


def test_weights_that_were_changed_since_are_not_run(no_generators: Path) -> None:
    file = no_generators / "pixel.onnx"
    save_generator(file, "pixel", shown=(128, 128), native=(16, 16))
    seed_styles()
    save_generator(file, "pixel", shown=(128, 128), native=(8, 8))
    registry._opened.cache_clear()  # as in a process that starts now
    with pytest.raises(GeneratorChangedError):
        draw_picture(Drawing("pixel", 1), maker=None)
    seed_styles()  # as the next start of the site does
    draw_picture(Drawing("pixel", 1), maker=None)


@pytest.mark.parametrize(
    "broken",
    [
        {"style": "pixel", "height": "128"},
        GOOD | {"width": "many"},
        GOOD | {"height": "1000000"},
        GOOD | {"scaling": "magic"},
        GOOD | {"scaling": "none"},
        GOOD | {"latent": "12"},
    ],
)
def test_a_file_with_wrong_metadata_is_refused(tmp_path: Path, broken: dict[str, str]) -> None:
    file = tmp_path / "broken.onnx"
    save_onnx(file, broken, native=(16, 16))
    with pytest.raises(GeneratorUnfitError):
        open_generator("gan", file, hash_of(file))


def _answer_in_doubles(file: Path) -> None:
    model = onnx.load(file)
    graph = model.graph
    graph.node[-1].output[0] = "singles"
    graph.node.append(helper.make_node("Cast", ["singles"], ["image"], to=TensorProto.DOUBLE))
    graph.output[0].type.tensor_type.elem_type = TensorProto.DOUBLE
    onnx.save(model, file)


@pytest.mark.parametrize(
    "damage", ["truncated", "grey", "doubles", "text", "empty", "another style"]
)
def test_a_damaged_upload_leaves_everything_as_it_was(generators: Path, damage: str) -> None:
    file = generators.parent / "upload.onnx"
    metadata = GOOD | ({"style": "comic"} if damage == "another style" else {})
    save_onnx(file, metadata, native=(16, 16), colours=1 if damage == "grey" else 3)
    if damage == "doubles":
        _answer_in_doubles(file)
    whole = file.read_bytes()
    contents = {"truncated": whole[:500], "text": b"not a model", "empty": b""}
    style = PictureStyle.objects.get(slug="pixel")
    before = (style.sha256, style.is_uploaded)
    with pytest.raises(GeneratorUnfitError):
        receive_weights(style, contents.get(damage, whole))
    assert (style.sha256, style.is_uploaded) == before
    assert not list((Path(settings.VAR) / "weights").glob("*.onnx"))


def test_uploaded_weights_draw_from_then_on_and_stay_at_the_next_start(generators: Path) -> None:
    file = generators.parent / "upload.onnx"
    save_generator(file, "pixel", shown=(64, 64), native=(8, 8))
    style = PictureStyle.objects.get(slug="pixel")
    receive_weights(style, file.read_bytes())
    style.save()
    seed_styles()
    assert draw_picture(Drawing("pixel", 3), maker=None).width == 64


def test_lost_files_are_made_again_also_where_the_weights_have_changed(generators: Path) -> None:
    made = draw_picture(Drawing("pixel", 3), maker=None)
    for form in FORMS:
        path_of(made.sha256, form).unlink()
    upload = generators.parent / "upload.onnx"
    save_generator(upload, "pixel", shown=(64, 64), native=(8, 8))
    style = PictureStyle.objects.get(slug="pixel")
    receive_weights(style, upload.read_bytes())
    style.save()
    remake_files(made)
    assert file_of(made.public_id, "png").media_type == "image/png"


def test_a_folder_is_all_that_a_plug_in_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "plain" / "__init__.py"
    module.parent.mkdir()
    module.write_text("def open_generator(file, sha256):\n    return file.name, sha256\n")
    monkeypatch.setattr(generators_package, "__path__", [str(tmp_path)])
    assert plugin_names() == ["plain"]
    digest = hash_of(module)
    assert open_generator("plain", module, digest) == ("__init__.py", digest)

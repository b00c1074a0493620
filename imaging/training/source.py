"""Where a training's pictures come from: the style's renderer, or a folder of somebody's."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from imaging.training.data.folder import folder_set
from imaging.training.data.registry import RENDERERS
from imaging.training.data.sets import PictureSet, drawn_set
from imaging.training.plan import Plan, without_guide
from imaging.training.traits import Layout

Say = Callable[[str], None]


def cache_folder() -> Path:
    """Where data sets and checkpoints live; clones share it."""
    return Path(os.environ.get("ECHOMIND_CACHE", Path.home() / ".cache" / "echomind")) / "gan"


@dataclass(frozen=True, slots=True)
class Source:
    """A plan with a folder of pictures, or with none: then its renderer draws them."""

    planned: Plan
    pictures: Path | None = None

    @property
    def plan(self) -> Plan:
        """The plan, without a guide where nobody knows the traits."""
        return self.planned if self.pictures is None else without_guide(self.planned)

    @property
    def layout(self) -> Layout:
        """The traits of the pictures; none are known of a folder's."""
        return Layout() if self.pictures else RENDERERS[self.planned.renderer].layout

    @property
    def training_folder(self) -> Path:
        """Where checkpoints, sample grids and the curve lie."""
        folder = cache_folder() / self.planned.style
        return folder / "of-folder" if self.pictures else folder

    def data(
        self, say: Say, count: int | None = None, size: tuple[int, int] | None = None
    ) -> PictureSet:
        """The pictures: as many and as large as the generator learns from, unless told."""
        if self.pictures:
            return folder_set(self.pictures, size or self.planned.native)
        plan, wanted = self.planned, count or self.planned.pictures

        def report(there: int, _: int) -> None:
            if there % 1024 == 0 or there == wanted:
                say(f"{plan.style}: {there} of {wanted} pictures drawn")

        renderer, folder = RENDERERS[plan.renderer], cache_folder() / "data"
        return drawn_set(plan.renderer, renderer, wanted, size or plan.native, folder, report)

    def describe(self, count: int) -> str:
        """The data in a few words, with its licence."""
        if self.pictures:
            return f"{count:,} pictures of a folder"
        licence = RENDERERS[self.planned.renderer].licence
        return f"{count:,} pictures drawn by the renderer {self.planned.renderer} ({licence})"

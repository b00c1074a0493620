"""The four looks of rooms, and the colours each draws with (those of static/css/tokens.css)."""

from dataclasses import dataclass

from imaging.types import Style


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one look; they must stay readable on light and on dark pages."""

    accent: str
    soft: str
    ink: str
    grounds: tuple[str, ...]  # behind the face
    skins: tuple[str, ...]
    hairs: tuple[str, ...]


SKINS = ("#f7d7bd", "#eec39f", "#d9a27a", "#b97a52", "#8a5638")
HAIRS = ("#1c1e22", "#3b2a20", "#5b3a24", "#7a5a3a", "#565b63")

PALETTES = {
    Style.MINIMALIST: Palette(
        "#2f54c4", "#eaeffc", "#1c1e22",
        ("#eaeffc", "#e4ecf4", "#eeeaf8", "#e6f0ee", "#f2efe8"), SKINS, HAIRS,
    ),
    Style.COMIC: Palette(
        "#b8400b", "#fdeee5", "#1c1e22",
        ("#ffcf70", "#ff9d6e", "#8fd3c8", "#f6a5b6", "#a9c7f7"), SKINS, HAIRS,
    ),
    Style.PIXEL: Palette(
        "#1b7a3d", "#e6f5eb", "#06210f",
        ("#e6f5eb", "#dff0f2", "#f4f0da", "#ece6f5", "#f7e7e0"),
        ("#1b7a3d", "#2f54c4", "#b8400b", "#7a3fa8", "#146c78"), HAIRS,
    ),
    Style.REALISTIC: Palette(
        "#7a3fa8", "#f5ebfb", "#22072f",
        ("#b9a3cc", "#9fb2c9", "#c9b19c", "#a5bfb0", "#c5a4ac"), SKINS, HAIRS,
    ),
}  # fmt: skip

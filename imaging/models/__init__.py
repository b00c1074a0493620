"""Pictures, and the styles that they are drawn in."""

from imaging.models.picture import Picture
from imaging.models.picture_style import PictureStyle

__all__ = ["Picture", "PictureStyle"]

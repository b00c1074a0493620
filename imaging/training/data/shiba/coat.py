"""The four coats of the breed, each with its urajiro: the pale cheeks, chest, belly and tail."""

from dataclasses import dataclass

import numpy as np

from imaging.training.data.colours import Colour, from_hex
from imaging.training.traits import Look

COATS = {  # body, darker parts, legs, spots over the eyes
    "red": ("#e08a3c", "#b8642a", "#dd8a42", "#fbf3e6"),
    "black and tan": ("#33292a", "#1d1718", "#c98645", "#d68f4b"),
    "sesame": ("#a9764a", "#5a3f31", "#b98555", "#f1e2cc"),
    "cream": ("#f1dcb4", "#ddbf8e", "#f0dab2", "#fffaf0"),
}
PALE = from_hex("#fdf6ea")


@dataclass(frozen=True, slots=True)
class Coat:
    """Colours of one dog."""

    body: Colour
    dark: Colour
    legs: Colour
    spots: Colour
    pale: Colour


def coat_of(look: Look) -> Coat:
    """The coat of a look, a little lighter or darker by its tone."""
    tone = np.float32(look.between("tone", 0.92, 1.07))
    body, dark, legs, spots = (from_hex(text) * tone for text in COATS[look.option("coat")])
    return Coat(body, dark, legs, spots, PALE)

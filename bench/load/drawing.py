"""`python -m bench.load.drawing`: draws one Shiba after the other, as the worker of pictures would.

Its owner halts and continues it by signals.
"""

from itertools import count

import django


def main() -> None:
    """Draw until ended; a line on the output tells that the first picture is done."""
    django.setup()
    from imaging.api import draw_picture  # the apps must be ready first
    from imaging.types import SHIBA, Drawing

    draw_picture(Drawing(SHIBA, 0), maker=None)
    print("drawn", flush=True)
    for seed in count(1):
        draw_picture(Drawing(SHIBA, seed), maker=None)


if __name__ == "__main__":
    main()

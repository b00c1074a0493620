"""How much is measured: in full, quickly while working on the code, or just to see that it runs."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Scale:
    """Sizes of one run. `pairs` of blocks of `block_s` seconds each."""

    pairs: int
    stock_pairs: (
        int  # of the stock channel layer, which is many times slower than what it is put beside
    )
    block_s: float
    stream_s: float  # how long one answer is written
    members: tuple[int, ...]
    sockets: int
    fresh_pairs: int  # of blocks that each need a new server
    repeats: int  # of what has no floor to stand beside
    turns: int
    growth: tuple[int, ...]  # members, messages, rooms
    history: tuple[int, ...]  # messages behind a reply
    chunks: int  # of which some may be read
    corpus: tuple[int, ...]  # chunks of a corpus that grows
    sentences: int  # of one document
    keeps_results: bool


FULL = Scale(
    pairs=12,
    stock_pairs=4,
    block_s=2.0,
    stream_s=3.0,
    members=(100, 500),
    sockets=1_000,
    fresh_pairs=3,
    repeats=5,
    turns=20,
    growth=(10, 100, 1_000, 10_000),
    history=(10, 1_000, 100_000),
    chunks=100_000,
    corpus=(1_000, 10_000, 100_000, 500_000),
    sentences=200,
    keeps_results=True,
)
QUICK = replace(
    FULL,
    pairs=4,
    stock_pairs=3,
    block_s=1.5,
    stream_s=2.0,
    fresh_pairs=2,
    repeats=2,
    turns=6,
    chunks=20_000,
    corpus=(1_000, 20_000),
    sentences=100,
    keeps_results=False,
)
SMOKE = replace(
    QUICK,
    pairs=3,
    block_s=0.3,
    stream_s=0.1,
    members=(5,),
    sockets=10,
    fresh_pairs=1,
    repeats=1,
    turns=2,
    growth=(10, 400),
    history=(10, 400),
    chunks=2_000,
    corpus=(200, 1_000),
    sentences=20,
)
SCALES = {"full": FULL, "quick": QUICK, "smoke": SMOKE}

"""Pairs of blocks: their order, their ratio and the control beside it."""

import pytest

from bench.pairs import Pairs, bootstrap, interleave, is_void, percentile


def itself(value: float) -> float:
    return value


async def test_blocks_alternate_so_that_a_drift_favours_nobody() -> None:
    ran: list[str] = []

    async def ours() -> float:
        ran.append("ours")
        return 1.0

    async def floor() -> float:
        ran.append("floor")
        return 1.0

    pairs = await interleave(ours, floor, pairs=3)

    warm_up, measured = ran[:2], ran[2:]
    assert warm_up == ["ours", "floor"]
    assert measured == ["ours", "floor", "floor", "ours", "ours", "floor"]
    assert len(pairs.ours) == len(pairs.floor) == 3


def test_the_ratio_is_the_median_of_the_pairs_ratios() -> None:
    pairs = Pairs(ours=[2.0, 30.0, 4.0], floor=[1.0, 10.0, 1.0])

    ratio = pairs.ratio(itself)

    assert ratio.median == 3.0
    assert 2.0 <= ratio.low <= ratio.median <= ratio.high <= 4.0


def test_one_wild_pair_does_not_move_the_median() -> None:
    assert bootstrap([1.0, 1.1, 0.9, 1.0, 50.0]).median == 1.0


def test_a_steady_drift_leaves_the_control_in_its_bounds() -> None:
    drift = [1.1**n for n in range(12)]
    pairs = Pairs(ours=drift, floor=drift)

    assert not is_void(pairs.control(itself))


def test_a_side_that_differs_from_itself_voids_the_run() -> None:
    jumps = [1.0, 2.0, 2.0, 1.0, 1.0, 2.0, 2.0, 1.0]

    assert is_void(Pairs(ours=jumps, floor=jumps).control(itself))


@pytest.mark.parametrize(("share", "value"), [(0.0, 1), (0.5, 51), (0.99, 100), (1.0, 100)])
def test_percentiles_of_the_first_hundred_numbers(share: float, value: int) -> None:
    assert percentile(range(1, 101), share) == value

"""`python -m bench [--quick | --smoke] [B1 B3 …]`: runs benchmarks and prints their table.

Exit status 1 where a run is void or lost something; a missed goal is no error.
"""

import argparse
import asyncio
import sys
from time import perf_counter

import django
import uvloop

from bench.processor import split_cores
from bench.readme import refresh
from bench.report import Result, save, table
from bench.scale import SCALES, Scale
from bench.stage import Stage
from bench.stores import Stores
from tests.fakes.model_server import ModelServer


def main() -> int:
    """Start the stores, run what was asked for, tell."""
    given = _arguments()
    stores = Stores()
    try:
        stores.start()
        django.setup()
        results = uvloop.run(_run(given.names, SCALES[given.scale], stores))
    finally:
        stores.stop()
    sys.stdout.write(table(results) + "\n")
    return int(not all(result.is_sound for result in results))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    scale = parser.add_mutually_exclusive_group()
    for name in ("quick", "smoke"):
        scale.add_argument(f"--{name}", dest="scale", action="store_const", const=name)
    parser.set_defaults(scale="full")
    parser.add_argument("names", nargs="*", metavar="B1", help="which ones; all by default")
    return parser.parse_args()


async def _run(names: list[str], scale: Scale, stores: Stores) -> list[Result]:
    from bench.suite import BENCHMARKS, prepare  # their modules need Django's settings

    await asyncio.to_thread(prepare)
    with ModelServer() as model:
        stage = Stage(scale, stores, split_cores(), model)
        stage.pin_load()
        results = []
        for name in names or BENCHMARKS:
            began = perf_counter()
            result = await BENCHMARKS[name](stage)
            results.append(result)
            sys.stderr.write(f"{name} took {perf_counter() - began:.0f} s\n")
            if scale.keeps_results:
                save(result)
                refresh(BENCHMARKS)
    return results


if __name__ == "__main__":
    sys.exit(main())

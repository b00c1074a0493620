"""What is committed under static/build was built from what is committed beside it."""

import hashlib

from tests.guards.sources import ROOT

STATIC = ROOT / "static"


def test_the_bundles_are_those_of_the_sources() -> None:
    noted = {
        name: digest
        for digest, name in (
            line.split("  ") for line in (STATIC / "build/SOURCES.sha256").read_text().splitlines()
        )
    }
    sources = [path for kind in ("css", "js") for path in (STATIC / kind).rglob(f"*.{kind}")]
    present = {
        path.relative_to(STATIC).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sources
    }
    assert present == noted, "run `npm install && npm run build`"

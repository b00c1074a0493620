"""How well the measure behind citations tells what a passage supports, on sentences written for it."""

import json
import tomllib
from pathlib import Path

import pytest

from ai.citations.support import is_supported

ROOT = Path(__file__).resolve().parents[2]
SENTENCES = ROOT / "bench" / "citation_sentences.toml"
CORPUS = ROOT / "rag" / "first_corpus" / "iphone17.jsonl"


@pytest.fixture(scope="module")
def passages() -> dict[str, str]:
    """The first corpus by external id, as a model reads it."""
    entries = map(json.loads, CORPUS.read_text().splitlines())
    return {entry["external_id"]: f"{entry['title']}\n{entry['text']}" for entry in entries}


@pytest.mark.parametrize("stated", [True, False])
def test_what_a_passage_says_is_told_from_what_it_does_not(
    passages: dict[str, str], stated: bool
) -> None:
    """One more is taken where the model itself names the passage: an echo of the question."""
    cases = tomllib.loads(SENTENCES.read_text())["sentences"]
    wrong = [
        case["said"]
        for case in cases
        if is_supported(case["said"], passages[case["of"]], question=case["asked"], stated=stated)
        != case["holds"]
    ]
    assert wrong == (["N1 晶片負責什麼，這是個好問題。"] if stated else [])

"""B6: indexing documents beside the encoder alone, on the same chunks, and the memory it takes."""

import random
from dataclasses import dataclass, field
from time import perf_counter

import psutil
from asgiref.sync import sync_to_async

from bench.pairs import interleave
from bench.population import make_people
from bench.report import Figure, Result, milliseconds, ratio
from bench.stage import Stage
from rag.api import add_document, create_corpus
from rag.embedding.e5_small.build import build_model
from rag.embedding.registry import embedder
from rag.models import Chunk, Corpus
from rag.services.indexing import BATCH, index_next
from rag.types import Description

SLOWEST = 1 / 0.85
MOST_GROWN_MIB = 16
A_SENTENCE = (
    "Has anybody seen my umbrella number {}? I left it by the blue door this morning.",
    "我今天早上把第 {} 把雨傘忘在藍色的門旁邊了，有人看到嗎？請告訴我，謝謝！",
    "今朝、青いドアのそばに {} 本目の傘を忘れました。見た人はいますか。",
    "오늘 아침 파란 문 옆에 {} 번째 우산을 두고 왔어요. 보신 분 있나요?",
)
MIB = 1024 * 1024


@dataclass(slots=True)
class Works:
    """The corpus that grows, and the texts of the chunks of the newest document."""

    corpus: Corpus
    sentences: int
    documents: int = 0
    texts: list[str] = field(default_factory=list)


async def run(stage: Stage) -> Result:
    """Documents and encoder in turns; the encoder reads the chunks that were indexed last."""
    await sync_to_async(build_model)(print)
    people = await make_people(1)
    corpus = await sync_to_async(create_corpus)(owner=people.users[0], slug="b6", name="B6")
    works = Works(corpus, stage.scale.sentences)
    process = psutil.Process()
    await sync_to_async(_index)(works)
    before = process.memory_info().rss
    pairs = await interleave(
        lambda: sync_to_async(_index)(works),
        lambda: sync_to_async(_encode)(works),
        pairs=stage.scale.pairs,
    )
    grown = (process.memory_info().rss - before) / MIB
    return Result(
        name="B6",
        figures=[
            ratio("time a chunk", pairs, float, told=milliseconds, at_most=SLOWEST),
            Figure(
                measure=f"memory grown over {works.documents} documents",
                value=grown,
                unit="MiB",
                at_most=MOST_GROWN_MIB,
            ),
        ],
    )


def _index(works: Works) -> float:
    """Seconds a chunk, from adding a document to its being found."""
    works.documents += 1
    draw = random.Random(works.documents)
    text = "\n\n".join(draw.choice(A_SENTENCE).format(n) for n in range(works.sentences))
    name = f"document-{works.documents}"
    began = perf_counter()
    document = add_document(
        corpus=works.corpus, description=Description(external_id=name), text=text
    )
    while index_next(works.corpus.pk):
        pass
    seconds = perf_counter() - began
    chunks = Chunk.objects.filter(document=document).order_by("number")
    works.texts = [f"{name}\n{text}" for text in chunks.values_list("text", flat=True)]
    return seconds / len(works.texts)


def _encode(works: Works) -> float:
    """Seconds a chunk, for the vectors alone."""
    model = embedder()
    began = perf_counter()
    for first in range(0, len(works.texts), BATCH):
        model.encode_document(works.texts[first : first + BATCH])
    return (perf_counter() - began) / len(works.texts)

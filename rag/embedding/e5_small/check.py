"""Compares an encoder with vectors of the same weights by PyTorch, kept in `reference.npy`.

They were made once by transformers' BertModel with these weights in 32 bits, mean pooling and
normalization, for the texts below: float16 [texts, hidden].
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rag.embedding.e5_small.session import Encoder

REFERENCE = Path(__file__).with_name("reference.npy")
TEXTS = (
    "query: 手機電池可以用多久？",
    "passage: 本機配備 5000mAh 電池，可連續使用兩天，並支援 25W 快速充電。",
    "query: how long does the battery last",
    "passage: The phone has a 5000 mAh battery and charges fully in 45 minutes.",
    "query: 画面の大きさはどのくらいですか",
    "passage: 6.3インチの有機ELディスプレイを搭載し、明るさは最大3000ニトです。",
    "query: 카메라 화소는 얼마나 됩니까",
    "passage: 4800만 화소 후면 카메라와 1800만 화소 전면 카메라가 있습니다.",
    "passage: 　ＡＢＣ１２３  𠮷野家の牛丼 👩‍👩‍👧 café naïve",
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Cosines of an encoder's vectors with the reference's."""

    mean: float
    worst: float


def compare(encoder: Encoder) -> Agreement:
    """All texts in one batch, so that padding is checked as well."""
    reference = np.load(REFERENCE).astype(np.float32)
    reference /= np.linalg.norm(reference, axis=1, keepdims=True)
    cosines = (encoder.pooled(TEXTS) * reference).sum(axis=1)
    return Agreement(mean=float(cosines.mean()), worst=float(cosines.min()))

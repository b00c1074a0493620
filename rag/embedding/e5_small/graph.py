"""Writes the encoder as an ONNX graph: BERT (Devlin et al. 2019), mean pooling, vectors of length 1.

Inputs: `ids` and `mask`, int64 [texts, tokens]. Outputs: `tokens` [texts, tokens, hidden] and
`pooled` [texts, hidden], both float32. The table of words stays in the package's own 4-bit values,
one a byte: looked up and scaled it is exact, and a quarter of the size that it has in floats.
"""

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from rag.embedding.e5_small.packed import BLOCK, PackedModel

OPSET = 20  # the first with Gelu
IR_VERSION = 9  # what came with it; ONNX Runtime reads no newer one than it knows
MASKED = -1e9


def write_graph(model: PackedModel) -> onnx.ModelProto:
    """The encoder in 32-bit floats, but for the table of words."""
    return _Writer(model).write()


class _Writer:
    """Adds one node after another; each method returns the name of the value that it makes."""

    def __init__(self, model: PackedModel) -> None:
        self._model, self._shape = model, model.shape
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def write(self) -> onnx.ModelProto:
        attention = self._attention_mask()
        tokens = self._embeddings()
        for layer in range(self._shape.layers):
            tokens = self._layer(f"l{layer}", tokens, attention)
        self._node("Identity", tokens, name="tokens")
        self._pool(tokens)
        graph = helper.make_graph(
            self._nodes,
            "multilingual-e5-small",
            [_value(name, TensorProto.INT64, "texts", "length") for name in ("ids", "mask")],
            [
                _value("tokens", TensorProto.FLOAT, "texts", "length", self._shape.hidden),
                _value("pooled", TensorProto.FLOAT, "texts", self._shape.hidden),
            ],
            list(self._constants.values()),
        )
        opset = helper.make_opsetid("", OPSET)
        return helper.make_model(graph, opset_imports=[opset], ir_version=IR_VERSION)

    def _attention_mask(self) -> str:
        """[texts, 1, 1, tokens]: 0 where there is text, far below elsewhere."""
        padding = self._node("Sub", self._floats("one", 1.0), self._float_mask())
        hidden = self._node("Mul", padding, self._floats("masked", MASKED))
        return self._node("Unsqueeze", hidden, self._ints("middle", 1, 2))

    def _float_mask(self) -> str:
        return self._node("Cast", "mask", to=TensorProto.FLOAT)

    def _embeddings(self) -> str:
        """Word, position and type of each token, together."""
        shape, model = self._shape, self._model
        positions = model.vector("emb.pos", shape.positions, shape.hidden)
        kind = model.vector("emb.type", shape.hidden)
        table = self._constant("positions", positions + kind)
        length = self._node("Shape", "ids", start=1, end=2)
        place = self._node("Slice", table, self._ints("first", 0), length, self._ints("rows", 0))
        together = self._node("Add", self._words(), place)
        return self._normalize(together, "emb.ln")

    def _words(self) -> str:
        shape = self._shape
        words = self._model.matrix("emb.word", shape.pieces, shape.hidden)
        blocks = shape.hidden // BLOCK
        values = words.values.reshape(shape.pieces, blocks, BLOCK)
        scales = words.scales.reshape(shape.pieces, blocks, 1)
        parts = [
            self._node("Cast", self._node("Gather", table, "ids"), to=TensorProto.FLOAT)
            for table in (self._constant("words", values), self._constant("word_scales", scales))
        ]
        return self._node(
            "Reshape", self._node("Mul", *parts), self._ints("flat", 0, 0, shape.hidden)
        )

    def _layer(self, layer: str, tokens: str, attention: str) -> str:
        shape = self._shape
        context = self._attend(layer, tokens, attention)
        said = self._linear(f"{layer}.ao", context, shape.hidden, shape.hidden)
        tokens = self._normalize(self._node("Add", tokens, said), f"{layer}.aln")
        inner = self._node("Gelu", self._linear(f"{layer}.fi", tokens, shape.inner, shape.hidden))
        outer = self._linear(f"{layer}.fo", inner, shape.hidden, shape.inner)
        return self._normalize(self._node("Add", tokens, outer), f"{layer}.oln")

    def _attend(self, layer: str, tokens: str, attention: str) -> str:
        """Scaled dot-product attention over the heads."""
        query, key, value = (self._heads(f"{layer}.{part}", tokens) for part in "qkv")
        turned = self._node("Transpose", key, perm=[0, 1, 3, 2])
        width = self._shape.hidden // self._shape.heads
        scores = self._node(
            "Mul", self._node("MatMul", query, turned), self._floats("scale", width**-0.5)
        )
        weights = self._node("Softmax", self._node("Add", scores, attention), axis=-1)
        mixed = self._node("Transpose", self._node("MatMul", weights, value), perm=[0, 2, 1, 3])
        return self._node("Reshape", mixed, self._ints("joined", 0, 0, self._shape.hidden))

    def _heads(self, part: str, tokens: str) -> str:
        """[texts, heads, tokens, width]."""
        shape = self._shape
        flat = self._linear(part, tokens, shape.hidden, shape.hidden)
        split = self._ints("split", 0, 0, shape.heads, shape.hidden // shape.heads)
        return self._node("Transpose", self._node("Reshape", flat, split), perm=[0, 2, 1, 3])

    def _linear(self, part: str, value: str, rows: int, columns: int) -> str:
        weight = self._model.matrix(f"{part}.w", rows, columns).floats().T
        bias = self._model.vector(f"{part}.b", rows)
        product = self._node("MatMul", value, self._constant(f"{part}.w", weight))
        return self._node("Add", product, self._constant(f"{part}.b", bias))

    def _normalize(self, value: str, part: str) -> str:
        weight, bias = (
            self._constant(
                f"{part}.{side}", self._model.vector(f"{part}.{side}", self._shape.hidden)
            )
            for side in "wb"
        )
        return self._node("LayerNormalization", value, weight, bias, epsilon=self._shape.epsilon)

    def _pool(self, tokens: str) -> None:
        """The mean over a text's tokens; the length that it is brought to hides the division."""
        weights = self._node("Unsqueeze", self._float_mask(), self._ints("last", -1))
        sums = self._node(
            "ReduceSum", self._node("Mul", tokens, weights), self._ints("along", 1), keepdims=0
        )
        self._node("LpNormalization", sums, name="pooled", axis=-1, p=2)

    def _node(self, kind: str, *inputs: str, name: str = "", **attributes: Any) -> str:
        name = name or f"{kind}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [name], name, **attributes))
        return name

    def _constant(self, name: str, value: NDArray[np.generic]) -> str:
        if name not in self._constants:
            self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def _floats(self, name: str, *values: float) -> str:
        return self._constant(name, np.array(values, np.float32))

    def _ints(self, name: str, *values: int) -> str:
        return self._constant(name, np.array(values, np.int64))


def _value(name: str, kind: int, *shape: str | int) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, list(shape))

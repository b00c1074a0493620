"""What is done to an exported graph before it becomes a file: smaller weights, and no traces of its maker."""

import numpy as np
import onnx
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from onnx import TensorProto, helper, numpy_helper

LARGE = 2048  # entries from which a weight is stored in half precision
TRACES = ("doc_string", "metadata_props")  # torch writes stack traces there, with names of folders


def halve(model: onnx.ModelProto) -> None:
    """Large weights are kept as float16 and turned back as they are read: arithmetic stays float32."""
    casts = []
    for weight in model.graph.initializer:
        if weight.data_type != TensorProto.FLOAT or np.prod(weight.dims) < LARGE:
            continue
        name, kept = weight.name, f"{weight.name}_half"
        half = numpy_helper.from_array(numpy_helper.to_array(weight).astype(np.float16), kept)
        weight.CopyFrom(half)
        casts.append(helper.make_node("Cast", [kept], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)


def strip_traces(model: onnx.ModelProto) -> None:
    """Empties what the exporter noted of each part; the model's own metadata stays."""
    kept = {each.key: each.value for each in model.metadata_props}
    _strip(model)
    helper.set_model_props(model, kept)


def _strip(message: Message) -> None:
    for field, value in message.ListFields():
        if field.name in TRACES:
            message.ClearField(field.name)
        elif field.type == FieldDescriptor.TYPE_MESSAGE:
            for part in value if field.is_repeated else (value,):
                _strip(part)

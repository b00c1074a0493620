"""The plug-in `gan`: generators that were trained here, as ONNX files with agreed metadata."""

from imaging.generators.gan.generator import open_generator

__all__ = ["open_generator"]

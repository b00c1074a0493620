"""Documents: where their files are kept, how large one may be, and which model makes them findable."""

from echomind.settings.env import VAR, env

DOCUMENTS_ROOT = VAR / "documents"
DOCUMENT_MAX_MB = env.int("DOCUMENT_MAX_MB", default=50)
CORPORA_PER_PERSON = env.int("CORPORA_PER_PERSON", default=100)  # staff may have more
CORPUS_MAX_DOCUMENTS = env.int("CORPUS_MAX_DOCUMENTS", default=100_000)
CORPUS_MAX_CHARACTERS = env.int("CORPUS_MAX_CHARACTERS", default=100_000_000)  # a million chunks
SEARCHES_PER_MINUTE = env.int("SEARCHES_PER_MINUTE", default=60)  # of one person, by page and API
LONGEST_BODY = (max(DOCUMENT_MAX_MB, 20) + 1) * 1_000_000  # of a request, in bytes

# A name of rag.embedding.registry, perhaps with a model of its own: sentence_transformers:BAAI/bge-m3
EMBEDDER = env.str("EMBEDDER", default="e5_small")
EMBEDDER_THREADS = env.int("EMBEDDER_THREADS", default=1)  # of each process that embeds
RERANKER = env.str("RERANKER", default="maxsim")  # or cross_encoder:BAAI/bge-reranker-v2-m3

# What is less like a question is not read. Together with the names in the question (`speak_of` in
# ai/tools/documents.py) 0.745 leaves none of four passages for 4 of the first corpus's 228 questions,
# and for 26 of the 60 that it does not answer; other embedders have other scores.
PASSAGE_LEAST_SCORE = env.float(
    "PASSAGE_LEAST_SCORE", default=0.745 if EMBEDDER == "e5_small" else 0.0
)

"""Pages of knowledge: corpora, documents, and the playground of staff."""

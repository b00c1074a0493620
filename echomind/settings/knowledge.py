"""Documents: where their files are kept, and how large one may be."""

from echomind.settings.env import VAR, env

DOCUMENTS_ROOT = VAR / "documents"
DOCUMENT_MAX_MB = env.int("DOCUMENT_MAX_MB", default=50)

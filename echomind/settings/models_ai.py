"""Language models: where the server is, how many replies it writes at once, how long a prompt may be."""

from echomind.settings.env import address, env

LLM_BASE_URL = address(
    "LLM_BASE_URL", default="http://127.0.0.1:8080/v1", schemes=("http", "https")
)
LLM_API_KEY = env.str("LLM_API_KEY", default="none")
LLM_MODEL = env.str(
    "LLM_MODEL", default=""
)  # empty: what the server or the measured machine offers
LLM_BACKEND = env.str("LLM_BACKEND", default="auto")  # or a name of ai.backends.registry
LLM_SCRIPT = env.str("LLM_SCRIPT", default="")  # JSON; what the `scripted` backend says

REPLY_CONCURRENCY = env.int("REPLY_CONCURRENCY", default=2)
GPU_REPLY_CONCURRENCY = env.int("GPU_REPLY_CONCURRENCY", default=8)  # of all GPU workers together
PROMPT_TOKEN_BUDGET = env.int("PROMPT_TOKEN_BUDGET", default=1200)
FIRST_TOKEN_TIMEOUT_S = env.float("FIRST_TOKEN_TIMEOUT_S", default=180.0)
PASSAGE_TOKENS = env.int("PASSAGE_TOKENS", default=250)  # of documents, read for one question
MOST_PASSAGES = env.int("MOST_PASSAGES", default=2)  # in those tokens
# Found passages that the model judges, one after the other, until so many answer the question; 0: none.
PASSAGES_JUDGED = env.int("PASSAGES_JUDGED", default=4)
PASSAGE_LEAST_ODDS = env.float("PASSAGE_LEAST_ODDS", default=-0.6)  # ln of yes against no

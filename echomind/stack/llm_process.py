"""The process that holds the language model: llama.cpp's own HTTP server through xllamacpp.

Run as `python -m echomind.stack.llm_process SETTINGS`, SETTINGS being LlmSettings as JSON.
"""

import os
import signal
import sys

import msgspec

from echomind.stack.llm_settings import API_KEY_VARIABLE, BATCH_TOKENS, LlmSettings


def serve(settings: LlmSettings) -> None:
    """Load the model, answer on its port, and sleep until a signal ends the process."""
    import xllamacpp  # a native library of 34 MB: only this process loads it

    params = xllamacpp.CommonParams()
    params.model.path = settings.path
    params.model_alias = {settings.alias}
    params.hostnames = [settings.host]
    params.port = settings.port
    params.api_keys = [os.environ[API_KEY_VARIABLE]]
    params.n_parallel = settings.slots
    params.n_ctx = settings.context
    params.n_batch = params.n_ubatch = BATCH_TOKENS
    params.cpuparams.n_threads = settings.threads
    params.cpuparams_batch.n_threads = settings.threads
    params.no_extra_bufts = True  # weights as stored: see llm_server
    params.cache_ram_mib = settings.prompt_cache_mib
    params.endpoint_metrics = True
    params.endpoint_slots = True
    params.endpoint_props = False  # lets any client change the server's defaults
    params.ui = False
    server = xllamacpp.Server(params)
    sys.stdout.write(f"listening on {server.listening_address}\n")
    sys.stdout.flush()
    signal.pause()


if __name__ == "__main__":
    serve(msgspec.json.decode(sys.argv[1], type=LlmSettings))

"""The embedded language model of a site: which file, which build of the server, and its start."""

from collections.abc import Callable, Mapping

from ai.catalogue import Model, find_model
from ai.fetch import fetch_model
from echomind.common.machine_cache import cache_folder
from echomind.stack.llm_server import LlmServer
from echomind.stack.llm_settings import settings_for
from echomind.stack.model_choice import SMALLER, choose_model, is_fast_enough
from echomind.stack.native_llm import native_server
from echomind.stack.plan import Plan
from echomind.stack.ports import LOOPBACK, kept_port
from echomind.stack.secrets import kept_secret
from echomind.stack.supervisor import Supervisor


class ModelPart:
    """Making one fetches the model file, so that nothing runs yet if that fails."""

    def __init__(self, plan: Plan, tell: Callable[[str], None]) -> None:
        self._plan, self._tell = plan, tell
        self._cache = cache_folder()
        built = native_server(self._cache)
        self._native = built if built.exists() else None
        self._build = "native" if self._native else "packaged"
        self._server = self._server_for(choose_model(plan.llm_model, self._cache, self._build))

    def launch(self, supervisor: Supervisor) -> Mapping[str, str]:
        """Begin to load the model. Returns what the site's processes need to reach it."""
        supervisor.launch(self._server)
        return self._environment()

    def settle(self, supervisor: Supervisor) -> Mapping[str, str]:
        """Wait for the model; change to the smaller one where it turns out too slow."""
        self._server.wait_until_ready()
        if not is_fast_enough(self._server, self._cache, self._build, self._tell):
            supervisor.forget(self._server)
            self._server = self._server_for(find_model(SMALLER))
            supervisor.start(self._server)
        return self._environment()

    def _server_for(self, model: Model) -> LlmServer:
        plan = self._plan
        path = fetch_model(model, self._cache)
        port = kept_port(plan.run, "model")
        settings = settings_for(model, str(path), LOOPBACK, port, plan.budget)
        api_key = kept_secret(plan.var / "model-key")
        self._tell(f"The model is {model.name} ({self._build} server).")
        return LlmServer(settings, plan.logs / "model.log", api_key, self._native)

    def _environment(self) -> Mapping[str, str]:
        return {
            "LLM_BASE_URL": self._server.url,
            "MODEL_LOG": str(self._plan.logs / "model.log"),
            "LLM_API_KEY": self._server.api_key,
            "LLM_MODEL": self._server.settings.alias,
        }

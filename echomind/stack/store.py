"""What the two parts that keep data have in common: a folder, a port, and an address to give on."""

from abc import abstractmethod
from pathlib import Path

from echomind.stack.ports import free_port
from echomind.stack.service import Service


class Store(Service):
    """A service on `data` (made when missing). Works without Django settings."""

    def __init__(self, data: Path, log: Path, port: int = 0) -> None:
        super().__init__()
        self.data, self.log = data, log
        self.port = port or free_port()

    @property
    @abstractmethod
    def url(self) -> str:
        """Its address, with the password."""

    def start(self) -> str:
        """Run until ready. Returns the URL."""
        self.launch()
        self.wait_until_ready()
        return self.url

    def restart(self) -> str:
        """Stop and start on the same port. Returns the URL."""
        self.stop()
        return self.start()

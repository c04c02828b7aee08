"""No test reaches the network, and every run is the same run."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

# Before anything imports a library that reads them.
os.environ.update(
    HF_HUB_OFFLINE="1",
    TRANSFORMERS_OFFLINE="1",
    HF_HUB_DISABLE_TELEMETRY="1",
    HF_HUB_DISABLE_PROGRESS_BARS="1",
    TRANSFORMERS_VERBOSITY="error",
    TOKENIZERS_PARALLELISM="false",
    GRADIO_ANALYTICS_ENABLED="False",
    OMP_NUM_THREADS="1",  # as many test processes as cores: more threads only wait for each other
)

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "offline",
    deadline=None,  # the first example loads the models
    derandomize=True,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("offline")

ROOT = Path(__file__).resolve().parent.parent
_connect, _connect_ex, _lookup = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo


class SocketBlockedError(AssertionError):
    """A test tried to reach the network."""


def _guard(real: Callable[..., Any], allowed: Callable[[str], bool]) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        target = args[1] if isinstance(args[0], socket.socket) else args[0]
        host = target[0] if isinstance(target, tuple) else target
        if not allowed(str(host)):
            raise SocketBlockedError(f"a test tried to reach {host!r}; tests are offline")
        return real(*args, **kwargs)

    return call


@pytest.fixture(autouse=True)
def _no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sockets lead nowhere; with ``@pytest.mark.loopback``, to 127.0.0.1 and no further."""
    loopback = request.node.get_closest_marker("loopback") is not None

    def allowed(host: str) -> bool:
        return loopback and host in ("127.0.0.1", "localhost", "::1", "None")

    monkeypatch.setattr(socket.socket, "connect", _guard(_connect, allowed))
    monkeypatch.setattr(socket.socket, "connect_ex", _guard(_connect_ex, allowed))
    monkeypatch.setattr(socket, "getaddrinfo", _guard(_lookup, allowed))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="accept what is rendered as the new golden files")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """``golden(name, text)`` compares ``text`` with ``tests/golden/name``."""

    def compare(name: str, text: str) -> None:
        path = ROOT / "tests" / "golden" / name
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), f"{name} changed; look at it, then `pytest --update-golden`"

    return compare


@pytest.fixture(scope="session")
def seeds() -> list[Path]:
    """The five pages that the project was created from."""
    return sorted((ROOT / "seeds" / "blinken-lavrov").glob("*.txt"))

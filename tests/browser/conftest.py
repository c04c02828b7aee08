"""One server and one Chromium for all tests; each test has a visitor of its own."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / ".work/axe/node_modules/axe-core/axe.min.js"
FLAGS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync "
    "--no-first-run --disable-quic"
).split()
DESKTOP, TABLET, PHONE = (1440, 900), (1024, 768), (390, 844)
LONG = 60_000
"""Milliseconds a summary may take on a machine that has other work; the first loads the models."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in here:
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.loopback)
        item.add_marker(pytest.mark.slow)
        if not os.environ.get("SUMMARIZE_BROWSER"):
            item.add_marker(pytest.mark.skip(reason="needs Chromium: `make test-browser` installs it and runs this"))


def serve(folder: Path, **variables: str) -> Iterator[str]:
    """``python app.py`` on a free port, its temporary files in ``folder``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = os.environ | {"GRADIO_SERVER_PORT": str(port), "PYTHONUNBUFFERED": "1", "TMPDIR": str(folder), **variables}
    env.pop("GRADIO_TEMP_DIR", None)
    process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        assert any("http://" in line for line in process.stdout), "the server did not start"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


@pytest.fixture(scope="session")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server keeps its temporary files."""
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="session")
def server(disk: Path) -> Iterator[str]:
    yield from serve(disk, OMP_NUM_THREADS="2")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is missing: `make test-browser` installs it"
    assert AXE.exists(), "axe is missing: `make test-browser` fetches it"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """``visit(size, scheme)`` opens the front end as a new visitor; nothing may be asked of any other server."""
    contexts = []
    strangers: list[str] = []
    faults: list[str] = []

    def open_page(size: tuple[int, int] = DESKTOP, scheme: str = "light", **options: Any) -> Page:
        url = options.pop("url", server)
        where = {"width": size[0], "height": size[1]}
        context = browser.new_context(viewport=where, color_scheme=scheme, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda r: None if re.match(rf"{url}|data:|blob:", r.url) else strangers.append(r.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(url)
        page.wait_for_selector("#start")
        # Gradio opens the first box after the button is there: who clicks its lid before would close it again.
        page.get_by_label("Text of article 1", exact=True).wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not strangers, "the page asked another server"
    assert not faults, "a script failed"


def load_example(page: Page, name: str = "Blinken") -> None:
    page.get_by_role("button", name=re.compile(name)).click()
    page.wait_for_function("document.querySelectorAll('.box').length >= 5")


def summarised(page: Page) -> None:
    """Press the button and wait for the report."""
    page.click("#start")
    page.wait_for_selector(".report", timeout=LONG)


def settled(page: Page) -> None:
    """Wait until nothing on the page moves: a colour measured halfway through a fade is no colour of the page."""
    page.wait_for_function(
        """document.getAnimations().every(
            a => a.playState !== 'running' || a.effect.getComputedTiming().iterations === Infinity)"""
    )


def paste(page: Page, *texts: str) -> None:
    """Each text into a box of its own."""
    for number, text in enumerate(texts, 1):
        field = page.get_by_label(f"Text of article {number}", exact=True)
        if not field.is_visible():
            if number > 2:
                page.click("#add")
            else:
                page.get_by_role("button", name=re.compile(rf"^Article {number}:")).click()
        field.fill(text)


def faults_of_axe(page: Page) -> list[str]:
    """What axe finds serious or critical, best practice and WCAG 2.2 AA alike."""
    # The policy forbids scripts put into the page, and so does not let axe in; the debugger's door stays open.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['impact']} {violation['id']}: {[node['target'] for node in violation['nodes']][:3]}"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
    ]

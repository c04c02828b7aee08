"""The front end only passes things on: forms to the package, the package's page back; one endpoint is public."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from conftest import ROOT
from samples import A, B

from summarize.render import to_json
from summarize.types import Summary

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # importing gradio raises its dependencies' own


@pytest.fixture(scope="module")
def app() -> ModuleType:
    sys.path.insert(0, str(ROOT))
    import app

    return app


def boxes(app: ModuleType, *texts: str) -> list[str]:
    filled = [[text, f"Outlet {number}", ""] for number, text in enumerate(texts)]
    return [value for box in filled + [["", "", ""]] * (app.BOXES - len(filled)) for value in box]


@pytest.mark.slow
def test_pasted_and_uploaded_articles_make_one_page(app, tmp_path):
    page = tmp_path / "b.txt"
    page.write_text(B, encoding="utf-8")
    html = app.answer(120, 2, [str(page)], *boxes(app, A))
    assert 'class="sy"' in html
    assert "Outlet 0" in html
    assert "2 articles" in html


@pytest.mark.slow
def test_page_text_stays_inert(app):
    html = app.answer(120, 2, None, *boxes(app, A + "\n<script>alert(1)</script><img src=x onerror=alert(2)>", B))
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("texts", [(), ("   ",)])
def test_no_article_is_a_message_for_people(app, texts):
    import gradio

    with pytest.raises(gradio.Error) as caught:
        app.answer(120, 2, None, *boxes(app, *texts))
    assert len(str(caught.value).split()) > 3


def test_the_example_is_the_seeds(app, seeds):
    values = app.example()
    assert len(values) == app.BOXES * app.FIELDS
    assert values[:: app.FIELDS][: len(seeds)] == [path.read_text(encoding="utf-8") for path in seeds]


def test_one_endpoint_is_public(app):
    info = app.build_demo().get_api_info()
    assert list(info["named_endpoints"]) == ["/summarize"]
    assert not info["unnamed_endpoints"]


def test_nothing_comes_from_elsewhere(app):
    options = app.launch_options()
    assert options["share"] is False
    assert not re.search(r"https?://|url\(|@import", options["css"])
    assert not options["theme"]._stylesheets
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """``python app.py`` on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = os.environ | {"GRADIO_SERVER_PORT": str(port), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        told = next((line for line in process.stdout if "http://" in line), "")
        assert told, "the server did not start"
        yield re.findall(r"http://[\w.:]+", told)[0]
    finally:
        process.terminate()
        process.wait(20)
        assert process.stdout
        process.stdout.close()


def call(server: str, data: list[Any]) -> tuple[str, Any]:
    """The endpoint as curl would use it: the last event's name, and its data."""
    body = json.dumps({"data": data}).encode()
    url = f"{server}/gradio_api/call/summarize"
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as reply:
        event = json.load(reply)["event_id"]
    with urllib.request.urlopen(f"{url}/{event}", timeout=120) as reply:
        found = re.findall(r"event: (\w+)\ndata: (.*)", reply.read().decode())
    return found[-1][0], json.loads(found[-1][1])


@pytest.mark.slow
@pytest.mark.loopback
def test_the_endpoint_gives_the_summary_json(server):
    from summarize import summarize

    articles = [{"text": A, "outlet": "Dunmore Herald"}, {"text": B, "outlet": "The Post"}]
    event, data = call(server, [articles, 60, 2])
    assert event == "complete"
    assert to_json(Summary.from_dict(data[0])) == to_json(summarize(articles, max_words=60))


@pytest.mark.slow
@pytest.mark.loopback
def test_the_endpoint_refuses_with_the_hint(server):
    event, data = call(server, [[], 60, 2])
    assert event == "error"
    assert "article" in json.dumps(data)


@pytest.mark.slow
@pytest.mark.loopback
def test_the_server_listens_to_this_machine_only(server):
    assert server.startswith("http://127.0.0.1:")
    with urllib.request.urlopen(server, timeout=30) as reply:
        assert reply.status == 200

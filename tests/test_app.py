"""The front end as it is started: one endpoint is public, nothing comes from elsewhere, one address listens."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from conftest import ROOT
from samples import A, B

from summarize.render import to_json
from summarize.types import Summary
from summarize.web import desk

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # importing gradio raises its dependencies' own


@pytest.fixture(scope="module")
def app() -> ModuleType:
    sys.path.insert(0, str(ROOT))
    import app

    return app


def test_one_endpoint_is_public(app):
    info = app.build_demo().get_api_info()
    assert list(info["named_endpoints"]) == ["/summarize"]
    assert not info["unnamed_endpoints"]


def test_every_event_of_the_page_is_private(app):
    events = app.build_demo(app.SEEDS).config["dependencies"]
    assert [event["api_name"] for event in events if event["api_visibility"] == "public"] == ["summarize"]
    assert len(events) > 20


def test_nothing_comes_from_elsewhere(app):
    options = app.launch_options()
    assert options["share"] is False
    assert options["run_history"] is False
    assert not re.search(r"https?://|url\(|@import", options["css"])
    assert not options["theme"]._stylesheets
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Where the server keeps its temporary files; its log lies beside it."""
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="module")
def server(folder) -> Iterator[str]:
    """``python app.py`` on a free port; once it was told to end, nothing of it is left."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = folder / "tmp"
    own.mkdir()
    env = os.environ | {"GRADIO_SERVER_PORT": str(port), "PYTHONUNBUFFERED": "1", "TMPDIR": str(own)}
    env.pop("GRADIO_TEMP_DIR", None)
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "app.py"], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=log, text=True
        )
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
    assert not list(own.iterdir()), "something that visitors sent is left on the disk"


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
    for choices, asked in (([60, 2], {"max_words": 60}), ([], {})):
        event, data = call(server, [articles, *choices])
        assert event == "complete"
        assert to_json(Summary.from_dict(data[0])) == to_json(summarize(articles, **asked))


@pytest.mark.slow
@pytest.mark.loopback
def test_the_endpoint_refuses_with_the_hint(server):
    event, data = call(server, [[], 60, 2])
    assert event == "error"
    assert "article" in json.dumps(data)


@pytest.mark.slow
@pytest.mark.loopback
def test_what_is_sent_never_reaches_the_log(server, folder):
    for data in ([], [[{"text": "CONFIDENTIAL"}], "CONFIDENTIAL"], [{"CONFIDENTIAL": 1}], ["CONFIDENTIAL", 1, 2, 3]):
        assert call(server, data)[0] == "error"
    assert "CONFIDENTIAL" not in (folder / "log").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.loopback
def test_a_file_that_nobody_reads_goes_with_the_server(server):
    """The fixture looks at the disk when the server has ended."""
    body = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nCONFIDENTIAL\r\n--x--\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    request = urllib.request.Request(f"{server}/gradio_api/upload", body, headers)
    with urllib.request.urlopen(request, timeout=30) as reply:
        assert Path(json.load(reply)[0]).read_bytes() == b"CONFIDENTIAL"


@pytest.mark.slow
@pytest.mark.loopback
def test_gradios_own_client_reads_the_endpoint(server):
    from gradio_client import Client

    client = Client(server, verbose=False)
    try:
        data = client.predict([{"text": A}, {"text": B}], api_name="/summarize")
        assert Summary.from_dict(data).sources
        with pytest.raises(Exception, match="characters"):
            client.predict([{"text": "x" * 500_000}], api_name="/summarize")
    finally:
        client.close()


@pytest.mark.loopback
@pytest.mark.parametrize("what", ["a file that was not uploaded", "a model that is not offered"])
def test_a_forged_event_is_refused(server, app, tmp_path, what):
    """The page's own events are reached over HTTP too: what they carry is checked."""
    page = tmp_path / "page.txt"
    page.write_text(A, encoding="utf-8")
    file = {"path": str(page), "orig_name": "page.txt", "meta": {"_type": "gradio.FileData"}}
    upload = [[file], None, []]
    start = [60, 2, str(tmp_path), None, [], None, *desk.values_of([desk.Box(A)])]
    events = app.build_demo(app.SEEDS).config["dependencies"]
    number = next(
        event["id"]
        for event in events
        if len(event["inputs"]) == (len(upload) if what.startswith("a file") else len(start))
        and event["targets"][0][1] == ("upload" if what.startswith("a file") else "click")
    )
    body = {"data": upload if what.startswith("a file") else start, "fn_index": number, "session_hash": "forger"}
    request = urllib.request.Request(
        f"{server}/gradio_api/queue/join", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    urllib.request.urlopen(request, timeout=30).close()
    with urllib.request.urlopen(f"{server}/gradio_api/queue/data?session_hash=forger", timeout=30) as reply:
        told = next(line for line in reply if b"process_completed" in line)
    assert b'"success":false' in told
    assert page.exists()


@pytest.mark.loopback
def test_the_page_has_a_policy_and_names_no_other_server(server):
    with urllib.request.urlopen(server, timeout=30) as reply:
        policy = reply.headers["Content-Security-Policy"]
        page = reply.read().decode()
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    assert "default-src 'self'" in policy
    assert not re.search(r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=[\"']?https?:", page)


@pytest.mark.slow
@pytest.mark.loopback
def test_the_server_listens_to_this_machine_only(server):
    assert server.startswith("http://127.0.0.1:")
    with urllib.request.urlopen(server, timeout=30) as reply:
        assert reply.status == 200

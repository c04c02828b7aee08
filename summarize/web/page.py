"""The page: which fields there are, where they stand, and what happens on each click."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.events import api
from starlette.middleware import Middleware

from summarize.web import handlers
from summarize.web.examples import examples
from summarize.web.limits import AT_ONCE, BOXES, QUEUE, UPLOAD
from summarize.web.report import TEMPLATES
from summarize.web.shield import Shield
from summarize.web.theme import theme
from summarize.web.work import NO_MODEL

KINDS = [".txt", ".html", ".htm", ".md", ".json", ".jsonl"]
_FILES = (
    "<p class='hint'>Saved pages or text (.txt, .html), or .json and .jsonl; several at once, up to 10 MB each.</p>"
)
LENGTHS = [("Short, 60 words", 60), ("Medium, 120 words", 120), ("Long, 200 words", 200)]
SUPPORT = [("1 source", 1), ("2 independent sources", 2), ("3 independent sources", 3)]
QUICK: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}
"""What is done on the desk waits for no run."""
MODEL = "model"
"""The concurrency group of the report and of the report made anew."""


def writers() -> list[tuple[str, str]]:
    """Who may write. ``SUMMARIZE_MODELS`` names more: folders or hub ids, parted by commas; visitors cannot."""
    more = [name.strip() for name in os.environ.get("SUMMARIZE_MODELS", "").split(",") if name.strip()]
    own = [("The model that comes with this program", ""), ("No model: the sources’ own sentences", NO_MODEL)]
    return own + [(Path(name).name or name, name) for name in more]


@dataclass(frozen=True, slots=True)
class _Desk:
    """The fields that hold articles."""

    fields: list[gr.Textbox]
    tray: gr.State
    chosen: gr.CheckboxGroup


class _Blocks(gr.Blocks):
    """Blocks whose endpoint needs no value for what has a default, and whose errors never hold what was sent."""

    def validate_inputs(self, block_fn: Any, inputs: list[Any]) -> None:
        """Add the defaults of what was left out, instead of an error that writes the rest into the log."""
        inputs.extend(getattr(block, "value", None) for block in block_fn.inputs[len(inputs) :])


def build_demo(seeds: Path | None = None) -> gr.Blocks:
    """The page, not yet started. ``seeds`` is the folder of example clusters."""
    demo: gr.Blocks = _Blocks(title="summarize", analytics_enabled=False, delete_cache=(300, 300), fill_width=True)
    with demo:
        gr.HTML(handlers.fragment("masthead"), apply_default_css=False, js_on_load=None)
        with gr.Accordion("Articles and choices", open=True, elem_id="desk") as fold, gr.Row(elem_id="desk-row"):
            with gr.Column(scale=3, min_width=320):
                desk = _articles(seeds)
            with gr.Column(scale=2, min_width=300, elem_id="choices"):
                choices = _choices()
                start = gr.Button("Summarise", variant="primary", elem_id="start")
        cancel = gr.Button("Stop", visible=False, elem_id="cancel")
        shown = gr.State(None)
        result = gr.HTML(
            handlers.fragment("empty", stopped=False),
            elem_id="result",
            apply_default_css=False,
            js_on_load=(TEMPLATES / "page.js").read_text(encoding="utf-8"),
        )
        outputs = [result, shown, start, cancel, fold]
        model: dict[str, Any] = {
            "api_visibility": "private",
            "concurrency_limit": AT_ONCE,
            "concurrency_id": MODEL,
            "show_progress": "hidden",
        }
        start.click(handlers.ask, None, [result], **QUICK)
        start.click(handlers.summarise, [*choices, desk.tray, desk.chosen, shown, *desk.fields], outputs, **model)
        result.click(handlers.restore, [*choices, shown], outputs, **model)
        cancel.click(handlers.stop, None, None, api_visibility="private", queue=False)
        demo.unload(handlers.stop)
        api(handlers.summarize_articles, api_name="summarize", concurrency_limit=1)
    demo.queue(max_size=QUEUE)
    return demo


def launch_options() -> dict[str, Any]:
    """What ``launch()`` is given: nothing from elsewhere is loaded, nothing is shared, nothing is recorded."""
    return {
        "theme": theme(),
        "css": (TEMPLATES / "page.css").read_text(encoding="utf-8"),
        "favicon_path": str(TEMPLATES / "favicon.svg"),
        "share": False,
        "footer_links": [],
        "run_history": False,
        "max_file_size": UPLOAD,
        "app_kwargs": {"middleware": [Middleware(Shield)]},
    }


def _articles(seeds: Path | None) -> _Desk:
    gr.HTML("<h2 class='step'>Articles about one event</h2>", apply_default_css=False, js_on_load=None)
    ready = examples(seeds) if seeds else []
    if ready:
        gr.HTML("<p class='hint'>Start with an example:</p>", apply_default_css=False, js_on_load=None)
    with gr.Row(elem_id="examples"):
        loaders = [(gr.Button(example.name, size="sm", min_width=0), example) for example in ready]
    back = gr.Button("Bring back what was there", size="sm", visible=False, elem_id="back")
    count = gr.State(2)
    fields: list[gr.Textbox] = []
    lids: list[gr.Accordion] = []
    removers: list[gr.Button] = []
    for number in range(1, BOXES + 1):
        lid, own, remover = _box(number)
        lids.append(lid)
        fields += own
        removers.append(remover)
    more = gr.Button("Add an article", size="sm", elem_id="add")
    tray, chosen, clear = _tray()
    more.click(handlers.add, [count, *fields], [count, more, *lids], **QUICK)
    for number, remover in enumerate(removers):
        remover.click(partial(handlers.remove, number), [count, *fields], [count, more, *fields, *lids], **QUICK)
    past = gr.State(handlers.Past())
    everything = [past, back, count, more, *fields, *lids, tray, chosen, clear]
    for button, example in loaders:
        button.click(partial(handlers.load, example), [past, tray, chosen, *fields], everything, **QUICK)
    back.click(handlers.bring_back, [past], everything, **QUICK)
    gr.on([field.blur for field in fields], handlers.describe, [count, *fields], lids, **QUICK)
    return _Desk(fields, tray, chosen)


def _box(number: int) -> tuple[gr.Accordion, list[gr.Textbox], gr.Button]:
    """One article: its text, outlet and date, under a lid that tells what is known of it."""
    with gr.Accordion(f"Article {number}: empty", open=number == 1, visible=number <= 2, elem_classes="box") as lid:
        text = gr.Textbox(
            label=f"Text of article {number}", lines=5, max_lines=9, placeholder="Paste the page, menus and all"
        )
        with gr.Row():
            outlet = gr.Textbox(label=f"Outlet of article {number}, if not on the page", min_width=120)
            day = gr.Textbox(
                label=f"Date of article {number}, if not on the page", placeholder="2026-03-14", min_width=120
            )
        remover = gr.Button(f"Remove article {number}", size="sm", elem_classes="remove")
    return lid, [text, outlet, day], remover


def _tray() -> tuple[gr.State, gr.CheckboxGroup, gr.Button]:
    """Files and links: what was read from them, each to be left out with a tick."""
    tray = gr.State([])
    with gr.Accordion("Add files or links", open=False, elem_id="more"):
        gr.HTML(_FILES, apply_default_css=False, js_on_load=None)
        files = gr.UploadButton("Upload files", size="sm", file_count="multiple", file_types=KINDS, elem_id="upload")
        links = gr.Textbox(label="Links to articles, one a line", lines=2, max_lines=6, placeholder="https://")
        fetch = gr.Button("Fetch the links", size="sm")
        note = gr.HTML("", apply_default_css=False, js_on_load=None, elem_id="desk-note")
    chosen = gr.CheckboxGroup([], label="From files and links (untick to leave out)", visible=False, elem_id="tray")
    clear = gr.Button("Empty this list", size="sm", visible=False, elem_id="clear")
    reading: dict[str, Any] = {"api_visibility": "private", "show_progress": "minimal", "concurrency_limit": 4}
    files.upload(handlers.upload, [files, tray, chosen], [tray, chosen, clear, note], **reading)
    fetch.click(handlers.follow, [links, tray, chosen], [links, tray, chosen, clear, note], **reading)
    clear.click(handlers.clear, None, [tray, chosen, clear, note], **QUICK)
    return tray, chosen, clear


def _choices() -> list[gr.Radio]:
    gr.HTML("<h2 class='step'>The summary</h2>", apply_default_css=False, js_on_load=None)
    return [
        gr.Radio(LENGTHS, value=120, label="Length", info="At most so many words; it ends with a whole sentence."),
        gr.Radio(
            SUPPORT,
            value=2,
            label="State as fact what is reported by",
            info="What fewer report is attributed: “Only The Week reports that …”",
        ),
        gr.Radio(
            writers(),
            value="",
            label="Who writes",
            info="The model shortens and joins what sources say; each of its sentences is checked against them.",
        ),
    ]

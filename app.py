"""The web front end: articles in, the page that ``summarize run --format html`` makes out. ``python app.py`` starts it.

No logic of its own: forms become articles, the package summarises and renders them. Gradio's environment variables
(``GRADIO_SERVER_NAME``, ``GRADIO_SERVER_PORT``, ``GRADIO_ROOT_PATH``) are honoured.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

import gradio as gr
from gradio.events import api

from summarize import Article, Settings, SummarizeError, summarize
from summarize.reading.read import as_articles, read_cluster
from summarize.render import stylesheet, to_html_fragment

SEEDS = Path(__file__).resolve().parent / "seeds" / "blinken-lavrov"
BOXES = 10
"""Articles that can be pasted; more come as files."""
FIELDS = 3
"""Inputs a box has: text, outlet, date."""
KINDS = [".txt", ".md", ".html", ".json", ".jsonl"]
LENGTHS = [("Short (60 words)", 60), ("Medium (120 words)", 120), ("Long (200 words)", 200)]
SUPPORT = [("1 source", 1), ("2 independent sources", 2), ("3 independent sources", 3)]
FONTS = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"]
CSS = """
.gradio-container { max-width: 76rem !important; margin: 0 auto !important; }
.gradio-container .sy { padding: 0 0 2rem; max-width: none; }
"""
WELCOME = "The summary appears here: each sentence with links to the very words of the articles that it rests on."


def answer(max_words: int, min_support: int, files: list[str] | None, *boxes: str | None) -> str:
    """The summary of what was pasted and uploaded, as HTML in which page text is inert."""
    try:
        articles = as_articles([*_pasted(boxes), *_uploaded(files)])
        summary = summarize(articles, max_words=max_words, min_support=min_support)
    except SummarizeError as error:
        raise gr.Error(f"{error}. {error.hint}", title="Not summarised", print_exception=False) from error
    return to_html_fragment(summary, articles)


def summarize_articles(articles: list[dict[str, Any]], max_words: int = 120, min_support: int = 2) -> dict[str, Any]:
    """The Summary JSON of ``articles``: objects with a ``text`` and, where known, the other fields of ``Article``."""
    try:
        return summarize(articles, max_words=max_words, min_support=min_support).to_dict()
    except SummarizeError as error:
        raise gr.Error(f"{error}. {error.hint}", print_exception=False) from error


def example() -> list[str]:
    """The five pages that the project was created from, one a box."""
    pages = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    fields = [[page, "", ""] for page in pages] + [["", "", ""]] * (BOXES - len(pages))
    return [value for box in fields for value in box]


def build_demo() -> gr.Blocks:
    """The page, not yet started."""
    demo: gr.Blocks = gr.Blocks(title="summarize", analytics_enabled=False, delete_cache=(600, 600))
    with demo:
        gr.Markdown(
            "# summarize\nSeveral articles about one event in; what independent sources agree on, who reports the rest out."
        )
        with gr.Row():
            with gr.Column(scale=2, min_width=320):
                words = gr.Radio(LENGTHS, value=120, label="Length")
                support = gr.Radio(SUPPORT, value=2, label="State as fact what is reported by")
                with gr.Row():
                    start = gr.Button("Summarise", variant="primary")
                    load = gr.Button("Load the example")
                boxes = _boxes()
                files = gr.File(label="Or files", file_count="multiple", file_types=KINDS, type="filepath")
            with gr.Column(scale=3, min_width=320):
                page = gr.HTML(f"<p>{WELCOME}</p>", label="Summary", elem_id="result")
        start.click(answer, [words, support, files, *boxes], page, api_visibility="private", concurrency_limit=1)
        load.click(example, None, boxes, api_visibility="private")
        api(summarize_articles, api_name="summarize", concurrency_limit=1)
    demo.queue(max_size=20)
    return demo


def launch_options() -> dict[str, Any]:
    """What ``launch()`` is given: nothing from elsewhere is loaded, and nothing is shared."""
    theme = gr.themes.Base(primary_hue="blue", neutral_hue="stone", font=FONTS, font_mono=["ui-monospace", "monospace"])
    theme.set(button_primary_background_fill="*primary_800", button_primary_text_color="white")
    return {"theme": theme, "css": stylesheet() + CSS, "share": False, "footer_links": []}


def _boxes() -> list[gr.components.Component]:
    """Text, outlet and date of each article that can be pasted."""
    boxes: list[gr.components.Component] = []
    for number in range(1, BOXES + 1):
        with gr.Accordion(f"Article {number}", open=number <= 2):
            boxes.append(gr.Textbox(label=f"Text of article {number}", lines=5, max_lines=10))
            with gr.Row():
                boxes.append(gr.Textbox(label=f"Outlet of article {number} (optional)"))
                boxes.append(gr.Textbox(label=f"Date of article {number} (optional)", placeholder="2025-03-04"))
    return boxes


def _pasted(boxes: tuple[str | None, ...]) -> list[Article]:
    filled = [text or "" for text in boxes]
    rows = [filled[i : i + FIELDS] for i in range(0, len(filled), FIELDS)]
    return [
        Article(text=text, outlet=outlet or None, published=day or None) for text, outlet, day in rows if text.strip()
    ]


def _uploaded(files: list[str] | None) -> list[Article]:
    return list(read_cluster(files, Settings()).articles) if files else []


if __name__ == "__main__":
    build_demo().launch(**launch_options())

"""A ``Summary`` as Markdown, as one self-contained HTML page, and as JSON.

Article text is hostile: whatever comes from a page is freed of control characters and escaped for where it goes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from summarize.render.html import stylesheet, to_html, to_html_fragment
from summarize.render.markdown import to_markdown
from summarize.render.view import CONTROL

if TYPE_CHECKING:
    from summarize.types import Summary

__all__ = ["stylesheet", "to_html", "to_html_fragment", "to_json", "to_markdown"]


def to_json(summary: Summary, *, indent: int | None = 2) -> str:
    """The Summary JSON. ``indent=None`` gives one line. Control characters are escaped, so nothing is lost by it."""
    text = json.dumps(summary.to_dict(), ensure_ascii=False, indent=indent)
    return CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)

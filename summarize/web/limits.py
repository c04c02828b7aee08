"""What strangers may ask of the front end. These bound a server, not a result, and so are no settings of the package."""

from __future__ import annotations

from dataclasses import replace

from summarize.settings import Settings

BOXES = 12
"""Articles that can be pasted, one box each; the longest example has six. More come as files."""
MOST_ARTICLES = 60
"""Articles of one summary: 60 take about 10 s on two cores."""
MOST_CHARS = 400_000
"""Characters of one article; a long news page has 40,000."""
MOST_CHARS_IN_ALL = 2_000_000
"""Characters of all articles together: what the page that shows them can hold."""
MOST_OUTLET = 120
"""Characters of an outlet's name."""
MOST_LINKS = 20
"""Links fetched at one click: each may take ``Settings.fetch_seconds``."""
MOST_WORDS = 1_000
"""Words of a summary, and sources of a fact, that the endpoint may be asked for."""
UPLOAD = "10mb"
"""One uploaded file; a saved news page has up to 4 MB."""
AT_ONCE = 8
"""Visitors who see their run's steps and can stop it, though one alone has the models; each takes a thread of Gradio's 40."""
QUEUE = 20
"""Requests that may wait beyond those; the next is told to come back later."""

READING = replace(Settings(), max_article_chars=MOST_CHARS, max_file_bytes=20_000_000, fetch_seconds=15.0)
"""Settings for reading uploads and links alone: 20 MB after decompression, 15 s a link, never a private address."""

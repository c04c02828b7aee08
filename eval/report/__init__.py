"""Reports: rows that may stand side by side, with intervals and tests, as a page, Markdown, JSON or CSV."""

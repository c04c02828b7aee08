"""The web front end's entry: ``python app.py`` starts it on 127.0.0.1, or where Gradio's environment variables say.

``GRADIO_SERVER_NAME``, ``GRADIO_SERVER_PORT``, ``GRADIO_ROOT_PATH`` and the others are honoured. All else is in
``summarize/web``.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
# Uploads pass through a folder of this process's own, which goes when it ends; each file goes as soon as it is read.
_uploads = tempfile.TemporaryDirectory(prefix="summarize-")
os.environ.setdefault("GRADIO_TEMP_DIR", _uploads.name)

from summarize.web.page import build_demo, launch_options  # noqa: E402 - Gradio reads its variables when imported

SEEDS = Path(__file__).resolve().parent / "seeds"

if __name__ == "__main__":
    tempfile.tempdir = _uploads.name  # for the empty files that Gradio makes beside the uploads
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that the folder goes when a service manager stops this
    build_demo(SEEDS).launch(**launch_options())

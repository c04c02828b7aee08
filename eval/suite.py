"""The full suite: every data set that is here, every system, and the tables in ``eval/RESULTS.md``.

What is done is kept in the results folder, so a suite that was stopped goes on where it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from eval import reading
from eval.data import NAMED, SHARED
from eval.report.tables import tables
from eval.report.text import to_markdown
from eval.runner import Options, Progress, run
from eval.systems.names import expand

PEERS = tuple(f"peer:ID{n}" for n in range(1, 11))
"""The ten systems whose summaries multiling2011 carries."""
NOTES = """\
Extracts are filled to exactly the length asked for, their last sentence cut; this project ends with a whole sentence, so it
is often some words shorter: look at `words` before comparing recall. All extracts start from this project's cleaned
sentences, and cite the very sentence they copy, so their attribution and faithfulness are 1 by construction, but for the
last sentence's cut. `random` is the mean of ten seeds. `lexrank`, `textrank` and `klsum` rank by sumy. Its KL-Sum is better
than `klsum-smoothed` on long clusters and worse on short ones, so both stand here; its SumBasic is weaker than ours, so
that ours stands here. The verifier judges attribution and faithfulness, and this project's sentences were written to pass
it: read those figures as a check on others, not as praise. It knows words and not paraphrase, so a citation to a source
that says the same in other words counts against `citation_precision`. `generate` is the bare `generate` of the shipped
writer over the joined articles, a task that it was not fitted for.

Multi-News here is cut to about 433 words a cluster, and these are 500 validation clusters, so the published figures on the
test set and full articles of about 2,000 words (ROUGE-1/2/L: PRIMERA 49.9/21.1/25.9, PEGASUS 47.65/18.75/24.95, Hi-MAP
43.47/14.89/-, LexRank 38.27/12.70/-) are of another protocol and stand in no table. `gold` is what the project was
developed on, `held-out` is not.
"""


def suite(
    results: Path, data: Sequence[str], names: Sequence[str], options: Options, progress: Progress, write: Path | None
) -> list[str]:
    """Run what can be run and write the tables; returns the data sets that are missing.

    Raises:
        SummarizeError: as ``run`` does.
    """
    here = [name for name in data if NAMED[name].path.exists()]
    for name in here:
        peers = PEERS if name == "multiling2011" else ()
        run(name, [*expand(names), *peers], results, options, progress)
    missing = [name for name in data if name not in here]
    if write:
        left = [name for name in NAMED if name not in data]
        write.write_text(page(results, missing, left, options), encoding="utf-8")
    return missing


def page(results: Path, missing: Sequence[str], left: Sequence[str], options: Options) -> str:
    """The results as a Markdown page: date, limits, what is missing, tables, and the reading room's figures."""
    limits = [f"At most {options.limit} clusters a data set."] if options.limit else []
    limits += [f"Not on this machine: {', '.join(missing)}."] if missing else []
    limits += [f"Not run this time: {', '.join(left)}."] if left else []
    told = " ".join(limits) or "All data sets, without a limit."
    head = f"# Results\n\nMeasured on {date.today():%d %B %Y} with `python -m eval suite`. {told}\n\n{NOTES}\n"
    cleaning = "\n".join(reading.lines(SHARED))
    return f"{head}{to_markdown(tables(results))}\n## Cleaning, splitting, relevance\n\n```\n{cleaning}\n```\n"

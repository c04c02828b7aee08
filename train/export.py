"""Write fitted weights as folders that load offline: fp16 safetensors, tokenizer and configuration.

.venv/bin/python -m train.export writer  .work/writer/checkpoint.pt summarize/models/weights/writer
.venv/bin/python -m train.export encoder .work/claims/model.pt      summarize/models/weights/encoder
.venv/bin/python -m train.export parser  .work/parser/model.pt      summarize/models/weights/parser
.venv/bin/python -m train.export pair    .work/pair/model.pt        summarize/models/weights/pair
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from safetensors.torch import save_file

from summarize.models import pairs, syntax
from train import minilm
from train.fit_pair import STANDS


def export_writer(checkpoint: Path, folder: Path) -> None:
    """The writer: ``AutoModelForSeq2SeqLM.from_pretrained(folder)``, and CTranslate2's converter, can read it."""
    model = minilm.writer()
    model.load_state_dict(torch.load(checkpoint, map_location="cpu")["model"])
    model.config.summarize_family = "shipped"
    model.generation_config.forced_eos_token_id = None
    model.half().save_pretrained(folder)
    minilm.tokenizer().save_pretrained(folder)


def export_encoder(checkpoint: Path, folder: Path) -> None:
    """The encoder: ``AutoModel.from_pretrained(folder, add_pooling_layer=False)``."""
    model = minilm.encoder()
    model.load_state_dict(torch.load(checkpoint, map_location="cpu"))
    model.half().save_pretrained(folder)
    minilm.tokenizer().save_pretrained(folder)


def export_parser(checkpoint: Path, folder: Path) -> None:
    """The parser's own layers and heads; the layers below are the shipped encoder's."""
    state = torch.load(checkpoint, map_location="cpu")
    save_file({name: value.half().contiguous() for name, value in state.items()}, folder / "model.safetensors")
    tags = {"pos": syntax.POS, "relations": syntax.RELATIONS, "names": syntax.NAMES, "speech": syntax.SPEECH}
    (folder / "config.json").write_text(json.dumps({"shared_layers": syntax.SHARED, **tags}), encoding="utf-8")


def export_pair(checkpoint: Path, folder: Path) -> None:
    """The pair model without its word vectors, which are the shipped encoder's, and without the answers fitted on the side."""
    state = torch.load(checkpoint, map_location="cpu")
    kept = [0, *range(*STANDS)]
    for name in ("heads.weight", "heads.bias", "cosine"):
        state[name] = state[name][kept]
    del state[pairs.WORDS]
    save_file({name: value.half().contiguous() for name, value in state.items()}, folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps({"answers": ["about", *pairs.CLASSES]}), encoding="utf-8")


EXPORTS = {"writer": export_writer, "encoder": export_encoder, "parser": export_parser, "pair": export_pair}


def plain_names(folder: Path) -> None:
    """No trace of where it was fitted in the files that travel."""
    for path in (folder / name for name in ("config.json", "tokenizer_config.json") if (folder / name).is_file()):
        data = json.loads(path.read_text(encoding="utf-8"))
        data.pop("_name_or_path", None)
        data.pop("name_or_path", None)
        data.pop("is_local", None)
        data.pop("local_files_only", None)
        path.write_text(json.dumps(data, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    for path in folder.iterdir():
        path.chmod(0o644)


def main() -> None:
    """Read the options and export."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("what", choices=tuple(EXPORTS))
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    EXPORTS[arguments.what](arguments.checkpoint, arguments.folder)
    plain_names(arguments.folder)


if __name__ == "__main__":
    main()

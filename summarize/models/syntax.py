"""Syntax, names and attributions of sentences, in one pass: the network that ``models/parser.py`` runs.

The lower layers are the sentence encoder's own and are shared with it; above them stand a few layers of the parser's,
with one linear head a tag set and a biaffine head for dependencies (Dozat and Manning, 2017, "Deep Biaffine Attention
for Neural Dependency Parsing"). Fitting (``train/fit_parser.py``) and running share this file.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

if TYPE_CHECKING:
    from torch import Tensor

SHARED = 2
"""Layers of the encoder below the parser's own."""
POS = (
    "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X"
).split()  # Universal Dependencies
RELATIONS = (
    "acl acl:relcl advcl advmod amod appos aux aux:pass case cc ccomp compound conj cop csubj dep det discourse "
    "dislocated expl fixed flat iobj list mark nmod nmod:poss nsubj nsubj:pass nummod obj obl obl:agent obl:tmod "
    "orphan parataxis punct root vocative xcomp"
).split()
NAMES = "O B-PER I-PER B-ORG I-ORG B-LOC I-LOC B-MISC I-MISC".split()
SPEECH = "O B-SOURCE I-SOURCE B-CUE I-CUE B-CONTENT I-CONTENT".split()
SHAPES = 5
ARC, LABEL = 256, 96


def shape(word: str) -> int:
    """What an uncased encoder cannot see of a word: 0 lower case, 1 a capital first, 2 all capitals, 3 mixed, 4 no letter."""
    if not any(c.isalpha() for c in word):
        return 4
    if word.islower():
        return 0
    if word.isupper():
        return 2 if len(word) > 1 else 1
    return 1 if word[0].isupper() and word[1:].islower() else 3


class Biaffine(nn.Module):
    """x W y for every pair, with a constant appended to both: (b, n, d) twice to (b, out, n, n)."""

    def __init__(self, width: int, out: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(out, width + 1, width + 1))

    def forward(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Scores, one row a dependent, one column a head."""
        x, y = _with_one(dependent), _with_one(head)
        scores: Tensor = torch.einsum("bxi,oij,byj->boxy", x, self.weight.to(x.dtype), y)
        return scores


class Syntax(nn.Module):
    """The parser's own layers and heads, over hidden states of the shared layers."""

    def __init__(self, layers: nn.ModuleList, width: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.layers = layers
        self.shapes = nn.Embedding(SHAPES, width)
        nn.init.zeros_(self.shapes.weight)
        self.root = nn.Parameter(torch.zeros(width))
        self.tags = nn.ModuleDict(
            {name: nn.Linear(width, len(tags)) for name, tags in (("pos", POS), ("names", NAMES), ("speech", SPEECH))}
        )
        self.drop = nn.Dropout(dropout)
        self.mlps = nn.ModuleDict(
            {
                name: nn.Sequential(nn.Linear(width, size), nn.GELU(), nn.Dropout(dropout))
                for name, size in (("arc_d", ARC), ("arc_h", ARC), ("label_d", LABEL), ("label_h", LABEL))
            }
        )
        self.arc = Biaffine(ARC, 1)
        self.label = Biaffine(LABEL, len(RELATIONS))

    def states(self, hidden: Tensor, mask: Tensor, shapes: Tensor) -> Tensor:
        """Hidden states of the last layer from those of the shared ones: (b, t, d); ``mask`` (b, t) is 1 for tokens."""
        hidden = hidden + self.shapes(shapes).to(hidden.dtype)
        for layer in self.layers:
            hidden = first_of(layer(hidden, attention_mask=spread(mask, hidden.dtype)))
        return hidden

    def words(self, hidden: Tensor, first: Tensor) -> Tensor:
        """The state of each word's first piece: ``first`` (b, w) are places of tokens."""
        found: Tensor = self.drop(hidden.gather(1, first.unsqueeze(-1).expand(-1, -1, hidden.shape[-1])))
        return found

    def arcs(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of heads (b, w, w + 1), column 0 the root, and the label parts of dependents and heads."""
        root = self.root.to(words.dtype).expand(words.shape[0], 1, -1)
        heads = torch.cat([root, words], 1)
        scores = self.arc(self.mlps["arc_d"](words), self.mlps["arc_h"](heads)).squeeze(1)
        return scores, self.mlps["label_d"](words), self.mlps["label_h"](heads)

    def labels(self, dependent: Tensor, head: Tensor, places: Tensor) -> Tensor:
        """Scores of relations (b, w, r) for the heads at ``places`` (b, w), 0 the root."""
        chosen = head.gather(1, places.unsqueeze(-1).expand(-1, -1, head.shape[-1]))
        x, y = _with_one(dependent), _with_one(chosen)
        return torch.einsum("bwi,oij,bwj->bwo", x, self.label.weight.to(x.dtype), y)


def upper_layers(encoder: Any) -> nn.ModuleList:
    """Copies of the encoder's layers above the shared ones: where fitting starts."""
    return nn.ModuleList(copy.deepcopy(layer) for layer in encoder.encoder.layer[SHARED:])


def shared_states(encoder: Any, ids: Tensor, mask: Tensor, layers: int = SHARED) -> Tensor:
    """Hidden states of the encoder's lowest layers: (b, t, d)."""
    hidden = encoder.embeddings(input_ids=ids)
    for layer in encoder.encoder.layer[:layers]:
        hidden = first_of(layer(hidden, attention_mask=spread(mask, hidden.dtype)))
    return hidden  # type: ignore[no-any-return]


def spread(mask: Tensor, dtype: torch.dtype) -> Tensor:
    """What a layer adds to its attention's scores: 0 for tokens, a large negative number for padding."""
    return (1.0 - mask[:, None, None, :].to(dtype)) * -1e4


def _with_one(states: Tensor) -> Tensor:
    return torch.cat([states, states.new_ones(*states.shape[:-1], 1)], -1)


def first_of(found: Any) -> Any:
    """A layer's hidden states, whether it returns them alone or in a tuple."""
    return found[0] if isinstance(found, tuple) else found

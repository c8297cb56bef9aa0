"""Shared-prefix packing: a batch of sequences as one row in which every common prefix stands once.

In a causal model the state of a token depends on nothing but the tokens before it. Sequences that
begin alike therefore have equal states as far as they agree, and one copy of those states serves
them all: the batch is stored as its prefix tree (a trie). Each node is one token, seen by its
descendants and by nothing else, at the position that it has in its sequence. Loss and gradients
are those of the padded batch, because each shared state receives the sum of the gradients that
its copies would have received.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import torch
from torch import Tensor

from harness.training.rendering import IGNORED


@dataclass(frozen=True, slots=True)
class Paths:
    """Which nodes make up each sequence: what attention needs to know. S sequences, length L."""

    nodes: Tensor
    """(S * L,) node of each place; places behind a sequence's end repeat node 0."""
    owner: Tensor
    """(T,) for each node the first place in `nodes` where it stands."""
    sequences: int

    @property
    def length(self) -> int:
        """Tokens of the longest sequence."""
        return self.nodes.numel() // self.sequences

    def to(self, device: torch.device | str) -> Paths:
        """The same paths on another device."""
        return Paths(self.nodes.to(device), self.owner.to(device), self.sequences)


@dataclass(frozen=True, slots=True)
class PackedBatch:
    """One row of T nodes that stands for a whole padded batch; A tokens are predicted."""

    input_ids: Tensor
    """(1, T) token of each node."""
    position_ids: Tensor
    """(1, T) depth of each node: its position in every sequence that it is part of."""
    paths: Paths
    predicting: Tensor
    """(A,) node whose logits predict `targets`; a node can predict for several sequences."""
    targets: Tensor
    """(A,) the tokens to be predicted."""
    tokens: int
    """Tokens of all sequences, shared ones counted once for each sequence; no padding."""

    def to(self, device: torch.device | str) -> PackedBatch:
        """The same batch on another device."""
        moved = {
            field.name: getattr(self, field.name).to(device)
            for field in fields(self)
            if field.name != "tokens"
        }
        return PackedBatch(tokens=self.tokens, **moved)


def pack(sequences: Iterable[tuple[Sequence[int], Sequence[int]]]) -> PackedBatch:
    """Merge (token ids, labels) into a prefix tree.

    Labels are aligned with ids, `IGNORED` where nothing is learned, and the first token of a
    sequence is never predicted: the conventions of a causal model's loss.
    """
    tree: dict[tuple[int, int], int] = {}  # (parent, token) -> node
    ids: list[int] = []
    depths: list[int] = []
    paths: list[list[int]] = []
    predicting: list[int] = []
    targets: list[int] = []
    for tokens, labels in sequences:
        path: list[int] = []
        parent = -1
        for depth, (token, label) in enumerate(zip(tokens, labels, strict=True)):
            if label != IGNORED and depth > 0:
                predicting.append(parent)
                targets.append(label)
            parent = tree.setdefault((parent, token), len(ids))
            if parent == len(ids):
                ids.append(token)
                depths.append(depth)
            path.append(parent)
        paths.append(path)
    return PackedBatch(
        input_ids=torch.tensor([ids]),
        position_ids=torch.tensor([depths]),
        paths=_lay_out(paths, len(ids)),
        predicting=torch.tensor(predicting, dtype=torch.long),
        targets=torch.tensor(targets, dtype=torch.long),
        tokens=sum(map(len, paths)),
    )


def _lay_out(paths: Sequence[Sequence[int]], nodes: int) -> Paths:
    """Pad the paths to one length and find where each node first stands."""
    longest = max(map(len, paths))
    flat: list[int] = []
    owner = [-1] * nodes
    for path in paths:
        for place, node in enumerate(path, start=len(flat)):
            if owner[node] < 0:
                owner[node] = place
        flat.extend([*path, *[0] * (longest - len(path))])
    return Paths(torch.tensor(flat), torch.tensor(owner), len(paths))


def visible(batch: PackedBatch) -> Tensor:
    """(T, T) mask: row t is true where node t sees a node. For models that take a 4-D mask."""
    size = batch.input_ids.shape[1]
    mask = torch.zeros(size, size, dtype=torch.bool)
    length = batch.paths.length
    places = batch.paths.nodes.view(batch.paths.sequences, length)
    for node, place in enumerate(batch.paths.owner.tolist()):
        row, column = divmod(place, length)
        mask[node, places[row, : column + 1]] = True
    return mask

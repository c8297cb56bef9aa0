"""Two results held against each other: what changed, and whether it may pass. Torch-free."""

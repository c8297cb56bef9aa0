"""A module whose import ends the process."""

raise SystemExit("broken")

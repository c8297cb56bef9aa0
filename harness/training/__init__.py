"""Training: recipes make examples, rendering makes tokens, packing makes batches, train fits."""

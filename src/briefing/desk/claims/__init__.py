"""Verbs about claims: choosing, rivals, sums, comparisons, sourcing."""

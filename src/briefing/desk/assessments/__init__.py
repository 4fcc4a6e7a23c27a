"""Verbs about what analysts make of the claims: judgements, hypotheses, indicators, scores."""

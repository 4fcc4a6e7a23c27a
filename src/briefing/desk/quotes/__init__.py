"""Verbs about quotations and events."""

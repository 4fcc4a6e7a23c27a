"""The desk: with `import briefing as b` an analyst reads, compares, totals and writes."""

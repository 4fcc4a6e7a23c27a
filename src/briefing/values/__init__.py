"""What is true without a dossier: bounds, rivals, dates, likelihood, hedges, words, the clock, the palette."""

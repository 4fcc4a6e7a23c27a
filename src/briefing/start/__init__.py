"""How a dossier begins: a folder with its tables, notebooks and catalog, in which `briefing build` works at once."""

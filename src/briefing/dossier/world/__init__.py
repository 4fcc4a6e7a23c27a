"""The outlines of the world that the package ships, and cutting a dossier's from them: see ``README.md``."""

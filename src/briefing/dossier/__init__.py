"""From files to typed rows to a dossier as of a day."""

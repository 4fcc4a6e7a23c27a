"""The mail edition: an edition as a letter that any mail program opens. It is written, and never sent from here."""

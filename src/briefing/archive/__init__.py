"""The archive: what stands around the pages. It is made of what the press stored, at the end of a build."""

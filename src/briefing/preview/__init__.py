"""The page beside the notebook: a small server that follows every save, and JupyterLab's button."""

"""The page: one HTML file that asks for nothing, hides nothing, and leads from each number to its row and source."""

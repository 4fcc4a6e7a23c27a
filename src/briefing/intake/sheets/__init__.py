"""A dossier as one workbook, a sheet a table: out of the tables, and back into them."""

"""How rows come in: one claim, a workbook, somebody else's file; who changed them, and who looked at them again."""

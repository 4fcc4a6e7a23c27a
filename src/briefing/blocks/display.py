"""Showing each block that a cell makes on a line of its own, in order, and not the last one alone.

Python throws away the value of every line but a cell's last. Two sentences in one cell would be one on the page, and
nobody would be told.
"""

from __future__ import annotations

import ast
import builtins
import sys
from functools import partial
from typing import Any

#: The name by which a cell finds `show_block`; no notebook writes such a name itself.
_NAME = "__briefing_show_block__"


class EveryLine(ast.NodeTransformer):
    """Rewrites a cell so that the value of each line but the last is shown where it is a block."""

    def visit_Module(self, node: ast.Module) -> ast.Module:
        """Rewrite the lines of a cell; those inside a loop or a function stay as they are."""
        for line in node.body[:-1]:
            if isinstance(line, ast.Expr) and not isinstance(line.value, ast.Constant):
                shown = ast.Call(ast.Name(_NAME, ast.Load()), [line.value], [])
                line.value = ast.fix_missing_locations(ast.copy_location(shown, line.value))
        return node


def show_block(shell: Any, value: Any) -> Any:
    """Show a value that is a block, or holds blocks; any other is let go, as Python does."""
    blocks = sys.modules.get("briefing.blocks.blocks")
    values = value if isinstance(value, list | tuple) else (value,)
    if blocks is not None and any(isinstance(each, blocks.Block) for each in values):
        data, metadata = shell.display_formatter.format(value)
        if data:
            shell.display_pub.publish(data=data, metadata=metadata)
    return value


def show_every_block(shell: Any) -> None:
    """Have an IPython shell show the blocks of every line of a cell."""
    setattr(builtins, _NAME, partial(show_block, shell))
    if not any(isinstance(each, EveryLine) for each in shell.ast_transformers):
        shell.ast_transformers.append(EveryLine())

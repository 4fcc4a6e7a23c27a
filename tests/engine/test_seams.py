"""What this package uses of other libraries without their promise: each name is there, and is asked as it was."""

from __future__ import annotations

import ast
import inspect
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import altair
import pytest
import vl_convert
from jupyter_client.asynchronous.client import AsyncKernelClient

import briefing
from briefing.charts.seams.altair import write_plainly

SRC = Path(briefing.__file__).parent

#: Library, module, name, what it took when this was written, and what of ours relies on it.
TAKEN = [
    ("nbclient", "nbclient.client", "NotebookClient._check_raise_for_error", "self, cell, cell_index, exec_reply",
     "engine/seams/nbclient.py"),
    ("nbclient", "nbclient.client", "NotebookClient.process_message", "self, msg, cell, cell_index",
     "engine/seams/nbclient.py"),
    ("nbclient", "nbclient.client", "NotebookClient.handle_comm_msg", "self, outs, msg, cell_index",
     "engine/seams/nbclient.py"),
    ("nbclient", "nbclient.client", "NotebookClient.output", "self, outs, msg, display_id, cell_index",
     "engine/seams/nbclient.py"),
    ("nbclient", "nbclient.client", "NotebookClient.clear_display_id_mapping", "self, cell_index",
     "engine/seams/nbclient.py"),
    ("nbclient", "nbclient.client", "NotebookClient.async_wait_for_reply", "self, msg_id, cell",
     "engine/seams/nbclient.py"),
    ("nbclient", "nbclient.client", "NotebookClient.wait_for_reply", "args, kwargs", "engine/seams/nbclient.py"),
    ("nbclient", "nbclient.client", "NotebookClient._async_cleanup_kernel", "self", "engine/seams/nbclient.py"),
    ("papermill", "papermill.clientwrap", "PapermillNotebookClient.__init__",
     "self, nb_man, km, raise_on_iopub_timeout, kw", "engine/seams/papermill.py"),
    ("papermill", "papermill.clientwrap", "PapermillNotebookClient.papermill_execute_cells", "self",
     "engine/seams/papermill.py"),
    ("papermill", "papermill.engines", "NotebookExecutionManager.__init__",
     "self, nb, output_path, log_output, progress_bar, autosave_cell_every", "engine/seams/papermill.py"),
    ("papermill", "papermill.engines", "NotebookExecutionManager.notebook_start", "self, kwargs",
     "engine/engine.py"),
    ("papermill", "papermill.engines", "NotebookExecutionManager.notebook_complete", "self, kwargs",
     "engine/engine.py"),
    ("papermill", "papermill.engines", "NotebookExecutionManager.cleanup_pbar", "self", "engine/engine.py"),
    ("papermill", "papermill.engines", "NotebookExecutionManager.cell_exception", "self, cell, cell_index, kwargs",
     "engine/engine.py"),
    ("papermill", "papermill.engines", "PapermillEngines.execute_notebook_with_engine",
     "self, engine_name, nb, kernel_name, kwargs", "engine/seams/papermill.py"),
    ("papermill", "papermill.engines", "Engine.execute_notebook",
     "nb, kernel_name, output_path, progress_bar, log_output, autosave_cell_every, kwargs", "engine/engine.py"),
    ("papermill", "papermill.engines", "Engine.nb_kernel_name", "nb, name", "engine/engine.py"),
    ("papermill", "papermill.engines", "Engine.nb_language", "nb, language", "engine/engine.py"),
    ("papermill", "papermill.parameterize", "parameterize_notebook",
     "nb, parameters, report_mode, comment, kernel_name, language, engine_name", "engine/seams/papermill.py"),
    ("jupyter_client", "jupyter_client.client", "KernelClient._async_wait_for_ready", "self, timeout",
     "engine/seams/jupyter_client.py"),
    ("jupyter_client", "jupyter_client.client", "KernelClient._handle_kernel_info_reply", "self, msg",
     "engine/seams/jupyter_client.py"),
    ("jupyter_client", "jupyter_client.client", "KernelClient.start_channels",
     "self, shell, iopub, stdin, hb, control", "engine/seams/jupyter_client.py"),
    ("jupyter_client", "jupyter_client.channels", "AsyncZMQSocketChannel.get_msg", "self, timeout",
     "engine/seams/jupyter_client.py"),
    ("jupyter_client", "jupyter_client.adapter", "adapt", "msg, to_version", "engine/seams/jupyter_client.py"),
    ("ipykernel", "ipykernel.iostream", "IOPubThread.__init__", "self, socket, pipe, session",
     "engine/seams/ipykernel.py"),
    ("ipykernel", "ipykernel.iostream", "IOPubThread._setup_pipe_in", "self", "engine/seams/ipykernel.py"),
    ("ipykernel", "ipykernel.iostream", "IOPubThread._setup_pipe_out", "self", "engine/seams/ipykernel.py"),
    ("ipykernel", "ipykernel.iostream", "IOPubThread._handle_pipe_msg", "self, msg", "engine/seams/ipykernel.py"),
    ("ipykernel", "ipykernel.kernelapp", "IPKernelApp.init_iopub", "self, context", "engine/seams/ipykernel.py"),
    ("ipykernel", "ipykernel.kernelapp", "IPKernelApp._bind_socket", "self, s, port", "engine/seams/ipykernel.py"),
    ("ipykernel", "ipykernel.kernelapp", "IPKernelApp.configure_tornado_logger", "self",
     "engine/seams/ipykernel.py"),
    ("ipykernel", "ipykernel.kernelbase", "Kernel._process_children", "self", "engine/seams/ipykernel.py"),
    ("ipykernel", "ipykernel.ipkernel", "IPythonKernel.__init__", "self, kwargs", "engine/seams/ipykernel.py"),
    ("ipykernel", "ipykernel.kernelapp", "IPKernelApp.parse_command_line", "self, argv", "engine/seams/ipykernel.py"),
    ("nbconvert", "nbconvert.exporters", "TemplateExporter._create_environment", "self", "page/exporter.py"),
    ("altair", "altair.utils.schemapi", "debug_mode", "arg", "charts/pen.py"),
    ("altair", "altair", "SchemaBase.__init__", "self, args, kwds", "charts/seams/altair.py"),
    ("vl-convert-python", "vl_convert", "javascript_bundle", "snippet, vl_version", "page/vega.py"),
    ("vl-convert-python", "vl_convert", "get_vega_version", "", "page/vega.py"),
    ("vl-convert-python", "vl_convert", "vegalite_to_vega", "vl_spec, vl_version, config, theme, show_warnings",
     "page/vega.py"),
    ("vl-convert-python", "vl_convert", "vegalite_to_svg",
     "vl_spec, vl_version, config, theme, show_warnings, allowed_base_urls, format_locale, time_format_locale",
     "page/vega.py"),
]  # fmt: skip

#: What a method of a library's calls or keeps, so that ours in its place is called, and finds what it uses.
USED = [
    ("nbclient", "nbclient.client", "NotebookClient.async_execute_cell", "_check_raise_for_error"),
    ("nbclient", "nbclient.client", "NotebookClient.process_message", "handle_comm_msg output"),
    (
        "nbclient",
        "nbclient.client",
        "NotebookClient.output",
        "output_hook_stack clear_before_next_output _display_id_map",
    ),
    ("nbclient", "nbclient.client", "NotebookClient.setup_kernel", "_cleanup_kernel"),
    ("nbclient", "nbclient.client", "NotebookClient._async_cleanup_kernel", "shutdown_kernel"),
    ("papermill", "papermill.clientwrap", "PapermillNotebookClient.execute", "papermill_execute_cells wait_for_reply"),
    ("ipykernel", "ipykernel.iostream", "IOPubThread.__init__", "_setup_pipe_in io_loop background_socket"),
    ("ipykernel", "ipykernel.iostream", "IOPubThread._setup_pipe_in", "_pipe_uuid _pipe_in _handle_pipe_msg"),
    ("ipykernel", "ipykernel.iostream", "IOPubThread._handle_pipe_msg", "_pipe_uuid"),
    ("ipykernel", "ipykernel.iostream", "IOPubThread._really_send", "_setup_pipe_out _pipe_uuid"),
    ("ipykernel", "ipykernel.ipkernel", "IPythonKernel.__init__", "modules _kernel_modules"),
    ("ipykernel", "ipykernel.kernelapp", "IPKernelApp.init_sockets", "init_iopub"),
    ("ipykernel", "ipykernel.kernelapp", "IPKernelApp.init_iopub", "iopub_socket iopub_port iopub_thread"),
    ("ipykernel", "ipykernel.kernelbase", "Kernel._progressively_terminate_all_children", "_process_children"),
    ("jupyter_client", "jupyter_client.provisioning.factory", "KernelProvisionerFactory.__init__", "provisioners"),
]


def find(module: str, name: str) -> Any:
    """Find what a library calls by a name; nothing where it has no such name any more."""
    thing: Any = import_module(module)
    for part in name.split("."):
        thing = getattr(thing, part, None)
    return thing


@pytest.mark.parametrize(("library", "module", "name", "took", "relies"), TAKEN)
def test_what_is_not_promised_is_asked_as_it_was(library: str, module: str, name: str, took: str, relies: str) -> None:
    thing = find(module, name)
    takes = None if thing is None else ", ".join(inspect.signature(thing).parameters)
    now = "is gone" if takes is None else f"takes ({takes})"
    assert takes == took, (
        f"{library}'s {name} took ({took}) when this was written, and {now} in {version(library)}; "
        f"src/briefing/{relies} relies on it."
    )


@pytest.mark.parametrize(("library", "module", "name", "uses"), USED)
def test_what_is_not_promised_is_called_where_it_was(library: str, module: str, name: str, uses: str) -> None:
    lost = set(uses.split()) - set(used_names(find(module, name)))
    assert lost == set(), (
        f"{library}'s {name} used {', '.join(sorted(lost))} when this was written, and does not in {version(library)}; "
        f"src/briefing/engine/seams/{library}.py puts its own there."
    )


def used_names(function: Any) -> list[str]:
    """List the attributes that a function's source names; none where the function is gone."""
    if function is None:
        return []
    tree = ast.parse(inspect.getsource(inspect.unwrap(function)).lstrip().replace("\n    ", "\n"))
    return [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)]


def test_jupyters_client_binds_its_wait_when_its_class_is_made() -> None:
    bound = AsyncKernelClient.__dict__["wait_for_ready"]
    assert bound is AsyncKernelClient._async_wait_for_ready, (
        "jupyter_client's wait_for_ready was its _async_wait_for_ready when this was written; "
        "src/briefing/engine/seams/jupyter_client.py puts its own in both places."
    )


def test_altair_writes_what_its_objects_were_given_and_nothing_else() -> None:
    axis = altair.Axis(title=None, tickMinStep=altair.Undefined, labelColor=altair.ExprRef(expr="datum.name"))
    along = altair.X(field="at", type="quantitative", axis=axis, scale=altair.Scale(domain=[0, 9]))
    mark = altair.MarkDef(type="text", tooltip=altair.ExprRef(expr="datum.tip"))
    unit = altair.UnitSpec(mark=mark, encoding=altair.Encoding(x=along, y=altair.YValue(0)))
    assert write_plainly(unit) == unit.to_dict(validate=False), (
        "altair kept what its objects were given under _kwds and _args, and wrote just that, when "
        "src/briefing/charts/seams/altair.py was written."
    )


def test_vl_convert_carries_a_copy_of_vega_under_the_address_that_the_bundle_names() -> None:
    snippet = f'import {{parse}} from "/npm/vega@{vl_convert.get_vega_version()}/+esm"; window.parse = parse;'
    assert len(vl_convert.javascript_bundle(snippet)) > 10_000, (
        "vl-convert kept Vega under /npm/vega@VERSION/+esm when this was written; page/vega.py relies on it."
    )


def strangers(path: Path) -> set[str]:
    """Give the private names that a file uses and does not make itself; what IPython shows a thing by is public."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    asked = [node for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)]
    used = {node.attr for node in asked if ast.unparse(node.value) not in sys.stdlib_module_names}
    made = {node.attr for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)}
    made |= {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}
    made |= {node.target.id for node in nodes if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)}
    return {name for name in used - made if name.startswith("_") and not name.startswith(("__", "_repr_"))}


def test_private_names_of_others_stand_in_the_seams_alone() -> None:
    files = [path for path in SRC.rglob("*.py") if path.parent.name != "seams"]
    leaning = {str(path.relative_to(SRC)): names for path in files if (names := strangers(path))}
    assert leaning == {}, "a private name of another library belongs into a folder seams, with a contract here"

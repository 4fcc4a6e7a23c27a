"""Shortcuts past other libraries: what they leave is what the long way leaves."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import Any

import pytest
import zmq.asyncio
from jupyter_client.session import Session
from nbformat import NotebookNode

from briefing.engine.seams.ipykernel import RoomKernelApp
from briefing.engine.seams.jupyter_client import PromptChannel
from briefing.engine.seams.nbclient import LimitedClient

STORES = """
from briefing.engine.seams.stores import import_papermill
import_papermill()
import sys
print(sorted({"boto3", "requests"} & set(sys.modules)))
import papermill.iorw, requests
print(papermill.iorw.requests.get is requests.get)
"""


def test_the_short_way_to_options_leads_where_the_long_one_does() -> None:
    options = ["-f", "/room/kernel.json", "--HistoryManager.enabled=False", "--IPKernelApp.parent_handle=5"]
    short, long = RoomKernelApp(), RoomKernelApp()
    short.parse_command_line(options)
    long.parse_command_line(options[2:] + options[:2])  # in another order they are left to IPython
    asked = [(app.connection_file, app.parent_handle, app.config.HistoryManager.enabled) for app in (short, long)]
    assert asked[0] == ("/room/kernel.json", 5, "False")
    assert asked[0][:2] == asked[1][:2]


def test_papermill_is_imported_without_its_stores() -> None:
    done = subprocess.run([sys.executable, "-c", STORES], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[]", "True"]


def receive(*, key: bytes) -> dict[str, Any]:
    """Receive a message that was signed with a key, where another is known."""

    async def go() -> dict[str, Any]:
        context = zmq.asyncio.Context()
        here, there = context.socket(zmq.PAIR), context.socket(zmq.PAIR)
        here.bind("inproc://x")
        there.connect("inproc://x")
        try:
            sender = Session(key=key)
            await there.send_multipart(sender.serialize(sender.msg("status", {"execution_state": "idle"})))
            return await PromptChannel(here, Session(key=b"known")).get_msg(timeout=5)
        finally:
            context.destroy(linger=0)

    return asyncio.run(go())


def test_a_message_is_read_with_its_day_and_size() -> None:
    message = receive(key=b"known")
    assert message["content"] == {"execution_state": "idle"}
    assert (message["header"]["date"].year > 2000, message["size"] > 20) == (True, True)


def test_a_message_that_another_signed_is_refused() -> None:
    with pytest.raises(ValueError, match="Invalid Signature"):
        receive(key=b"another")


def keep(data: dict[str, Any]) -> list[Any]:
    """Keep what a cell shows."""
    make: Any = NotebookNode
    client, outputs = LimitedClient(make(cells=[])), list[Any]()
    client.reset_execution_trackers()
    client.clear_before_next_output = False  # as when a cell begins
    content = {"data": data, "metadata": {}, "execution_count": 3}
    message = {"msg_type": "execute_result", "header": {"msg_type": "execute_result"}, "parent_header": {}}
    client.output(outputs, message | {"content": content}, None, 0)
    return outputs


def test_a_plain_output_is_kept_as_nbformat_has_it() -> None:
    (output,) = keep({"text/plain": "98", "application/json": {"best": 98}})
    assert (output.output_type, output.execution_count) == ("execute_result", 3)
    assert output.data["application/json"] == {"best": 98}


def test_an_output_that_is_no_text_is_left_to_nbformat() -> None:
    with pytest.raises(Exception, match="98"):
        keep({"text/plain": 98})

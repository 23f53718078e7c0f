"""The language server for YAML that editors' tools run, driven as they drive it: over its standard input and output."""

from __future__ import annotations

import json
import subprocess
import threading
from pathlib import Path
from queue import Queue
from typing import Any

SERVER = Path(__file__).parent / "node_modules/yaml-language-server/bin/yaml-language-server"
PATIENCE = 60

Json = dict[str, Any]


class LanguageServer:
    """A running server with one folder open. Lines and characters count from 0, as the protocol has them."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            ["node", str(SERVER), "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._answers: Queue[Json] = Queue()
        self._diagnostics: dict[str, Queue[list[Json]]] = {}
        self._last = 0
        threading.Thread(target=self._listen, daemon=True).start()
        self.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}})
        self._tell("initialized", {})
        settings = {"yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}}
        self._tell("workspace/didChangeConfiguration", {"settings": settings})

    def open(self, path: Path, text: str) -> list[Json]:
        """Open a file, once, in an editor that holds `text`, and return what the server finds wrong with it."""
        told = self._diagnostics[path.as_uri()] = Queue()
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        return told.get(timeout=PATIENCE)

    def hover(self, path: Path, line: int, character: int) -> str:
        """Return what is shown when a person points at a place."""
        answer = self._at("textDocument/hover", path, line, character)
        return str(answer["contents"]["value"]) if answer else ""

    def completions(self, path: Path, line: int, character: int) -> dict[str, str]:
        """Return what is offered at a place: what would be written, each with what is said of it."""
        answer = self._at("textDocument/completion", path, line, character)
        items = answer["items"] if isinstance(answer, dict) else answer
        return {one["label"]: _words(one.get("documentation", "")) for one in items}

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()

    def ask(self, method: str, values: Json) -> Any:
        self._last += 1
        self._send({"id": self._last, "method": method, "params": values})
        while (answer := self._answers.get(timeout=PATIENCE))["id"] != self._last:
            pass
        assert "error" not in answer, answer
        return answer["result"]

    def _at(self, method: str, path: Path, line: int, character: int) -> Any:
        place = {"line": line, "character": character}
        return self.ask(method, {"textDocument": {"uri": path.as_uri()}, "position": place})

    def _tell(self, method: str, values: Json) -> None:
        self._send({"method": method, "params": values})

    def _send(self, message: Json) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream
        while head := stream.readline():
            length = int(head.split(b":")[1])
            while stream.readline().strip():
                pass
            self._take(json.loads(stream.read(length)))

    def _take(self, message: Json) -> None:
        if "method" not in message:
            self._answers.put(message)
        elif message["method"] == "textDocument/publishDiagnostics":
            found = message["params"]
            if found["uri"] in self._diagnostics:
                self._diagnostics[found["uri"]].put(found["diagnostics"])
        elif "id" in message:  # the server asks for something: there is nothing to tell it
            self._send({"id": message["id"], "result": None})


def _words(said: object) -> str:
    return str(said["value"]) if isinstance(said, dict) else str(said)

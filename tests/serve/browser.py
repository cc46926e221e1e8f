"""A headless Chromium that is told what to do over a pipe, by its DevTools protocol."""

from __future__ import annotations

import base64
import json
import os
import shutil
import sys
from collections.abc import Callable
from fcntl import F_DUPFD, fcntl
from pathlib import Path
from signal import SIGKILL
from time import monotonic, sleep
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATIENCE = 60.0


class Browser:
    """One page of one browser; all requests of the page, and what it complained of, are noted."""

    def __init__(self, folder: Path) -> None:
        assert CHROMIUM is not None
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()

        command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--no-first-run"]
        command += ["--disable-dev-shm-usage", f"--user-data-dir={folder}", "--window-size=1400,900", "about:blank"]
        theirs_in, theirs_out = (fcntl(end, F_DUPFD, 10) for end in (theirs_in, theirs_out))  # not 3, nor 4
        places = [(os.POSIX_SPAWN_DUP2, theirs_in, 3), (os.POSIX_SPAWN_DUP2, theirs_out, 4)]
        places += [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]  # type: ignore[misc]
        self._process = os.posix_spawn(CHROMIUM, command, os.environ, file_actions=places)
        os.close(theirs_in)
        os.close(theirs_out)
        self._out, self._in = os.fdopen(ours_out, "wb"), os.fdopen(ours_in, "rb")
        self._number = 0
        self._session: str | None = None
        self.requests: list[str] = []
        self.complaints: list[str] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **parameters: object) -> Any:
        self._number += 1
        message: dict[str, object] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._out.write(json.dumps(message).encode() + b"\0")
        self._out.flush()
        while True:
            told = self._next()
            if told.get("id") == self._number:
                assert "error" not in told, told
                return told["result"]

    def open(self, url: str) -> None:
        self.ask("Page.navigate", url=url)

    def run(self, script: str) -> Any:
        """What a piece of script in the page comes to."""
        told = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def until(self, script: str, wanted: Callable[[Any], bool] = bool) -> Any:
        """The same, once it is as it should be."""
        end = monotonic() + PATIENCE
        while not wanted(value := self.run(script)):
            assert monotonic() < end, (script, value, self.run("document.body.innerText"), self.complaints)
            sleep(0.05)
        return value

    def write(self, words: str) -> None:
        """Types where the cursor is."""
        self.ask("Input.insertText", text=words)

    def picture(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.ask("Page.captureScreenshot")["data"]))

    def end(self) -> None:
        os.kill(self._process, SIGKILL)
        os.waitpid(self._process, 0)
        self._out.close()
        self._in.close()

    def _next(self) -> dict[str, Any]:
        message = bytearray()
        while (sign := self._in.read(1)) not in (b"\0", b""):
            message += sign
        assert message, f"the browser is gone ({sys.platform})"
        told: dict[str, Any] = json.loads(message)
        if told.get("method") == "Network.requestWillBeSent":
            self.requests.append(told["params"]["request"]["url"])
        if told.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded"):
            self.complaints.append(json.dumps(told["params"]))
        return told

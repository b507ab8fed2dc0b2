"""A small endpoint for tests: it answers /chat/completions with what a test gave it, and keeps what came."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = dict[str, Any]


@dataclass
class Reply:
    """One answer."""

    status: int = 200
    content: str | bytes | None = None
    """The model's words, wrapped as an endpoint wraps them; bytes are sent as they are."""
    headers: dict[str, str] = field(default_factory=dict)
    usage: dict[str, int] | None = None
    as_tool: bool = False


Answering = Callable[[Body], Reply]


@dataclass
class Endpoint:
    url: str
    bodies: list[Body] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


def proposals(*claims: Body, figures: list[Body] | None = None) -> str:
    return json.dumps({"claims": list(claims), "figures": figures or []}, ensure_ascii=False)


def speech(sentence: int, speaker: str | None, cue: str, quotation: str, stance: str) -> Body:
    return {
        "sentence": sentence,
        "speaker": speaker,
        "cue": cue,
        "quotation": quotation,
        "stance": stance,
    }


def figure(sentence: int, number: str, value: object, harm: str, **more: object) -> Body:
    row = {"outcome": "killed", "category": "military", "side": None, **more}
    return {"sentence": sentence, "number": number, "value": value, "harm": harm, **row}


@contextmanager
def serving(answer: Answering) -> Iterator[Endpoint]:
    """Serve on a free port of this machine until the block ends."""
    endpoint = Endpoint("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            endpoint.bodies.append(body)
            endpoint.headers.append(dict(self.headers))
            reply = answer(body)
            content = reply.content
            if not isinstance(content, bytes):
                message: Body = {"role": "assistant", "content": content or ""}
                if reply.as_tool:
                    call = {"function": {"name": "propose", "arguments": content}}
                    message = {"role": "assistant", "content": None, "tool_calls": [call]}
                whole = {"choices": [{"message": message}], "usage": reply.usage}
                content = json.dumps(whole).encode()
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    endpoint.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield endpoint
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def mode_of(body: Body) -> str:
    """Say in which mode a question came."""
    if "grammar" in body:
        return "grammar"
    if "response_format" in body:
        return "schema"
    if "tools" in body:
        return "tool"
    return "plain" if "temperature" in body else "bare"

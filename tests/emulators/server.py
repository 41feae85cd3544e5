"""What the HTTP emulators share: a server on 127.0.0.1, a log of requests, and faults that can be scripted.

From Python: ``emulator.script(status=503, path="/mentions", times=2)``. From outside: ``POST /__control`` with
``{"fault": {…}}``, ``{"clock_offset": seconds}`` or ``{"reset": true}``; ``GET /__log`` lists the requests so far.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

UTC = timezone.utc
LONGEST_HANG = 30  # seconds; a test's client gives up long before


@dataclass
class Fault:
	"""What goes wrong, for requests whose path contains ``path``: ``skip`` of them pass first, then ``times`` fail.

	``status``/``headers``/``body``/``json``: answer this, without doing anything. ``drop_headers``: leave these out.
	``truncate``: cut the body after so many bytes, ``break_after``: close after so many bytes of a longer body.
	``hang``: never answer. ``close``: "before" doing anything or "after" it was done, without an answer.
	``reverse``/``duplicate``: disturb the list in ``data``. ``change``: a function of the JSON body (Python only).
	"""

	path: str = ""
	skip: int = 0
	times: int = 1
	status: int = 0
	headers: dict[str, str] = field(default_factory=dict)
	drop_headers: tuple[str, ...] = ()
	body: str | None = None
	json: Any = None
	truncate: int | None = None
	break_after: int | None = None
	hang: bool = False
	close: str = ""
	reverse: bool = False
	duplicate: bool = False
	change: Callable[[dict], dict] | None = None

	@property
	def replaces(self) -> bool:
		return bool(self.status) or self.body is not None or self.json is not None

	def disturb(self, payload: Any) -> Any:
		rows = payload.get("data") if isinstance(payload, dict) else None
		if isinstance(rows, list) and rows:
			if self.reverse:
				rows = rows[::-1]
			if self.duplicate:
				rows = [*rows, rows[0]]
			payload = {**payload, "data": rows}
		return self.change(payload) if self.change else payload


@dataclass
class Request:
	method: str
	path: str
	params: dict[str, str]
	headers: dict[str, str]
	url: str
	body: bytes = b""

	def json(self) -> dict:
		try:
			payload = json.loads(self.body or b"{}")
		except ValueError:
			return {}
		return payload if isinstance(payload, dict) else {}


@dataclass
class Reply:
	status: int
	payload: Any
	headers: dict[str, str] = field(default_factory=dict)


class Emulator:
	"""Subclasses answer in :meth:`respond`. ``clock`` gives aware UTC; ``clock_offset`` sets the server's clock wrong."""

	def __init__(self, clock: Callable[[], datetime] | None = None) -> None:
		self._clock = clock or (lambda: datetime.now(UTC))
		self.clock_offset = timedelta()
		self.requests: list[dict] = []
		self.faults: list[Fault] = []
		self.lock = threading.RLock()
		self.released = threading.Event()
		self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_for(self))
		self._server.daemon_threads = True
		self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

	def __enter__(self):
		self._thread.start()
		return self

	def __exit__(self, *_error: object) -> None:
		self.released.set()
		self._server.shutdown()
		self._server.server_close()

	@property
	def url(self) -> str:
		return f"http://127.0.0.1:{self._server.server_address[1]}"

	@property
	def now(self) -> datetime:
		return self._clock() + self.clock_offset

	def script(self, **fault: Any) -> None:
		self.faults.append(Fault(**fault))

	def paths(self) -> list[str]:
		return [request["path"] for request in self.requests]

	def reset(self) -> None:
		self.faults.clear()
		self.requests.clear()
		self.clock_offset = timedelta()

	def respond(self, request: Request) -> Reply:
		raise NotImplementedError

	def next_fault(self, path: str) -> Fault | None:
		for fault in self.faults:
			if fault.path not in path or fault.times <= 0:
				continue
			if fault.skip:
				fault.skip -= 1
				continue
			fault.times -= 1
			return fault
		return None

	def control(self, order: dict) -> Reply:
		if order.get("reset"):
			self.reset()
		if "clock_offset" in order:
			self.clock_offset = timedelta(seconds=float(order["clock_offset"]))
		if "fault" in order:
			names = {known.name for known in fields(Fault)} - {"change"}
			unknown = set(order["fault"]) - names
			if unknown:
				return Reply(400, {"error": f"unknown: {sorted(unknown)}"})
			self.script(**order["fault"])
		return Reply(200, {"ok": True})


def _handler_for(emulator: Emulator) -> type[BaseHTTPRequestHandler]:
	class Handler(BaseHTTPRequestHandler):
		protocol_version = "HTTP/1.1"
		wbufsize = 65536  # head and body leave in one packet; two would wait for each other's receipt

		def log_message(self, *_arguments: object) -> None:
			"""Silent: the log is kept in memory."""

		def do_GET(self) -> None:
			self._answer()

		def do_POST(self) -> None:
			self._answer()

		def _answer(self) -> None:
			request = self._request()
			if request.path == "/__log":
				return self._send(Reply(200, {"requests": emulator.requests}), Fault())
			if request.path == "/__control":
				return self._send(emulator.control(request.json()), Fault())
			with emulator.lock:
				fault = emulator.next_fault(request.path) or Fault()
				entry = {
					"method": request.method,
					"path": request.path,
					"params": request.params,
					"status": None,
				}
				emulator.requests.append(entry)
				replaced = fault.replaces or fault.hang or fault.close == "before"
				reply = Reply(200, {}) if replaced else emulator.respond(request)
			if fault.hang:
				emulator.released.wait(LONGEST_HANG)
			if fault.hang or fault.close:
				self.close_connection = True
				return None
			if fault.replaces:
				reply = Reply(fault.status or 200, fault.json if fault.json is not None else {})
			entry["status"] = reply.status
			return self._send(reply, fault)

		def _request(self) -> Request:
			parts = urlsplit(self.path)
			length = int(self.headers.get("Content-Length") or 0)
			return Request(
				self.command,
				parts.path,
				dict(parse_qsl(parts.query, keep_blank_values=True)),
				{name.lower(): value for name, value in self.headers.items()},
				emulator.url + self.path,
				self.rfile.read(length),
			)

		def _send(self, reply: Reply, fault: Fault) -> None:
			body = json.dumps(fault.disturb(reply.payload)).encode()
			if fault.body is not None:
				body = fault.body.encode()
			if fault.truncate is not None:
				body = body[: fault.truncate]
			kind = "text/html" if fault.body is not None else "application/json"
			headers = {"Date": format_datetime(emulator.now, usegmt=True), "Content-Type": kind}
			headers |= reply.headers | fault.headers | {"Content-Length": str(len(body))}
			dropped = {name.lower() for name in fault.drop_headers}
			self.send_response_only(reply.status)
			for name, value in headers.items():
				if name.lower() not in dropped:
					self.send_header(name, value)
			self.end_headers()
			if fault.break_after is not None:
				body = body[: fault.break_after]
				self.close_connection = True
			self.wfile.write(body)

	return Handler

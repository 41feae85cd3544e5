"""Serves an embedded site: HTTP threads, and one thread for the scheduler and the jobs.

python embedded/server.py --folder build/site --port 8000
"""

from __future__ import annotations

import argparse
import logging
import threading
from pathlib import Path

import embedded_site
from frappe.rest import Application
from frappe.state import Runtime, reset
from frappe.utils import background_jobs, scheduler
from home import PAGES
from werkzeug.serving import make_server

TICK_SECONDS = 20


class Server:
	"""A running site on 127.0.0.1 (or ``host``); port 0 takes a free one. Use it as a context manager."""

	def __init__(
		self, runtime: Runtime, host: str = "127.0.0.1", port: int = 0, jobs: bool = True, clock: bool = True
	):
		self.runtime = runtime
		self.clock = clock
		self._stopping = threading.Event()
		self._http = make_server(host, port, Application(runtime, PAGES), threaded=True)
		self.url = f"http://{host}:{self._http.server_port}"
		self._threads = [threading.Thread(target=self._http.serve_forever, name="http", daemon=True)]
		if jobs:
			self._threads.append(threading.Thread(target=self._work, name="jobs", daemon=True))

	def start(self) -> Server:
		for thread in self._threads:
			thread.start()
		return self

	def wait(self) -> None:
		"""Block until another thread stops the server."""
		self._stopping.wait()

	def stop(self) -> None:
		self._stopping.set()
		self.runtime.jobs.wake.set()
		self._http.shutdown()
		for thread in self._threads:
			thread.join(timeout=30)
		self._http.server_close()

	__enter__ = start

	def __exit__(self, *details) -> None:
		self.stop()

	def _work(self) -> None:
		"""Run jobs as they come; look at the schedule at every tick."""
		while not self._stopping.is_set():
			with self.runtime.session("Administrator"):
				if self.clock:
					scheduler.enqueue_due()
				reset("Administrator")
				background_jobs.work_off()
			self.runtime.jobs.wake.wait(TICK_SECONDS)
			self.runtime.jobs.wake.clear()


def main() -> None:
	parser = argparse.ArgumentParser(description="Serve the embedded site (for trying, not for production)")
	parser.add_argument("--folder", type=Path, default=Path("build/site"))
	parser.add_argument("--host", default="127.0.0.1")
	parser.add_argument("--port", type=int, default=8000)
	parser.add_argument("--admin-password", default="admin")
	arguments = parser.parse_args()
	logging.basicConfig(level=logging.WARNING)
	if (arguments.folder / "site.db").exists():
		runtime = embedded_site.open_site(arguments.folder)
	else:
		runtime = embedded_site.create(arguments.folder, arguments.admin_password)
	print("This is the embedded site, for trying and testing only. Production runs on a Frappe bench.")
	with Server(runtime, arguments.host, arguments.port) as server:
		print(f"Serving {server.url} (user Administrator). Press Ctrl+C to stop.", flush=True)
		try:
			server.wait()
		except KeyboardInterrupt:
			print("Stopped.")


if __name__ == "__main__":
	main()

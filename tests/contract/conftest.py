"""An HTTP client for the site at hand. What its requests commit is taken away again."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import pytest
from werkzeug.test import Client, TestResponse


@dataclass
class Http:
	"""Sends requests as one browser (cookies kept) to the site's WSGI application, in a thread of their own."""

	application: object
	host: str
	client: Client = field(init=False)

	def __post_init__(self):
		self.client = Client(self.application)

	def __call__(self, method: str, path: str, **options) -> TestResponse:
		answer: list[TestResponse] = []
		headers = {
			"X-Frappe-Site-Name": self.host,
			"Accept": "application/json",
			**options.pop("headers", {}),
		}

		def send() -> None:
			answer.append(self.client.open(path, method=method, headers=headers, **options))
			answer[0].get_data()

		thread = threading.Thread(target=send)
		thread.start()
		thread.join()
		return answer[0]

	def login(self, user: str, password: str) -> TestResponse:
		return self("POST", "/api/method/login", json={"usr": user, "pwd": password})


@pytest.fixture
def http(site, request: pytest.FixtureRequest) -> Http:
	if hasattr(site.local, "runtime"):
		from frappe.rest import Application
		from home import PAGES

		return Http(Application(site.local.runtime, PAGES), site.local.site)
	from frappe.app import application

	return Http(application, site.local.site)

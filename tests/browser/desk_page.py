"""One person's Desk in a page of a browser: what tests open, press, fill and read."""

from __future__ import annotations

import os

BENCH_URL = os.environ.get("BENCH_URL", "").rstrip("/")
PASSWORD = "Khidki-Darwaza-1966"
NOISE = (
	# The site's web server alone is served; Frappe's live updates come from another one.
	"socket.io",
	"ERR_CONNECTION_REFUSED",
	# Frappe's charts draw a second time after 0.7 s, even when the page was left and has no width any more.
	"attribute width: A negative value",
)


def log_in(context, user: str) -> None:
	"""Log in from a page: only the browser finds a site by its name under ``localhost``."""
	page = context.new_page()
	page.goto(f"{BENCH_URL}/api/method/ping")
	status = page.evaluate(
		"""async ([usr, pwd]) => (await fetch("/api/method/login", {
			method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({usr, pwd}),
		})).status""",
		[user, PASSWORD],
	)
	page.close()
	assert status == 200, f"{user} cannot log in: {status}"


class Desk:
	"""One person's Desk in a page of their own."""

	def __init__(self, page, user: str):
		self.page = page
		self.user = user
		self.errors: list[str] = []
		page.set_default_timeout(15_000)
		page.on("pageerror", lambda error: self.errors.append(str(error)))
		page.on("console", self._note)

	def _note(self, message) -> None:
		if message.type == "error" and not any(noise in message.text for noise in NOISE):
			self.errors.append(message.text)

	def leave(self) -> None:
		"""Close the page. What Frappe keeps in the browser, such as the last route, goes with it."""
		self.page.evaluate("localStorage.clear(); sessionStorage.clear()")
		self.page.close()

	def open(self, path: str, until: str) -> Desk:
		"""Open ``/app/<path>`` and wait until the selector ``until`` is on the screen."""
		self.page.goto(f"{BENCH_URL}/app/{path}")
		self.page.wait_for_selector(f"{until} >> visible=true", timeout=60_000)
		return self

	def form(self, doctype: str, name: str) -> Desk:
		import frappe

		return self.open(f"{frappe.scrub(doctype).replace('_', '-')}/{name}", ".gh-post")

	def case(self, name: str) -> Desk:
		"""Open a grievance and wait until its clocks and notices are there."""
		return self.open(f"grievance/{name}", ".gh-strip")

	def settle(self) -> None:
		"""Wait until nothing is asked of the server any more."""
		self.page.wait_for_function("!frappe.request.ajax_count && !frappe.dom.freeze_count")

	def strip(self) -> str:
		return self.page.locator(".gh-strip").inner_text()

	def move(self, action: str) -> None:
		"""Press a move in the strip."""
		self.page.locator(".gh-strip-moves").get_by_role("button", name=action).click()

	def act(self, label: str) -> None:
		"""Choose an item of the Actions menu."""
		self.settle()  # a list that is drawn anew closes its menu
		self.page.locator(".actions-btn-group:visible > button").click()
		self.page.locator(".actions-btn-group .dropdown-item:visible", has_text=label).first.click()

	def fill(self, fieldname: str, value: str) -> None:
		"""Write into a field of the dialog that stands open; a Link takes the first name that is offered."""
		field = self.dialog().locator(f"[data-fieldname={fieldname}] :is(input, textarea, select)").first
		if field.evaluate("element => element.tagName") == "SELECT":
			field.locator("option", has_text=value).wait_for(state="attached")
			field.select_option(label=value)
			return
		field.click()  # waits until the dialog stands still
		field.fill("")
		field.press_sequentially(value)
		if field.get_attribute("data-fieldtype") == "Link":
			self.page.locator(".awesomplete ul:visible [role=option]", has_text=value).first.click()
		field.blur()

	def press(self, label: str) -> None:
		"""Press a button of the dialog that stands open."""
		self.dialog().locator(".modal-footer").get_by_role("button", name=label).click()

	def give_up(self) -> None:
		"""Close the dialog that stands open."""
		self.dialog().locator(".btn-modal-close").click()
		self.expect_saved()

	def expect_saved(self) -> None:
		"""No dialog stands open any more."""
		self.page.locator(".modal.show").wait_for(state="detached")

	def list(self, doctype: str, query: str = "category=BRW-SEW") -> Desk:
		"""Open a list with the filters of ``query`` and wait until its rows, or the words of the empty list, stand there."""
		import frappe

		path = frappe.scrub(doctype).replace("_", "-") + (f"?{query}" if query else "")
		return self.open(
			path,
			f"[data-page-route='List/{doctype}/List'] :is(.list-row[data-idx], .list-row .list-subject a, .gh-empty)",
		)

	def subjects(self) -> list[str]:
		return self.page.locator(".list-row .list-subject a:visible").all_inner_texts()

	def click(self, label: str) -> None:
		self.page.get_by_role("button", name=label).locator("visible=true").first.click()

	def tab(self, label: str) -> None:
		self.page.locator(".form-tabs .nav-link:visible", has_text=label).click()

	def dialog(self):
		"""The dialog that stands open."""
		dialog = self.page.locator(".modal.show .modal-content")
		dialog.wait_for()
		return dialog

	@property
	def hacked(self) -> bool:
		return bool(self.page.evaluate("Boolean(window.hacked)"))

	@property
	def scrolls_sideways(self) -> bool:
		return self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")

"""How often one caller may use an endpoint."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import frappe
from frappe import _


def rate_limit(
	key: str | None = None,
	limit: int | Callable = 5,
	seconds: int = 24 * 60 * 60,
	methods: str | list = "ALL",
	ip_based: bool = True,
):
	"""At most ``limit`` calls within ``seconds`` by address and, with ``key``, by that argument."""

	def decorate(function: Callable) -> Callable:
		@wraps(function)
		def limited(*args, **kwargs):
			if not frappe.local.request or (methods != "ALL" and frappe.request.method not in methods):
				return function(*args, **kwargs)
			identity = [frappe.local.request_ip] if ip_based else []
			identity += [str(frappe.form_dict.get(key, ""))] if key else []
			if not any(identity):
				frappe.throw(_("Either key or IP flag is required."))
			counter = f"rl:{frappe.form_dict.cmd}:{':'.join(identity)}"
			if not frappe.cache.get(counter):
				frappe.cache.setex(counter, seconds, 0)
			if frappe.cache.incrby(counter, 1) > (limit() if callable(limit) else limit):
				frappe.throw(
					_("You hit the rate limit because of too many requests. Please try after sometime."),
					frappe.RateLimitExceededError,
				)
			return function(*args, **kwargs)

		return limited

	return decorate

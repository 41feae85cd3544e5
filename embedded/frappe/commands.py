"""Commands belong to ``bench``; on the embedded site their functions are called from Python."""

from __future__ import annotations


def get_site(context, raise_err: bool = True):
	raise NotImplementedError("embedded site: frappe.commands.get_site")


def pass_context(function):
	raise NotImplementedError("embedded site: frappe.commands.pass_context")

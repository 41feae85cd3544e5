"""PDFs come from wkhtmltopdf, which only a bench has."""

from __future__ import annotations


def get_pdf(html: str, options: dict | None = None, output=None) -> bytes:
	raise NotImplementedError("embedded site: frappe.utils.pdf.get_pdf")

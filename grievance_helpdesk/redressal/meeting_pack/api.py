"""The button "Meeting pack": the PDF for whoever asks, within that person's scope."""

import frappe
from frappe import _
from frappe.utils.pdf import get_pdf

from grievance_helpdesk.redressal import moment
from grievance_helpdesk.redressal.letters.words import language_of
from grievance_helpdesk.redressal.meeting_pack import content, paper
from grievance_helpdesk.redressal.reporting import filters

# wkhtmltopdf's; Frappe adds its own to the dict that it is given
OPTIONS = {"page-size": "A4", **{f"margin-{side}": "14mm" for side in ("top", "bottom", "left", "right")}}


@frappe.whitelist(methods=["GET"])
def download(district: str = "", department: str = "", category: str = "", language: str = "") -> None:
	"""Answer with the PDF; ``language`` is ``hi`` or ``en``, the reader's own when left out."""
	if not frappe.has_permission("Grievance", "report"):
		frappe.throw(_("Your role does not include reports about grievances."), frappe.PermissionError)
	chosen = {"district": district, "department": department, "category": category}
	html, _totals = build(chosen, language_of(language or frappe.local.lang))
	frappe.response.filename = file_name()
	frappe.response.filecontent = get_pdf(html, dict(OPTIONS))
	frappe.response.type = "pdf"


def build(chosen: dict, language: str) -> tuple[str, dict[str, int]]:
	"""The pack of the present user as HTML, and its totals."""
	pack = content.collect(filters.read(chosen), moment.now(), language)
	return paper.document(pack, language), pack["totals"]


def file_name() -> str:
	return f"grievances-{moment.now():%Y-%m-%d}.pdf"

from frappe.model.document import Document


class Grievance(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		also_about: DF.Data | None
		assigned_on: DF.Datetime | None
		category: DF.Link | None
		channel: DF.Literal["X", "Facebook", "Email", "Counter"]
		channel_account: DF.Link | None
		citizen: DF.Link | None
		citizen_name: DF.Data | None
		confidence: DF.Percent
		confidential: DF.Check
		contact_email: DF.Data | None
		contact_phone: DF.Data | None
		department: DF.Link | None
		description: DF.LongText
		district: DF.Link | None
		grievance_type: DF.Literal["Grievance", "Suggestion"]
		jurisdiction: DF.Link | None
		language: DF.Literal["", "en", "hi", "hi-Latn", "mixed"]
		naming_series: DF.Literal["GRV-.YYYY.-.######"]
		needs_review: DF.Check
		officer: DF.Link | None
		permalink: DF.Data | None
		pin_code: DF.Data | None
		place_text: DF.Data | None
		possible_duplicate_of: DF.Link | None
		priority: DF.Literal["Low", "Medium", "High", "Urgent"]
		public_text: DF.LongText | None
		received_at: DF.Datetime | None
		review_reasons: DF.SmallText | None
		routing_code: DF.Data | None
		routing_reason: DF.SmallText | None
		routing_status: DF.Literal["Routed", "Unrouted"]
		scope_path: DF.Data | None
		source_post: DF.Link | None
		status: DF.Literal["Open", "On Hold", "Resolved", "Closed", "Rejected", "Merged"]
		subject: DF.Data
		support_count: DF.Int
		tracking_key: DF.Data | None
		triage_evidence: DF.Code | None
		urgent: DF.Check
		ward: DF.Data | None
	# end: auto-generated types

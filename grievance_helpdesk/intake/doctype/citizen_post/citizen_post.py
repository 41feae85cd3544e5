from frappe.model.document import Document


class CitizenPost(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		attempts: DF.Int
		author_handle: DF.Data | None
		author_id: DF.Data | None
		author_key: DF.Data | None
		author_name: DF.Data | None
		can_reply: DF.Check
		category: DF.Link | None
		channel: DF.Literal["X", "Facebook", "Email"]
		channel_account: DF.Link | None
		citizen: DF.Link | None
		confidence: DF.Percent
		department: DF.Link | None
		district: DF.Link | None
		duplicate_of: DF.Link | None
		engine_version: DF.Data | None
		error: DF.SmallText | None
		external_id: DF.Data | None
		grievance: DF.Link | None
		ground: DF.Link | None
		is_own: DF.Check
		is_repost: DF.Check
		jurisdiction: DF.Link | None
		kind: DF.Data | None
		kind_of_item: DF.Data | None
		language: DF.Data | None
		media: DF.Code | None
		needs_review: DF.Check
		next_attempt_at: DF.Datetime | None
		parent_external_id: DF.Data | None
		permalink: DF.Data | None
		place_offer: DF.Data | None
		place_text: DF.Data | None
		posted_at: DF.Datetime | None
		problems: DF.SmallText | None
		public_text: DF.LongText | None
		raw: DF.Code | None
		received_at: DF.Datetime | None
		review_reasons: DF.SmallText | None
		revisions: DF.Code | None
		ruleset_hash: DF.Data | None
		same_problem_as: DF.Link | None
		signature: DF.SmallText | None
		source: DF.Literal["Poll", "Webhook", "Replay", "Manual"]
		state: DF.Literal["New", "Grievance", "Thread", "Support", "For Review", "Not a Grievance", "Ignored", "Parked", "Removed"]
		text: DF.LongText | None
		thread_key: DF.Data | None
		triage_evidence: DF.Code | None
		urgent: DF.Check
	# end: auto-generated types

import frappe
from frappe import _
from frappe.model.document import Document

from grievance_helpdesk.intake import queue


class CitizenPost(Document):
	"""What a citizen posted or sent, whole and unchanged, with what triage found and what became of it."""

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
		decided_by_person: DF.Check
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
		state: DF.Literal[
			"New",
			"Grievance",
			"Thread",
			"Support",
			"For Review",
			"Not a Grievance",
			"Ignored",
			"Parked",
			"Removed",
		]
		subject: DF.Data | None
		text: DF.LongText | None
		thread_key: DF.Data | None
		triage_evidence: DF.Code | None
		urgent: DF.Check
	# end: auto-generated types

	@frappe.whitelist(methods=["POST"])
	def accept_as_grievance(self, category: str | None = None, jurisdiction: str | None = None) -> str:
		"""A person says: this is a grievance. Returns its name."""
		self.check_decidable()
		return queue.accept(self, category, jurisdiction)

	@frappe.whitelist(methods=["POST"])
	def not_a_grievance(self, ground: str) -> None:
		"""A person says: this is none, for a ground of the list."""
		self.check_decidable()
		queue.set_aside(self, ground)

	@frappe.whitelist(methods=["POST"])
	def link_to_grievance(self, grievance: str, relation: str = "Support") -> str:
		"""Join an open grievance as support of another citizen, or as a message of the same one (relation Thread)."""
		self.check_decidable()
		frappe.get_doc("Grievance", grievance).check_permission("write")
		return queue.join(self, grievance, relation)

	@frappe.whitelist(methods=["POST"])
	def triage_again(self) -> str:
		"""Judge the post with the present rules, places and model. Returns its new state."""
		self.check_decidable()
		return queue.again([self.name])[self.name]

	def check_decidable(self) -> None:
		# A form sends its own copy of the document along; what counts is the stored post.
		self.reload()
		self.check_permission("write")
		if self.grievance:
			frappe.throw(_("This post belongs to {0} already.").format(frappe.bold(self.grievance)))
		if self.state == "Removed":
			frappe.throw(_("The citizen took this post back; there is nothing left to decide."))


# All that the reports count of the posts received in a period, so that they read no row. MariaDB takes 3,072 bytes a key,
# four for each letter.
POSTS_RECEIVED = (
	*("received_at", "channel", "state", "decided_by_person", "grievance", "kind", "language", "confidence"),
	*("category", "department", "jurisdiction"),
)


def on_doctype_update() -> None:
	"""Indexes of what jobs and lists ask: the triage queue and the few new posts that wait; an account's latest posts.

	Both grow at their end: an index in which processed posts lie in the order of their hashed names would
	touch a page of its own for every post. The case stands in the queue's index, because who may see a post is asked
	of its case: the queue is counted without reading its posts.
	"""
	frappe.db.add_index("Citizen Post", ["state", "posted_at", "grievance"])
	frappe.db.add_index("Citizen Post", ["channel_account", "posted_at"])
	frappe.db.add_index("Citizen Post", list(POSTS_RECEIVED), "posts_received")

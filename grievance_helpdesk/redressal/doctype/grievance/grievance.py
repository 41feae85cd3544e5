import frappe
from frappe import _
from frappe.model.document import Document

from grievance_helpdesk.jurisdiction import routing
from grievance_helpdesk.jurisdiction.departments import department_in_force
from grievance_helpdesk.redressal import corrections, history, lifecycle, moment, workflow
from grievance_helpdesk.redressal.casework import guards
from grievance_helpdesk.redressal.escalation import agenda
from grievance_helpdesk.redressal.history import access
from grievance_helpdesk.redressal.problems import problem_key

PRIORITIES = ("Low", "Medium", "High", "Urgent")


class Grievance(Document):
	"""A citizen's problem and the officer who answers it."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from grievance_helpdesk.redressal.doctype.grievance_pause.grievance_pause import GrievancePause

		acknowledge_by: DF.Datetime | None
		acknowledged_at: DF.Datetime | None
		action_taken: DF.LongText | None
		also_about: DF.Data | None
		appeal_count: DF.Int
		assigned_on: DF.Datetime | None
		category: DF.Link | None
		channel: DF.Literal["X", "Facebook", "Email", "Counter"]
		channel_account: DF.Link | None
		citizen: DF.Link | None
		citizen_name: DF.Data | None
		citizen_wrote_again: DF.Check
		closed_at: DF.Datetime | None
		complaint_against: DF.Link | None
		confidence: DF.Percent
		confidential: DF.Check
		contact_email: DF.Data | None
		contact_phone: DF.Data | None
		department: DF.Link | None
		description: DF.LongText
		disputed_count: DF.Int
		district: DF.Link | None
		escalated_at: DF.Datetime | None
		escalated_to: DF.Link | None
		escalation_level: DF.Int
		evidence: DF.Attach | None
		expected_by: DF.Date | None
		feedback_at: DF.Datetime | None
		feedback_comment: DF.SmallText | None
		feedback_outcome: DF.Literal["", "Solved", "Not Solved", "No Answer"]
		grievance_type: DF.Literal["Grievance", "Suggestion"]
		history_count: DF.Int
		history_hash: DF.Data | None
		jurisdiction: DF.Link | None
		language: DF.Literal["", "en", "hi", "hi-Latn", "mixed"]
		last_message_at: DF.Datetime | None
		merged_into: DF.Link | None
		naming_series: DF.Literal["GRV-.YYYY.-.######"]
		needs_review: DF.Check
		next_check_at: DF.Datetime | None
		non_grievance_ground: DF.Link | None
		officer: DF.Link | None
		paused_since: DF.Datetime | None
		pauses: DF.Table[GrievancePause]
		permalink: DF.Data | None
		pin_code: DF.Data | None
		place_offer: DF.Data | None
		place_text: DF.Data | None
		possible_duplicate_of: DF.Link | None
		priority: DF.Literal["Low", "Medium", "High", "Urgent"]
		problem_key: DF.Data | None
		public_text: DF.LongText | None
		rating: DF.Literal["", "Excellent", "Very Good", "Good", "Average", "Poor"]
		received_at: DF.Datetime | None
		rejection_reply: DF.Text | None
		reopened_count: DF.Int
		resolution_breached: DF.Check
		resolution_limit: DF.Float
		resolution_step: DF.Int
		resolution_time: DF.Duration | None
		resolution_unit: DF.Data | None
		resolve_by: DF.Datetime | None
		resolved_at: DF.Datetime | None
		response_breached: DF.Check
		response_limit: DF.Float
		response_step: DF.Int
		response_time: DF.Duration | None
		response_unit: DF.Data | None
		review_reasons: DF.SmallText | None
		routing_code: DF.Data | None
		routing_reason: DF.SmallText | None
		routing_status: DF.Literal["Routed", "Unrouted"]
		scope_path: DF.Data | None
		service_calendar: DF.Link | None
		source_post: DF.Link | None
		status: DF.Literal["Open", "On Hold", "Resolved", "Closed", "Rejected", "Merged"]
		subject: DF.Data
		support_count: DF.Int
		tracking_key: DF.Data | None
		transfer_count: DF.Int
		triage_evidence: DF.Code | None
		urgent: DF.Check
		ward: DF.Data | None
		workflow_state: DF.Link | None
	# end: auto-generated types

	def before_insert(self) -> None:
		self.tracking_key = frappe.generate_hash(length=20)

	def before_validate(self) -> None:
		workflow.set_move_values(self)

	def validate(self) -> None:
		before = self.get_doc_before_save()
		workflow.check_status(self, before)
		if self.is_new():
			# Not in before_insert: what the clerk's role may not write is reset after it.
			self.received_at = self.received_at or moment.now()
		self.set_place()
		self.set_from_category()
		guards.check(self, before)
		self.set_officer()
		self.set_problem()
		lifecycle.before_save(self, before)
		agenda.schedule(self)

	def set_place(self) -> None:
		"""Copy district and scope path of the place; without a place the grievance belongs to the state."""
		if not self.jurisdiction:
			self.jurisdiction = frappe.get_cached_doc("Grievance Settings").state
		place = self.flags.pop("place", None)
		if self.jurisdiction and (not place or place.name != self.jurisdiction):
			place = frappe.get_cached_doc("Jurisdiction", self.jurisdiction)
		self.district = place.district if place else None
		self.scope_path = place.scope_path if place else ""
		self.flags.level = place.level if place else None

	def set_problem(self) -> None:
		"""What other citizens' posts are compared with: they join the same problem at the same narrow place."""
		self.problem_key = problem_key(
			self.category, self.jurisdiction, self.flags.level, self.place_text, self.ward
		)

	def set_from_category(self) -> None:
		if not self.category:
			return
		category = frappe.get_cached_doc("Grievance Category", self.category)
		if not self.department:
			self.department = category.department
		self.department = self.department and department_in_force(self.department)
		if category.confidential:
			self.confidential = 1
		if category.emergency:
			self.urgent = 1
		if self.urgent:
			self.priority = "Urgent"
		elif self.is_new() or self.has_value_changed("category"):
			# The category says how pressing such a case is at least; a person may set it higher.
			self.priority = max(self.priority, category.priority, key=PRIORITIES.index)

	def set_officer(self) -> None:
		"""Route when new, when place or department changed, when nobody was found, or the officer has left meanwhile."""
		again = self.flags.pop("route_again", False)
		if self.status in lifecycle.FINISHED:
			return
		before = self.get_doc_before_save()
		if before and before.status in lifecycle.FINISHED:
			again = again or routing.has_left(self.officer)
		moved = self.has_value_changed("scope_path") or self.has_value_changed("department")
		if (self.is_new() and self.officer) or (not self.is_new() and self.has_value_changed("officer")):
			self.note_chosen_officer()
		elif self.is_new() or moved or again or not self.officer:
			user = routing.route(self, roster=self.flags.roster).user
			self.flags.officer_user = user

	def note_chosen_officer(self) -> None:
		"""A person chose the officer (or took the choice away)."""
		self.routing_status = routing.ROUTED if self.officer else routing.UNROUTED
		self.routing_code = "CHOSEN_BY_PERSON"
		self.routing_reason = _("Chosen by {0}.").format(frappe.utils.get_fullname(frappe.session.user))
		self.assigned_on = moment.now() if self.officer else None

	def clear_cache(self) -> None:
		"""A document that an import just made is in no cache yet."""
		if not (self.flags.in_insert and self.flags.assign_later):
			super().clear_cache()

	def db_insert(self, *args, **kwargs) -> None:
		"""The row is written with the end of its history; an import writes the events of a batch together."""
		history.begin(self)
		super().db_insert(*args, **kwargs)
		if not self.flags.assign_later:
			history.write_registered([self])

	def db_update(self) -> None:
		history.keep_head(self)
		super().db_update()

	def on_trash(self) -> None:
		history.forget(self.name)
		# Numbers come again: the next case of this number must not inherit them.
		for name in frappe.get_all("Grievance Appeal", {"grievance": self.name}, pluck="name"):
			frappe.delete_doc(
				"Grievance Appeal", name, force=True, ignore_permissions=True, flags={"case_goes": True}
			)
		for doctype in ("Grievance Handler", "Escalation Problem"):
			frappe.db.delete(doctype, {"grievance": self.name})

	def apply_fieldlevel_read_permissions(self) -> None:
		"""Frappe calls it wherever a person gets the document: form, REST API, frappe.client."""
		super().apply_fieldlevel_read_permissions()
		access.note_opened(self)

	def before_print(self, settings=None) -> None:
		access.note_opened(self)

	def on_update(self) -> None:
		before = self.get_doc_before_save()
		access.note_written(self)
		workflow.note_move_done(self)
		history.record_changes(self, before)
		if before:
			corrections.keep_changes(self, before)
		lifecycle.after_save(self, before)

	@frappe.whitelist(methods=["POST"])
	def route_again(self) -> dict[str, str | None]:
		"""Ask the routing rule again, for example after a posting changed. Returns officer and reason."""
		self.check_permission("write")
		self.flags.route_again = True
		self.save()
		return {"officer": self.officer, "reason": self.routing_reason}


# One for each way that a list is asked for, newest first (docs/scope.md tells which query each answers).
INDEXES = (
	("status", "creation"),
	("district", "status", "creation"),
	("department", "district", "status", "creation"),
	("status", "scope_path"),
	("officer", "scope_path", "department"),
	("status", "officer"),
	# What the workspace counts and no other index answers: new ones
	("received_at", "status"),
)


# All that the reports count, so that they read one range of an index and no row: the active cases and those received in a
# period, and those finished in a period (redressal/reporting/cases.py). MariaDB takes 3,072 bytes a key, four for each letter.
FACTS = (
	*("district", "department", "category", "officer", "channel", "scope_path", "confidential"),
	"complaint_against",
	*("acknowledged_at", "response_breached", "response_time", "resolve_by", "resolution_breached"),
	*(
		"resolution_time",
		"reopened_count",
		"disputed_count",
		"escalation_level",
		"appeal_count",
		"feedback_outcome",
	),
)
COVERING_INDEXES = {
	# What the scope and a report's filters ask about a case, for whoever has its name: a post is counted without its case.
	"cases_in_scope": (
		*("name", "scope_path", "district", "department", "category"),
		*("officer", "confidential", "complaint_against"),
	),
	"cases_received": ("status", "received_at", *FACTS, "resolved_at"),
	"cases_finished": ("resolved_at", "status", *FACTS, "received_at"),
	# Emergencies lie scattered over the table; with the scope's fields beside them they are counted without reading them.
	"emergencies": (
		*("urgent", "status", "district", "department", "scope_path"),
		*("confidential", "officer", "complaint_against"),
	),
}


def on_doctype_update() -> None:
	for fields in INDEXES:
		frappe.db.add_index("Grievance", list(fields))
	for name, fields in COVERING_INDEXES.items():
		frappe.db.add_index("Grievance", list(fields), name)

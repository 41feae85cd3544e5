"""The DocTypes of Frappe itself that the app meets, with the fields that it may use.

One line a field: name, type (Data when left out), options, then marks: ``*`` mandatory, ``!`` unique, ``+`` indexed,
``=value`` default.
"""

from __future__ import annotations

DESCRIPTIONS = {
	"DocType": """prompt
		module; autoname; istable Check; issingle Check; is_tree Check; custom Check; title_field; search_fields""",
	"DocField": """hash child
		fieldname; fieldtype; label; options Small_Text; reqd Check; permlevel Int""",
	"Module Def": """field:module_name
		module_name * !; app_name""",
	"Role": """field:role_name
		role_name * !; disabled Check; desk_access Check =1; is_custom Check; two_factor_auth Check""",
	"Has Role": """hash child
		role Link:Role +""",
	"User": """controller:User
		enabled Check =1; email Data:Email *; first_name *; last_name; full_name; username !; language; time_zone;
		user_type =System_User; phone Data:Phone; mobile_no Data:Phone; user_image Attach; last_login Datetime;
		send_welcome_email Check =1; new_password Password; api_key Data ! ; api_secret Password;
		follow_created_documents Check; mute_sounds Check; roles Table:Has_Role""",
	"DocShare": """hash
		user Link:User +; share_doctype Link:DocType +; share_name Dynamic_Link:share_doctype +; read Check;
		write Check; share Check; everyone Check""",
	"Document Follow": """hash
		ref_doctype Link:DocType; ref_docname Dynamic_Link:ref_doctype +; user Link:User +""",
	"ToDo": """hash controller:ToDo
		status Select:Open|Closed|Cancelled =Open; priority Select:High|Medium|Low =Medium; date Date;
		allocated_to Link:User +; description Text_Editor *; reference_type Link:DocType;
		reference_name Dynamic_Link:reference_type +; assigned_by Link:User =__user; assignment_rule; role Link:Role""",
	"Comment": """hash
		comment_type =Comment; comment_email; comment_by; subject Small_Text; reference_doctype Link:DocType;
		reference_name Dynamic_Link:reference_doctype +; content HTML_Editor; seen Check; published Check""",
	"Version": """hash
		ref_doctype Link:DocType; docname +; data Code""",
	"File": """hash controller:File
		file_name; is_private Check; file_size Int; file_url Code; file_type; folder; is_folder Check;
		attached_to_doctype Link:DocType; attached_to_name +; attached_to_field; content_hash; old_parent""",
	"Communication": """hash
		subject Small_Text; communication_type =Communication; communication_medium =Email;
		sent_or_received Select:Sent|Received =Sent; sender; sender_full_name; recipients Code; cc Code; bcc Code;
		content Text_Editor; text_content Code; communication_date Datetime; email_account Link:Email_Account;
		message_id; in_reply_to Link:Communication; uid Int; unread_notification_sent Check; seen Check;
		reference_doctype Link:DocType; reference_name Dynamic_Link:reference_doctype +; status =Linked;
		has_attachment Check; email_status =Open; delivery_status""",
	"Email Account": """field:email_account_name controller:frappe.email.receive.EmailAccount
		email_account_name * !; email_id Data:Email *; enable_incoming Check; enable_outgoing Check;
		default_incoming Check; default_outgoing Check; append_to Link:DocType; password Password; email_server;
		incoming_port; use_imap Check; service; awaiting_password Check; email_sync_option =UNSEEN;
		initial_sync_count =250; imap_folder Table:IMAP_Folder""",
	"IMAP Folder": """hash child
		folder_name *; append_to Link:DocType; uidvalidity; uidnext""",
	"Error Log": """hash
		method; error Code; seen Check; reference_doctype Link:DocType; reference_name; trace_id""",
	"Scheduled Job Type": """hash
		method +; frequency; cron_format; last_execution Datetime; stopped Check""",
	"Scheduled Job Log": """hash
		scheduled_job_type +; status Select:Scheduled|Complete|Failed =Scheduled; details Code; started Datetime""",
	"Notification Log": """hash
		subject Text; for_user Link:User +; type; email_content Text_Editor; document_type Link:DocType;
		document_name Dynamic_Link:document_type; from_user Link:User; read Check""",
	"View Log": """hash
		viewed_by +; reference_doctype Link:DocType; reference_name Dynamic_Link:reference_doctype +""",
	"Deleted Document": """hash
		deleted_name; deleted_doctype; data Code; restored Check""",
	"Patch Log": """hash
		patch Code; skipped Check""",
	"Workflow State": """field:workflow_state_name
		workflow_state_name * !; icon; style""",
	"Workflow Action Master": """field:workflow_action_name
		workflow_action_name * !""",
	"Workflow": """field:workflow_name controller:frappe.core.workflows.Workflow
		workflow_name * !; document_type Link:DocType *; is_active Check; override_status Check; send_email_alert Check;
		states Table:Workflow_Document_State *; transitions Table:Workflow_Transition *;
		workflow_state_field * =workflow_state; workflow_data Code""",
	"Workflow Document State": """hash child
		state Link:Workflow_State *; doc_status Select:0|1|2 =0; update_field; update_value; allow_edit Link:Role *;
		message Text; next_action_email_template; is_optional_state Check; avoid_status_override Check;
		send_email Check =1; workflow_builder_id""",
	"Workflow Transition": """hash child
		state Link:Workflow_State *; action Link:Workflow_Action_Master *; next_state Link:Workflow_State *;
		allowed Link:Role *; allow_self_approval Check =1; condition Code; send_email_to_creator Check;
		workflow_builder_id""",
	"Workflow Action": """hash
		status Select:Open|Completed =Open; reference_name Dynamic_Link:reference_doctype +;
		reference_doctype Link:DocType; user Link:User; workflow_state; completed_by Link:User;
		completed_by_role Link:Role; permitted_roles Table_MultiSelect:Workflow_Action_Permitted_Role""",
	"Workflow Action Permitted Role": """hash child
		role Link:Role""",
	"Kanban Board": """field:kanban_board_name
		kanban_board_name * !; reference_doctype Link:DocType *; field_name *; columns Table:Kanban_Board_Column;
		filters Code; private Check; fields Code; show_labels Check""",
	"Kanban Board Column": """hash child
		column_name; status Select:Active|Archived =Active; indicator =Gray; order Code""",
	"System Settings": """single
		time_zone; language =en; country; disable_document_sharing Check; allow_error_traceback Check""",
}
TRACK_CHANGES = ("User", "Workflow")
PERMISSIONS = {
	"ToDo": [{"role": "All", "if_owner": 0, "read": 1, "write": 1, "create": 1, "report": 1}],
	"File": [{"role": "All", "if_owner": 1, "read": 1, "write": 1, "create": 1, "delete": 1}],
	"Workflow State": [{"role": "Desk User", "select": 1}],
	"Workflow Action": [{"role": "Desk User", "read": 1, "delete": 1}],
	"Kanban Board": [{"role": "Desk User", "read": 1}],
	"DocType": [{"role": "System Manager", "read": 1}, {"role": "All", "select": 1}],
	"User": [{"role": "All", "select": 1}, {"role": "All", "if_owner": 1, "read": 1, "write": 1}],
}


def describe() -> list[dict]:
	"""Every built-in DocType as its JSON would say it."""
	return [_describe(name, text) for name, text in DESCRIPTIONS.items()]


def _describe(name: str, text: str) -> dict:
	head, _newline, body = text.partition("\n")
	description = {"name": name, "module": "Core", "doctype": "DocType", "fields": []}
	for word in head.split():
		if word in ("child", "single"):
			description["is" + word.replace("child", "table")] = 1
		elif word.startswith("controller:"):
			path = word.partition(":")[2]
			description["controller"] = path if "." in path else f"frappe.core.controllers.{path}"
		else:
			description["autoname"] = word
	description["fields"] = [_field(part.split()) for part in body.split(";")]
	description["permissions"] = [
		{
			"role": "System Manager",
			**dict.fromkeys(("read", "write", "create", "delete", "report", "share"), 1),
		},
		*PERMISSIONS.get(name, []),
	]
	description["track_changes"] = int(name in TRACK_CHANGES)
	return description


def _field(words: list[str]) -> dict:
	field = {"fieldname": words[0], "fieldtype": "Data", "label": words[0].replace("_", " ").title()}
	for word in words[1:]:
		if word == "*":
			field["reqd"] = 1
		elif word == "!":
			field["unique"] = 1
		elif word == "+":
			field["search_index"] = 1
		elif word.startswith("="):
			field["default"] = word[1:] if word == "=__user" else word[1:].replace("_", " ")
		else:
			kind, _colon, options = word.partition(":")
			field["fieldtype"] = kind.replace("_", " ")
			options = options.replace("|", "\n")
			field["options"] = options if kind == "Dynamic_Link" else options.replace("_", " ")
	return field

from grievance_helpdesk.compatibility import OVERRIDES as _OVERRIDES  # Frappe reads every public name here

app_name = "grievance_helpdesk"
app_title = "Grievance Helpdesk"
app_publisher = "Grievance Helpdesk contributors"
app_description = (
	"Public grievances from X, Facebook and e-mail, from a citizen's post to the officer who answers"
)
app_email = "grievance-helpdesk@example.org"
app_license = "mit"

# Installation
after_install = "grievance_helpdesk.install.after_install"
after_migrate = "grievance_helpdesk.install.after_migrate"
before_uninstall = "grievance_helpdesk.uninstall.before_uninstall"
after_uninstall = "grievance_helpdesk.uninstall.after_uninstall"

fixtures = [
	{
		"dt": "Role",
		"filters": [
			[
				"name",
				"in",
				[
					"Grievance Administrator",
					"State Nodal Officer",
					"District Nodal Officer",
					"Department Officer",
					"Grievance Cell",
					"Grievance Auditor",
				],
			]
		],
	}
]

# Permissions: one rule, one query (jurisdiction/scope/__init__.py)
permission_query_conditions = {
	"Grievance": "grievance_helpdesk.jurisdiction.scope.grievance_conditions",
	"Citizen": "grievance_helpdesk.jurisdiction.scope.citizen_conditions",
	"Citizen Post": "grievance_helpdesk.jurisdiction.scope.citizen_post_conditions",
	"Triage Correction": "grievance_helpdesk.jurisdiction.scope.triage_correction_conditions",
	"Grievance Event": "grievance_helpdesk.jurisdiction.scope.grievance_event_conditions",
	"Grievance Handler": "grievance_helpdesk.jurisdiction.scope.grievance_handler_conditions",
	"Grievance Appeal": "grievance_helpdesk.jurisdiction.scope.grievance_appeal_conditions",
	"Escalation Problem": "grievance_helpdesk.jurisdiction.scope.escalation_problem_conditions",
	"Grievance Pause": "grievance_helpdesk.jurisdiction.scope.grievance_pause_conditions",
	"Citizen Identity": "grievance_helpdesk.jurisdiction.scope.citizen_identity_conditions",
	# Frappe's own records, where they refer to a case
	"Access Log": "grievance_helpdesk.jurisdiction.scope.references.access_log_conditions",
	"Activity Log": "grievance_helpdesk.jurisdiction.scope.references.activity_log_conditions",
	"Comment": "grievance_helpdesk.jurisdiction.scope.references.comment_conditions",
	"Communication": "grievance_helpdesk.jurisdiction.scope.references.communication_conditions",
	"Communication Link": "grievance_helpdesk.jurisdiction.scope.references.communication_link_conditions",
	"Deleted Document": "grievance_helpdesk.jurisdiction.scope.references.deleted_document_conditions",
	"DocShare": "grievance_helpdesk.jurisdiction.scope.references.docshare_conditions",
	"Document Follow": "grievance_helpdesk.jurisdiction.scope.references.document_follow_conditions",
	"Document Share Key": "grievance_helpdesk.jurisdiction.scope.references.document_share_key_conditions",
	"Email Queue": "grievance_helpdesk.jurisdiction.scope.references.email_queue_conditions",
	"Energy Point Log": "grievance_helpdesk.jurisdiction.scope.references.energy_point_log_conditions",
	"Event": "grievance_helpdesk.jurisdiction.scope.references.event_conditions",
	"Event Participants": "grievance_helpdesk.jurisdiction.scope.references.event_participants_conditions",
	"File": "grievance_helpdesk.jurisdiction.scope.references.file_conditions",
	"Milestone": "grievance_helpdesk.jurisdiction.scope.references.milestone_conditions",
	"Notification Log": "grievance_helpdesk.jurisdiction.scope.references.notification_log_conditions",
	"Reminder": "grievance_helpdesk.jurisdiction.scope.references.reminder_conditions",
	"Tag Link": "grievance_helpdesk.jurisdiction.scope.references.tag_link_conditions",
	"ToDo": "grievance_helpdesk.jurisdiction.scope.references.todo_conditions",
	"Version": "grievance_helpdesk.jurisdiction.scope.references.version_conditions",
	"View Log": "grievance_helpdesk.jurisdiction.scope.references.view_log_conditions",
	"Workflow Action": "grievance_helpdesk.jurisdiction.scope.references.workflow_action_conditions",
	"Prepared Report": "grievance_helpdesk.jurisdiction.scope.references.prepared_report_conditions",
}
has_permission = {
	"Grievance": "grievance_helpdesk.jurisdiction.scope.has_permission",
	"Citizen": "grievance_helpdesk.jurisdiction.scope.has_permission",
	"Citizen Post": "grievance_helpdesk.jurisdiction.scope.has_permission",
	"Triage Correction": "grievance_helpdesk.jurisdiction.scope.has_permission",
	"Grievance Event": "grievance_helpdesk.jurisdiction.scope.has_permission",
	"Grievance Handler": "grievance_helpdesk.jurisdiction.scope.has_permission",
	"Grievance Appeal": "grievance_helpdesk.jurisdiction.scope.has_permission",
	"Escalation Problem": "grievance_helpdesk.jurisdiction.scope.has_permission",
	"Access Log": "grievance_helpdesk.jurisdiction.scope.references.has_permission",
	"Activity Log": "grievance_helpdesk.jurisdiction.scope.references.has_permission",
	"Comment": "grievance_helpdesk.jurisdiction.scope.references.has_permission",
	"Communication": "grievance_helpdesk.jurisdiction.scope.references.has_permission",
	"Communication Link": "grievance_helpdesk.jurisdiction.scope.references.has_permission",
	"Deleted Document": "grievance_helpdesk.jurisdiction.scope.references.has_permission",
	"DocShare": "grievance_helpdesk.jurisdiction.scope.references.has_permission",
	"Document Follow": "grievance_helpdesk.jurisdiction.scope.references.has_permission",
	"Document Share Key": "grievance_helpdesk.jurisdiction.scope.references.has_permission",
	"Email Queue": "grievance_helpdesk.jurisdiction.scope.references.has_permission",
	"Energy Point Log": "grievance_helpdesk.jurisdiction.scope.references.has_permission",
	"Event": "grievance_helpdesk.jurisdiction.scope.references.has_permission",
	"Event Participants": "grievance_helpdesk.jurisdiction.scope.references.has_permission",
	"File": "grievance_helpdesk.jurisdiction.scope.references.has_permission",
	"Milestone": "grievance_helpdesk.jurisdiction.scope.references.has_permission",
	"Notification Log": "grievance_helpdesk.jurisdiction.scope.references.has_permission",
	"Reminder": "grievance_helpdesk.jurisdiction.scope.references.has_permission",
	"Tag Link": "grievance_helpdesk.jurisdiction.scope.references.has_permission",
	"ToDo": "grievance_helpdesk.jurisdiction.scope.references.has_permission",
	"Version": "grievance_helpdesk.jurisdiction.scope.references.has_permission",
	"View Log": "grievance_helpdesk.jurisdiction.scope.references.has_permission",
	"Workflow Action": "grievance_helpdesk.jurisdiction.scope.references.has_permission",
	"Prepared Report": "grievance_helpdesk.jurisdiction.scope.references.prepared_report_permission",
}

doc_events = {
	# Ways past the rule that Frappe's records would open
	"DocShare": {"validate": "grievance_helpdesk.jurisdiction.scope.withdrawal.check_share"},
	"ToDo": {
		"on_update": "grievance_helpdesk.jurisdiction.scope.withdrawal.take_share_of_closed_todo",
		"on_trash": "grievance_helpdesk.jurisdiction.scope.withdrawal.take_share_of_deleted_todo",
	},
	"Document Follow": {"validate": "grievance_helpdesk.jurisdiction.scope.withdrawal.check_follower"},
	"Notification Log": {"before_insert": "grievance_helpdesk.jurisdiction.scope.withdrawal.strip_notice"},
	"File": {"validate": "grievance_helpdesk.jurisdiction.scope.withdrawal.check_file"},
	"Report": {"validate": "grievance_helpdesk.jurisdiction.scope.report_checks.check_report"},
	"Custom Role": {"validate": "grievance_helpdesk.jurisdiction.scope.report_checks.check_custom_roles"},
	"Auto Email Report": {"validate": "grievance_helpdesk.jurisdiction.scope.report_checks.check_auto_email"},
	# A record that grievances link to and that can be renamed: their histories follow
	"Workflow State": {"after_rename": "grievance_helpdesk.redressal.history.renames.follow"},
	"Nodal Officer": {"after_rename": "grievance_helpdesk.redressal.history.renames.follow"},
	"Grievance Category": {"after_rename": "grievance_helpdesk.redressal.history.renames.follow"},
	"Grievance Department": {"after_rename": "grievance_helpdesk.redressal.history.renames.follow"},
	"Jurisdiction": {"after_rename": "grievance_helpdesk.redressal.history.renames.follow"},
	"Non-grievance Ground": {"after_rename": "grievance_helpdesk.redressal.history.renames.follow"},
	"Service Calendar": {"on_update": "grievance_helpdesk.redressal.clocks.recompute.calendar_changed"},
	"Workflow": {
		"validate": "grievance_helpdesk.redressal.workflow.check.check_workflow",
		"on_update": "grievance_helpdesk.redressal.workflow.board.follow_workflow",
		"on_trash": "grievance_helpdesk.redressal.workflow.check.check_deletion",
	},
	"Kanban Board": {"validate": "grievance_helpdesk.redressal.workflow.board.keep_no_names"},
}

# Methods of Frappe that ask nobody about the row, held for our DocTypes (docs/scope.md)
override_whitelisted_methods = {
	"frappe.client.get": "grievance_helpdesk.jurisdiction.scope.surfaces.get_document",
	"frappe.client.get_count": "grievance_helpdesk.jurisdiction.scope.surfaces.get_count",
	"frappe.client.validate_link": "grievance_helpdesk.jurisdiction.scope.surfaces.validate_link",
	"frappe.desk.doctype.dashboard_chart.dashboard_chart.get": "grievance_helpdesk.jurisdiction.scope.surfaces.get_chart",
	"frappe.desk.doctype.kanban_board.kanban_board.add_card": "grievance_helpdesk.redressal.workflow.board.add_card",
	"frappe.desk.doctype.kanban_board.kanban_board.update_order": "grievance_helpdesk.redressal.workflow.board.update_order",
	"frappe.desk.doctype.kanban_board.kanban_board.update_order_for_single_card": "grievance_helpdesk.redressal.workflow.board.update_order_for_single_card",
	"frappe.desk.doctype.tag.tag.add_tag": "grievance_helpdesk.jurisdiction.scope.surface_acts.add_tag",
	"frappe.desk.doctype.tag.tag.add_tags": "grievance_helpdesk.jurisdiction.scope.surface_acts.add_tags",
	"frappe.desk.doctype.tag.tag.remove_tag": "grievance_helpdesk.jurisdiction.scope.surface_acts.remove_tag",
	"frappe.desk.doctype.tag.tag.get_tagged_docs": "grievance_helpdesk.jurisdiction.scope.surfaces.get_tagged_docs",
	"frappe.desk.form.assign_to.add": "grievance_helpdesk.jurisdiction.scope.surface_acts.assign",
	"frappe.desk.form.assign_to.add_multiple": "grievance_helpdesk.jurisdiction.scope.surface_acts.assign_multiple",
	"frappe.desk.form.document_follow.get_follow_users": "grievance_helpdesk.jurisdiction.scope.surfaces.get_follow_users",
	"frappe.desk.form.linked_with.get": "grievance_helpdesk.jurisdiction.scope.surfaces.get_linked",
	"frappe.desk.like.toggle_like": "grievance_helpdesk.jurisdiction.scope.surface_acts.toggle_like",
	"frappe.desk.listview.get_group_by_count": "grievance_helpdesk.jurisdiction.scope.surfaces.get_group_by_count",
	"frappe.desk.notifications.get_open_count": "grievance_helpdesk.jurisdiction.scope.surfaces.get_open_count",
	"frappe.desk.search.get_link_title": "grievance_helpdesk.jurisdiction.scope.surfaces.get_link_title",
	"frappe.desk.search.search_link": "grievance_helpdesk.jurisdiction.scope.surfaces.search_link",
	"frappe.desk.search.search_widget": "grievance_helpdesk.jurisdiction.scope.surfaces.search_widget",
	"frappe.email.relink": "grievance_helpdesk.jurisdiction.scope.surface_acts.relink",
	"frappe.utils.global_search.search": "grievance_helpdesk.jurisdiction.scope.surfaces.global_search",
	"frappe.utils.goal.get_monthly_goal_graph_data": "grievance_helpdesk.jurisdiction.scope.surfaces.get_monthly_goal_graph_data",
	"frappe.workflow.doctype.workflow.workflow.get_workflow_state_count": "grievance_helpdesk.jurisdiction.scope.surfaces.get_workflow_state_count",
	**_OVERRIDES,
}
before_request = ["grievance_helpdesk.jurisdiction.scope.columns.refuse_columns_of_linked_cases"]

# What the print format of the Action Taken Report asks for
jinja = {"methods": ["grievance_helpdesk.redressal.letters.action_taken.action_taken_letter"]}

after_request = ["grievance_helpdesk.redressal.citizen_side.page.add_headers"]

extend_bootinfo = "grievance_helpdesk.jurisdiction.offices.add_to_boot"

# Scheduled jobs
scheduler_events = {
	"cron": {
		# Each tick only enqueues the accounts that are due; one job an account does the reading.
		"* * * * *": ["grievance_helpdesk.intake.schedule.enqueue_due_accounts"],
		"*/5 * * * *": [
			"grievance_helpdesk.intake.schedule.retry_posts",
			"grievance_helpdesk.redressal.escalation.sweep.run",
		],
	},
	"daily": ["grievance_helpdesk.intake.schedule.forget_old_signatures"],
	"hourly": ["grievance_helpdesk.redressal.escalation.sweep.find_unassigned"],
	"hourly_long": [
		"grievance_helpdesk.redressal.digest.sending.run",
		"grievance_helpdesk.redressal.meeting_pack.sending.run",
	],
	"monthly": ["grievance_helpdesk.jurisdiction.public_holidays.add_coming_years"],
	"daily_long": [
		"grievance_helpdesk.redressal.escalation.handover.run_due",
		"grievance_helpdesk.intake.learning.retrain",
		"grievance_helpdesk.intake.removals.enqueue",
	],
}

ignore_links_on_delete = ["Triage Correction", "Post Signature", "Grievance Event"]

export_python_type_annotations = True
require_type_annotated_api_methods = True

user_data_fields = [
	{
		"doctype": "Citizen",
		"filter_by": "email",
		"redact_fields": ["citizen_name", "phone", "email"],
		"partial": 1,
	},
]

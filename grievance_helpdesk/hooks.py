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

# Permissions: one rule, one query (jurisdiction/scope.py)
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
}

doc_events = {
	# A record that grievances link to and that can be renamed: their histories follow
	"Workflow State": {"after_rename": "grievance_helpdesk.redressal.renames.follow"},
	"Nodal Officer": {"after_rename": "grievance_helpdesk.redressal.renames.follow"},
	"Grievance Category": {"after_rename": "grievance_helpdesk.redressal.renames.follow"},
	"Grievance Department": {"after_rename": "grievance_helpdesk.redressal.renames.follow"},
	"Jurisdiction": {"after_rename": "grievance_helpdesk.redressal.renames.follow"},
	"Non-grievance Ground": {"after_rename": "grievance_helpdesk.redressal.renames.follow"},
	"Grievance": {
		"before_validate": "grievance_helpdesk.redressal.workflow.set_move_values",
		"on_update": "grievance_helpdesk.redressal.workflow.note_move_done",
	},
	"Workflow": {
		"validate": "grievance_helpdesk.redressal.workflow_check.check_workflow",
		"on_trash": "grievance_helpdesk.redressal.workflow_check.check_deletion",
	},
}

# Scheduled jobs
scheduler_events = {
	"cron": {
		# Each tick only enqueues the accounts that are due; one job an account does the reading.
		"* * * * *": ["grievance_helpdesk.intake.schedule.enqueue_due_accounts"],
		"*/5 * * * *": [
			"grievance_helpdesk.intake.schedule.retry_posts",
			"grievance_helpdesk.redressal.sweep.run",
		],
	},
	"daily": ["grievance_helpdesk.intake.schedule.forget_old_signatures"],
	"hourly": ["grievance_helpdesk.redressal.sweep.find_unassigned"],
	"daily_long": [
		"grievance_helpdesk.redressal.handover.run_due",
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

from frappe.model.document import Document


class ChannelAccount(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		access_token: DF.Password | None
		access_token_secret: DF.Password | None
		account_name: DF.Data
		api_key: DF.Password | None
		api_secret: DF.Password | None
		api_version: DF.Data | None
		app_secret: DF.Password | None
		auth_failures: DF.Int
		base_url: DF.Data | None
		bearer_token: DF.Password | None
		channel: DF.Literal["X", "Facebook", "Email"]
		consecutive_failures: DF.Int
		cursor_state: DF.Code | None
		daily_budget: DF.Float
		email_account: DF.Link | None
		enabled: DF.Check
		external_account_id: DF.Data | None
		gap_note: DF.SmallText | None
		handle: DF.Data | None
		health: DF.Literal["OK", "Degraded", "Needs Re-auth", "Out of Credit", "Paused"]
		health_reason: DF.SmallText | None
		hold_until: DF.Datetime | None
		last_run_at: DF.Datetime | None
		last_success_at: DF.Datetime | None
		lease_token: DF.Data | None
		lease_until: DF.Datetime | None
		look_back_hours: DF.Int
		max_pages_per_run: DF.Int
		newest_post_at: DF.Datetime | None
		next_run_at: DF.Datetime | None
		page_access_token: DF.Password | None
		page_limit: DF.Int
		poll_interval: DF.Int
		spent_on: DF.Date | None
		spent_today: DF.Float
		terms_accepted: DF.Check
	# end: auto-generated types

"""What the workspace asks: its shipped cards, charts and shortcuts, with their filters as the Desk evaluates them."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import frappe

import grievance_helpdesk
from grievance_helpdesk.jurisdiction import offices

APP = Path(grievance_helpdesk.__file__).parent


def shipped(kind: str) -> dict[str, dict]:
	"""The records of a kind that lie in the app, by name."""
	documents = (
		json.loads(file.read_text(encoding="utf-8")) for file in sorted(APP.glob(f"*/{kind}/*/*.json"))
	)
	return {document["name"]: document for document in documents}


def shortcuts() -> dict[str, dict]:
	"""Those that count, by label."""
	rows = (row for workspace in shipped("workspace").values() for row in workspace["shortcuts"])
	return {row["label"]: row for row in rows if row["type"] == "DocType"}


def own_offices() -> list[str]:
	boot = frappe._dict()
	offices.add_to_boot(boot)
	return boot.grievance_offices


def of_card(card: dict) -> list:
	"""The one expression that a card may hold is the boot's list of offices."""
	dynamic = json.loads(card["dynamic_filters_json"])
	assert {row[3] for row in dynamic} <= {"frappe.boot.grievance_offices"}
	return json.loads(card["filters_json"]) + [[*row[:3], own_offices()] for row in dynamic]


def of_shortcut(shortcut: dict, now: datetime) -> str:
	"""Two shortcuts hold JavaScript: the boot's list of offices, and the days since yesterday."""
	text = shortcut["stats_filter"].replace("frappe.boot.grievance_offices", json.dumps(own_offices()))
	today = "frappe.datetime.get_today()"
	for expression, days in ((f"frappe.datetime.add_days({today}, -1)", 1), (today, 0)):
		text = text.replace(expression, json.dumps(str((now - timedelta(days=days)).date())))
	return text

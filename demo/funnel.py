"""What became of the demo posts, read from the site: the funnel, and one record a post."""

from __future__ import annotations

import json
from collections import Counter

import frappe

FIELDS = (
	"name",
	"state",
	"grievance",
	"kind",
	"category",
	"department",
	"district",
	"place_text",
	"language",
	"urgent",
	"confidence",
	"needs_review",
	"duplicate_of",
	"same_problem_as",
	"triage_evidence",
)


def stored_posts() -> dict[str, frappe._dict]:
	"""Every Citizen Post by name, with the officer of its Grievance."""
	officers = dict(frappe.get_all("Grievance", fields=["name", "officer"], limit=0, as_list=True))
	rows = frappe.get_all("Citizen Post", fields=list(FIELDS), limit=0)
	for row in rows:
		row.officer = officers.get(row.grievance)
	return {row.name: row for row in rows}


def funnel(received: int) -> dict:
	"""Counts by outcome. ``received``: posts that the connectors yielded, repetitions included."""
	posts = frappe.get_all("Citizen Post", fields=["state", "needs_review", "problems"], limit=0)
	states = Counter(post.state for post in posts)
	cases = frappe.get_all("Grievance", fields=["district", "department", "officer", "urgent"], limit=0)
	routed = [case for case in cases if case.officer]
	return {
		"received": received,
		"stored": len(posts),
		"duplicates": received - len(posts),
		"not_grievances": states["Not a Grievance"] + states["Ignored"],
		"thread": states["Thread"],
		"support": states["Support"],
		"for_review": states["For Review"],
		"parked": states["Parked"],
		"waiting": states["New"],
		"grievances": len(cases),
		"emergencies": sum(case.urgent for case in cases),
		"routed": len(routed),
		"routed_by_district": _counts(case.district or "whole state" for case in routed),
		"routed_by_department": _counts(case.department or "none named" for case in routed),
		"unrouted": len(cases) - len(routed),
	}


def _counts(values) -> dict[str, int]:
	return dict(Counter(values).most_common())


def records(stored_as: dict[str, str]) -> list[dict]:
	"""One object a demo post: what triage and routing decided, and why. ``stored_as``: demo id -> Citizen Post."""
	posts = stored_posts()
	demo_id = {name: post_id for post_id, name in stored_as.items()}
	grievance_of = {post.grievance: name for name, post in posts.items() if post.state == "Grievance"}
	found = []
	for post_id, name in stored_as.items():
		post = posts.get(name)
		if post:
			supports = post.state == "Support" and not post.duplicate_of
			same_as = grievance_of.get(post.same_problem_as) if supports else None
			found.append(_record(post_id, post, demo_id.get(post.duplicate_of), demo_id.get(same_as)))
	return found


def _record(post_id: str, post, duplicate_of: str | None, same_problem_as: str | None) -> dict:
	evidence = json.loads(post.triage_evidence or "{}")
	fields = evidence.get("fields", {})
	return {
		"id": post_id,
		"is_grievance": post.kind == "grievance",
		"kind": post.kind,
		"category": post.category,
		"categories": evidence.get("categories", []),
		"also": evidence.get("also", []),
		"department": post.department,
		"district": post.district,
		"place": post.place_text or None,
		"language": post.language,
		"urgent": bool(post.urgent),
		"officer": post.officer,
		"state": post.state,
		"grievance": post.grievance,
		"confidence": round((post.confidence or 0) / 100, 4),
		"needs_review": bool(post.needs_review),
		"duplicate_of": duplicate_of,
		"same_problem_as": same_problem_as,
		"reasons": [
			f"{name}: {reason['text']}"
			for name, field in fields.items()
			for reason in field.get("reasons", ())
		],
	}

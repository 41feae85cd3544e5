"""Prints the demo's results as tables with bars."""

from __future__ import annotations

WIDTH = 40
STEPS = (
	("received", "posts yielded by the channels"),
	("duplicates", "seen before, stored once"),
	("stored", "stored raw"),
	("not_grievances", "not grievances (kept, searchable)"),
	("thread", "same citizen wrote again"),
	("support", "other citizens, same problem"),
	("for_review", "waiting in the triage queue"),
	("parked", "could not be processed"),
	("grievances", "grievances registered"),
	("emergencies", "… of these emergencies"),
	("routed", "… on an officer's desk"),
	("unrouted", "… in the Unrouted queue"),
)


def funnel(counts: dict) -> None:
	print("\nWhat became of the posts")
	for key, label in STEPS:
		print(_line(label, counts[key], counts["stored"]))
	for key, title in (("routed_by_district", "By district"), ("routed_by_department", "By department")):
		print(f"\n{title}")
		largest = max(counts[key].values(), default=1)
		for name, count in counts[key].items():
			print(_line(name, count, largest))


WEEK = (
	("grievances", "grievances"),
	("acknowledged", "acknowledged by an officer"),
	("acknowledged_late", "… after the limit"),
	("resolved", "resolved with an Action Taken text"),
	("overdue", "over the limit to resolve"),
	("escalated", "climbed the escalation ladder"),
	("appealed", "appeals filed, most by the missed limit itself"),
	("transferred", "transferred to another department"),
	("reopened", "reopened"),
	("disputed", "… because the citizen said: not solved"),
	("rejected", "not a grievance, with the ground"),
	("merged", "merged with the same problem"),
	("closed", "closed"),
	("on_hold_now", "waiting for the citizen now"),
	("open_now", "open now"),
)


def week(counts: dict) -> None:
	"""``counts`` is what :meth:`demo.week.Week.run` returns."""
	print("\nA week later")
	for key, label in WEEK:
		print(_line(label, counts[key], counts["grievances"]))
	print(
		f"  {counts['events']} events in the history, its chain {'holds' if counts['chain_holds'] else 'IS BROKEN'}"
	)


def _line(label: str, count: int, whole: int) -> str:
	bar = "█" * round(WIDTH * min(count / whole, 1)) if whole else ""
	return f"  {label:<48}{count:>5}  {bar}"


def quality(result: dict) -> None:
	"""``result`` is :meth:`demo.report.Report.as_dict`."""
	print(f"\nTriage against the labels beside the {result['posts']} posts")
	for field, share in result["accuracy"].items():
		print(f"  {field:<24}{share:>7.1%}  {'█' * round(WIDTH * share)}")
	print("\nCategories most often confused (label → triage)")
	for pair in result["confusions"].get("category (grievances)", ())[:12]:
		print(f"  {pair['label']:>9} → {pair['answer'] or 'none':<9} {pair['posts']}")

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


def _line(label: str, count: int, whole: int) -> str:
	bar = "█" * round(WIDTH * min(count / whole, 1)) if whole else ""
	return f"  {label:<36}{count:>5}  {bar}"


def quality(result: dict) -> None:
	"""``result`` is :meth:`demo.report.Report.as_dict`."""
	print(f"\nTriage against the labels beside the {result['posts']} posts")
	for field, share in result["accuracy"].items():
		print(f"  {field:<24}{share:>7.1%}  {'█' * round(WIDTH * share)}")
	print("\nCategories most often confused (label → triage)")
	for pair in result["confusions"].get("category (grievances)", ())[:12]:
		print(f"  {pair['label']:>9} → {pair['answer'] or 'none':<9} {pair['posts']}")

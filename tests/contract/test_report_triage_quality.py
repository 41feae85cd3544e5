"""Triage Quality agrees with a plain recount of posts and corrections."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from grievance_helpdesk.intake.report.triage_quality import triage_quality as report
from tests.contract import post_world, report_world

world, rolled_back = report_world.fixture_of(post_world.PostWorld, (41,)), report_world.rolled_back
FIELDS = ("kind", "category", "department", "jurisdiction")
PEOPLE = ("Grievance Administrator", "State Nodal Officer", "Grievance Cell", "Grievance Auditor")
CASE_KINDS = ("grievance", "suggestion")


def verdict(world, post, field: str) -> tuple[bool, str | None]:
	"""Whether triage named the field of this post, and what a person named in its place (None: it was right)."""
	if field == "kind":
		counts = bool(post.kind) and post.state in ("Grievance", "Support", "Not a Grievance")
		taken = post.state != "Not a Grievance"
		wrong = counts and post.decided_by_person and (post.kind in CASE_KINDS) != taken
		return counts, ("Grievance" if taken else "Not a Grievance") if wrong else None
	counts = bool(post[field]) and post.state == "Grievance"
	corrections = world.corrections.get(post.name, {})
	if not counts or field not in corrections or corrections[field] == post[field]:
		return counts, None
	return counts, corrections[field] or ""


def recount(world, user: str, group: str | None = None, days: int = 90, **chosen) -> dict:
	found: dict = {}
	for post in world.seen(user, days, **chosen):
		for field in FIELDS:
			named, instead = verdict(world, post, field)
			if named:
				key = (field, (post[group] or "Not Known") if group else "Not Known")
				sums = found.setdefault(key, {"named": 0, "automatic": 0, "wrong": 0, "right": [], "not": []})
				sums["named"] += 1
				sums["automatic"] += not post.decided_by_person
				sums["wrong"] += instead is not None
				sums["right" if instead is None else "not"].append(post.confidence)
	return found


def check(rows: list[dict], expected: dict) -> None:
	assert {(row["field"], row["group"]) for row in rows} == set(expected)
	for row in rows:
		sums = expected[row["field"], row["group"]]
		assert {name: row[name] for name in ("named", "automatic", "wrong")} == {
			name: sums[name] for name in ("named", "automatic", "wrong")
		}
		assert row["accuracy"] == round(100 * len(sums["right"]) / sums["named"], 1)
		for name, numbers in (("confidence_right", sums["right"]), ("confidence_wrong", sums["not"])):
			average = sum(numbers) / len(numbers) if numbers else None
			assert row[name] == (average if average is None else pytest.approx(average, abs=0.06))


@pytest.mark.parametrize("group", ["Field", "Channel", "Language"])
def test_it_agrees_for_everybody(site, world, as_user, group):
	for role in PEOPLE:
		user = report_world.OFFICERS[role]
		with as_user(user):
			rows = report.execute({"group_by": group})[1]
		expected = recount(world, user, None if group == "Field" else group.lower())
		check(rows, expected)
		assert sum(row["wrong"] for row in rows) > 20


@pytest.mark.parametrize(
	"chosen", [{"channel": "X"}, {"language": "hi"}, {"channel": "Email", "language": "en"}]
)
def test_it_agrees_for_a_filter_and_a_shorter_period(site, world, as_user, chosen):
	user = report_world.OFFICERS["Grievance Auditor"]
	period = {"from_date": str(world.now.date() - timedelta(days=49)), "to_date": str(world.now.date())}
	with as_user(user):
		rows = report.execute(period | chosen)[1]
	check(rows, recount(world, user, days=50, **chosen))


def test_confusions_agree(site, world, as_user):
	for role in PEOPLE:
		user = report_world.OFFICERS[role]
		with as_user(user):
			rows = report.execute({"show": "Confusions"})[1]
		expected: Counter = Counter()
		for post in world.seen(user, 90):
			for field in FIELDS:
				_named, instead = verdict(world, post, field)
				if instead is not None:
					expected[field, post[field], instead] += 1
		assert Counter(row["number"] for row in rows) == Counter(expected.values())
		assert [row["number"] for row in rows] == sorted(expected.values(), reverse=True)


def test_the_list_behind_a_wrong_kind_holds_its_posts(site, world, as_user):
	with as_user(report_world.OFFICERS["Grievance Auditor"]):
		rows = [
			row
			for row in report.execute({"show": "Confusions", "channel": "X"})[1]
			if row["list_of"] == "Citizen Post"
		]
		for row in rows:
			filters = [
				[field, *(value if isinstance(value, list) else ("=", value))]
				for field, value in row["list_filters"].items()
			]
			assert len(site.get_list("Citizen Post", filters=filters, limit_page_length=0)) == row["number"]
	assert rows


def test_the_target_stands_in_the_settings(site, world):
	settings = site.get_cached_doc("Grievance Settings")
	_columns, rows, _note, chart, *_rest = report.execute({})
	assert {row["target"] for row in rows} == {settings.target_accuracy}
	assert chart["data"]["yMarkers"][0]["value"] == settings.target_accuracy


@pytest.mark.parametrize("role", ["District Nodal Officer", "Department Officer"])
def test_it_is_for_the_state_only(site, world, as_user, role):
	from frappe.desk.query_report import run

	with as_user(report_world.OFFICERS[role]), pytest.raises(site.PermissionError):
		run("Triage Quality", {})


@pytest.mark.parametrize(
	"chosen, said",
	[
		({"show": "Everything"}, "Choose one of: Accuracy, Confusions"),
		({"language": "fr"}, "Language cannot be"),
		({"group_by": "Weather"}, "Choose one of: Field, Channel, Language"),
	],
)
def test_what_is_impossible_is_said_in_a_sentence(site, world, chosen, said):
	with pytest.raises(site.ValidationError) as refused:
		report.execute(chosen)
	assert said in str(refused.value)


@pytest.mark.parametrize("show", ["Accuracy", "Confusions"])
def test_nothing_is_said_in_a_sentence_without_a_chart(site, world, show):
	answer = report.execute({"channel": "Pigeon", "show": show})
	assert answer[1] == [] and answer[3] is None
	assert "period" in answer[2]

"""Channel Intake agrees with a plain recount of posts and cases, for officers of each role."""

from __future__ import annotations

from datetime import timedelta

import pytest

from grievance_helpdesk.intake.report.channel_intake import channel_intake as report
from tests.contract import post_world, report_world, scope_world

world, rolled_back = report_world.fixture_of(post_world.PostWorld, (31,)), report_world.rolled_back
POSTS = ("posts", "registered", "joined", "for_review", "set_aside", "parked", "unread", "ignored", "removed")
CASES = ("cases", "acknowledged", "resolved", "confirmed")
COUNTED_IN = {
	"Grievance": "registered",
	"Thread": "joined",
	"Support": "joined",
	"For Review": "for_review",
	"Not a Grievance": "set_aside",
	"Parked": "parked",
	"New": "unread",
	"Ignored": "ignored",
	"Removed": "removed",
}
DECIDED = ("Grievance", "Thread", "Support", "Not a Grievance")


def recount(world, user: str, group: str, days: int = 30, **chosen) -> dict:
	"""(day or channel or both) → numbers."""
	found: dict = {}

	def group_of(row) -> dict:
		day = row.received_at.date()
		day -= timedelta(days=day.weekday() if group == "Week" else 0)
		key = {"Channel": (row.channel,), "Day and Channel": (day, row.channel)}.get(group, (day,))
		return found.setdefault(key, dict.fromkeys((*POSTS, *CASES, "decided", "automatic"), 0))

	for post in world.seen(user, days, **chosen):
		numbers = group_of(post)
		numbers["posts"] += 1
		numbers[COUNTED_IN[post.state]] += 1
		numbers["decided"] += post.state in DECIDED
		numbers["automatic"] += post.state in DECIDED and not post.decided_by_person
	last = world.now.date()
	for row in world.cases.received(user, last - timedelta(days=days - 1), last, **chosen):
		numbers = group_of(row)
		numbers["cases"] += 1
		numbers["acknowledged"] += row.acknowledged_at is not None
		numbers["resolved"] += row.status in ("Resolved", "Closed")
		numbers["confirmed"] += row.feedback_outcome == "Solved"
	return found


def check(rows: list[dict], expected: dict) -> None:
	named = [row for row in rows if not row.get("bold")]
	values = [expected[key] for key in sorted(expected)]
	names = (*POSTS, *CASES, "decided", "automatic")
	assert [{name: row[name] for name in names} for row in named] == values
	for row in rows:
		percent = round(100 * row["automatic"] / row["decided"], 1) if row["decided"] else None
		assert row["automatic_share"] == percent
	if len(named) > 1:
		for name in names:
			assert rows[-1][name] == sum(row[name] for row in named)


@pytest.mark.parametrize("group", ["Day", "Week", "Channel", "Day and Channel"])
def test_it_agrees_for_everybody(site, world, as_user, group):
	seen = set()
	for user in world.cases.people():
		with as_user(user):
			rows = report.execute({"group_by": group})[1]
		expected = recount(world, user, group)
		check(rows, expected)
		seen.add(sum(numbers["posts"] for numbers in expected.values()))
	assert len(seen) > 3, "the officers must see different numbers of posts"


def test_it_agrees_for_a_channel_and_a_longer_period(site, world, as_user):
	period = {"from_date": str(world.now.date() - timedelta(days=89)), "to_date": str(world.now.date())}
	for user in world.cases.people():
		with as_user(user):
			rows = report.execute(period | {"channel": "X", "group_by": "Week"})[1]
		check(rows, recount(world, user, "Week", 90, channel="X"))


def test_it_agrees_for_a_district(site, world, as_user):
	for user in world.cases.people():
		for district in world.cases.districts_of(user)[:2]:
			with as_user(user):
				columns, rows, note, *_rest = report.execute({"district": district, "group_by": "Channel"})
			check(rows, recount(world, user, "Channel", district=district))
			if rows:
				assert "belong to the grievances" in note
			drills = {column["fieldname"]: column.get("drill") for column in columns}
			assert drills["posts"] is None and drills["cases"] is not None


def test_a_grievance_of_the_counter_has_a_row_without_posts(site, world):
	rows = {row["channel"]: row for row in report.execute({"group_by": "Channel"})[1]}
	assert rows["Counter"]["posts"] == 0 < rows["Counter"]["cases"]
	assert rows["X"]["posts"] > 0


@pytest.mark.parametrize("group", ["Day", "Week", "Channel", "Day and Channel"])
def test_the_list_behind_a_number_holds_as_many(site, world, as_user, group):
	"""For a state-wide officer who may not see confidential cases, and for a district officer."""
	for role in ("Grievance Auditor", "District Nodal Officer"):
		with as_user(report_world.OFFICERS[role]):
			columns, rows, *_rest = report.execute({"group_by": group})
			checked = 0
			for column in columns:
				for row in rows[:6] if "drill" in column else ():
					filters = column["drill"] | row.get("list_filters", {})
					found = site.get_list(
						column.get("drill_to", "Grievance"), filters=_as_filters(filters), limit_page_length=0
					)
					assert len(found) == row[column["fieldname"]], (role, column["fieldname"], filters)
					checked += len(found)
		assert checked > 0


def _as_filters(filters: dict) -> list[list]:
	return [
		[field, *(value if isinstance(value, list) else ("=", value))] for field, value in filters.items()
	]


def test_an_unknown_grouping_is_answered_with_a_sentence(site, world):
	with pytest.raises(site.ValidationError, match="Choose one of: Day, Week, Channel, Day and Channel"):
		report.execute({"group_by": "Hour"})


def test_nothing_is_said_in_a_sentence_without_a_chart(site, world):
	answer = report.execute({"channel": "Pigeon"})
	assert answer[1] == [] and answer[3] is None
	assert "No post and no grievance" in answer[2]


def test_what_a_person_decides_in_the_queue_is_marked(site, world, as_user):
	waiting = next(post for post in world.posts.values() if post.state == "For Review")
	site.get_doc("Citizen Post", waiting.name).not_a_grievance(_ground(site))
	assert site.db.get_value("Citizen Post", waiting.name, "decided_by_person") == 1


def _ground(site) -> str:
	return site.get_all("Non-grievance Ground", pluck="name", limit=1)[0]


def test_the_roles_of_the_scope_are_the_ones_that_see_posts_without_a_case(site, world, as_user):
	for role in scope_world.ROLES:
		with as_user(report_world.OFFICERS[role]):
			rows = report.execute({"group_by": "Channel"})[1]
		assert bool(sum(row["for_review"] for row in rows)) == (role in scope_world.STATE_WIDE), role

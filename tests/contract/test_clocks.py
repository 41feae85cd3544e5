"""The clocks of a grievance on the site: which limits and calendar hold, and what moves a due date."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from grievance_helpdesk.redressal import clocks, history, moment, registration
from grievance_helpdesk.redressal.clocks import recompute
from grievance_helpdesk.redressal.escalation import agenda
from tests.contract import records

FRIDAY = datetime(2026, 11, 20, 15)
MONDAY = FRIDAY + timedelta(days=3)
OFFICE, CONTROL_ROOM = "Contract Office", "Contract Control Room"


@pytest.fixture
def calendars(site):
	"""The office works Monday to Friday from 9 to 17, the control room always."""
	week = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
	calendar(site, OFFICE, week, "09:00:00", "17:00:00")
	calendar(site, CONTROL_ROOM, (*week, "Saturday", "Sunday"), "00:00:00", "00:00:00")
	limits = {"response_limit": 4, "response_unit": "Working Hours", "resolution_limit": 5}
	configure(site, service_calendar=OFFICE, resolution_unit="Working Days", priority_limits=[], **limits)
	records.department("CLK-OFF").insert()
	records.department("CLK-CTL", service_calendar=CONTROL_ROOM).insert()


def calendar(site, name: str, week: tuple[str, ...], begin: str, end: str):
	hours = [{"weekday": day, "from_time": begin, "to_time": end} for day in week]
	fields = {"doctype": "Service Calendar", "calendar_name": name, "country": None, "hours": hours}
	return site.get_doc(fields).insert()


def configure(site, **values) -> None:
	settings = site.get_single("Grievance Settings")
	settings.update(values)
	settings.save()


def category(code: str, **values):
	return records.category(code, department="CLK-OFF", priority="Medium", **values).insert()


def case(received_at: datetime = FRIDAY, **values):
	with moment.fixed(received_at):
		return records.grievance(**{"department": "CLK-OFF", **values}).insert()


def change(doc, now: datetime = MONDAY, **values):
	with moment.fixed(now):
		doc.reload()
		doc.update(values)
		return doc.save()


def dues(doc) -> tuple[datetime | None, datetime | None]:
	return doc.acknowledge_by, doc.resolve_by


def test_a_case_without_limits_of_its_own_has_those_of_the_settings(calendars) -> None:
	doc = case()
	assert (doc.service_calendar, doc.received_at) == (OFFICE, FRIDAY)
	assert dues(doc) == (datetime(2026, 11, 23, 11), datetime(2026, 11, 27, 15))
	doc.reload()
	assert dues(doc) == (datetime(2026, 11, 23, 11), datetime(2026, 11, 27, 15))
	assert (doc.response_limit, doc.response_unit) == (4, "Working Hours")


def test_each_clock_takes_the_nearest_limit(site, calendars) -> None:
	urgent = {"priority": "Urgent", "resolution_limit": 2, "resolution_unit": "Hours"}
	high = {"priority": "High", "response_limit": 30, "response_unit": "Hours"}
	low = {"priority": "Low", "response_limit": 2, "response_unit": "Days"}
	category("CLK-CAT", resolution_limit=96, resolution_unit="Hours", priority_limits=[urgent])
	configure(site, priority_limits=[high, low])
	medium = case(category="CLK-CAT")
	assert dues(medium) == (datetime(2026, 11, 23, 11), FRIDAY + timedelta(hours=96))
	assert dues(case(category="CLK-CAT", priority="Urgent"))[1] == FRIDAY + timedelta(hours=2)
	raised = case(category="CLK-CAT", priority="High")
	assert dues(raised) == (FRIDAY + timedelta(hours=30), FRIDAY + timedelta(hours=96))
	assert dues(case(priority="Low"))[0] == FRIDAY + timedelta(days=2)


def test_where_no_limit_is_set_nothing_is_due(site, calendars) -> None:
	configure(site, response_limit=0, resolution_limit=0)
	doc = case()
	assert (dues(doc), doc.next_check_at) == ((None, None), None)


def test_a_department_with_its_own_calendar_is_judged_by_it(calendars) -> None:
	assert dues(case(department="CLK-CTL"))[0] == FRIDAY + timedelta(hours=4)


def test_where_no_calendar_is_named_every_hour_counts(site, calendars) -> None:
	site.db.set_single_value("Grievance Settings", "service_calendar", None)
	assert dues(case()) == (FRIDAY + timedelta(hours=4), FRIDAY + timedelta(days=5))


def test_a_legal_limit_that_changes_does_not_touch_old_cases(site, calendars) -> None:
	rule = category("CLK-LAW", resolution_limit=10, resolution_unit="Days", basis="Law", citation="Act 1")
	old = case(category="CLK-LAW")
	rule.update({"resolution_limit": 3, "citation": "Act 2"})
	rule.save()
	change(old, subject="Contract: still no water")
	assert (old.resolve_by, old.resolution_limit) == (FRIDAY + timedelta(days=10), 10)
	assert case(category="CLK-LAW").resolve_by == FRIDAY + timedelta(days=3)


def test_another_category_counts_its_limits_from_the_day_of_receipt(calendars) -> None:
	category("CLK-LONG", resolution_limit=10, resolution_unit="Days")
	category("CLK-SHORT", resolution_limit=2, resolution_unit="Hours")
	doc = change(case(category="CLK-LONG"), category="CLK-SHORT")
	assert doc.resolve_by == FRIDAY + timedelta(hours=2)
	assert doc.next_check_at < MONDAY


def test_another_priority_and_another_department_count(site, calendars) -> None:
	urgent = {"priority": "Urgent", "resolution_limit": 1, "resolution_unit": "Working Days"}
	configure(site, priority_limits=[urgent])
	doc = change(case(), priority="Urgent")
	assert doc.resolve_by == MONDAY
	doc.flags.transfer = True
	doc.update({"department": "CLK-CTL"})
	clocks.refresh(doc)
	assert (doc.service_calendar, doc.resolve_by) == (CONTROL_ROOM, FRIDAY + timedelta(days=1))


def test_a_longer_limit_takes_warnings_and_the_breach_back(calendars) -> None:
	category("CLK-LONG", resolution_limit=20, resolution_unit="Days")
	category("CLK-SHORT", resolution_limit=2, resolution_unit="Hours")
	doc = case(category="CLK-SHORT")
	doc.db_set({"resolution_breached": 1, "resolution_step": 100, "response_step": 50})
	change(doc, category="CLK-LONG")
	assert (doc.resolution_breached, doc.resolution_step) == (0, 0)
	# The limit to acknowledge stayed the same and is used up.
	assert doc.response_step == 50
	assert change(doc, category="CLK-SHORT").resolution_breached == 0


def test_a_pause_stops_both_clocks(calendars) -> None:
	doc = case()
	noon = datetime(2026, 11, 20, 16)
	clocks.pause(doc, noon, "Which house?")
	assert (dues(doc), doc.paused_since) == ((None, None), noon)
	clocks.pause(doc, noon + timedelta(hours=1), "Again")
	assert [(row.paused_at, row.reason) for row in doc.pauses] == [(noon, "Which house?")]
	agenda.schedule(doc)
	assert doc.next_check_at is None
	clocks.resume(doc, datetime(2026, 11, 24, 10))
	assert dues(doc) == (datetime(2026, 11, 24, 13), datetime(2026, 11, 30, 17))
	assert doc.paused_since is None
	assert doc.pauses[0].resumed_at == datetime(2026, 11, 24, 10)


def test_what_was_acknowledged_is_not_moved_by_a_later_pause(calendars) -> None:
	doc = case()
	by = doc.acknowledge_by
	clocks.acknowledge(doc, MONDAY.replace(hour=9))
	clocks.acknowledge(doc, MONDAY)
	clocks.pause(doc, MONDAY.replace(hour=10))
	assert (doc.acknowledged_at, doc.acknowledge_by) == (MONDAY.replace(hour=9), by)
	assert doc.response_breached == 0


@pytest.mark.parametrize("second, late", [(0, 0), (1, 1)])
def test_the_last_second_is_in_time(calendars, second: int, late: int) -> None:
	doc = case()
	clocks.acknowledge(doc, doc.acknowledge_by + timedelta(seconds=second))
	clocks.stop(doc, doc.resolve_by + timedelta(seconds=second))
	assert (doc.response_breached, doc.resolution_breached) == (late, late)


def test_stopping_ends_a_pause_and_counts_once(calendars) -> None:
	doc = case()
	clocks.pause(doc, datetime(2026, 11, 20, 16))
	clocks.stop(doc, MONDAY)
	clocks.stop(doc, MONDAY + timedelta(days=9))
	assert (doc.resolved_at, doc.paused_since, doc.pauses[0].resumed_at) == (MONDAY, None, MONDAY)
	assert doc.resolve_by == datetime(2026, 11, 30, 14)


def test_reopening_goes_on_with_what_was_left(calendars) -> None:
	doc = case()
	clocks.stop(doc, datetime(2026, 11, 24, 17))
	doc.status = "Resolved"
	agenda.schedule(doc)
	assert doc.next_check_at == datetime(2026, 12, 1, 17)
	doc.status = "Open"
	clocks.reopen(doc, datetime(2026, 12, 1, 12))
	# Two and a quarter days were used; the rest begins at noon.
	assert (doc.resolved_at, doc.resolve_by) == (None, datetime(2026, 12, 4, 10))
	assert [(row.paused_at, row.resumed_at) for row in doc.pauses] == [
		(datetime(2026, 11, 24, 17), datetime(2026, 12, 1, 12))
	]


def test_the_agenda_names_each_warning_and_the_missed_limit(calendars) -> None:
	doc = case(received_at=datetime(2026, 11, 23, 9))
	doc.acknowledged_at = doc.received_at
	expected = {
		0: datetime(2026, 11, 25, 13),
		50: datetime(2026, 11, 26, 17),
		80: datetime(2026, 11, 27, 17, 0, 1),
	}
	for step, at in expected.items():
		doc.resolution_step = step
		with moment.fixed(doc.received_at):
			agenda.schedule(doc)
		assert doc.next_check_at == at
	clock = clocks.clock_of(doc, "resolution")
	reached = [clocks.step_reached(clock, at) for at in expected.values()]
	assert reached == [50, 80, 100]
	assert clocks.step_reached(clock, doc.resolve_by) == 80


def test_a_case_under_appeal_waits_for_the_order_and_is_not_closed_by_silence(site, calendars) -> None:
	doc = case()
	due = datetime(2026, 12, 20, 17)
	fields = {"doctype": "Grievance Appeal", "grievance": doc.name, "appeal_level": 1, "status": "Pending"}
	site.get_doc(fields | {"filed_at": MONDAY, "due_by": due, "reason": "Not done"}).db_insert()
	doc.update({"status": "Resolved", "resolved_at": MONDAY, "appeal_count": 1})
	agenda.schedule(doc)
	assert doc.next_check_at == due


def test_a_changed_calendar_moves_open_cases_and_says_so_in_their_history(site, calendars) -> None:
	doc, stopped = case(), case()
	stopped.db_set({"status": "Resolved", "resolved_at": MONDAY})
	office = site.get_doc("Service Calendar", OFFICE)
	office.append("holidays", {"holiday_date": "2026-11-24"})
	office.save()
	with moment.fixed(MONDAY):
		assert recompute.of_calendar(OFFICE) == 1
	modified = doc.modified
	doc.reload()
	assert dues(doc) == (datetime(2026, 11, 23, 11), datetime(2026, 11, 30, 15))
	assert (doc.next_check_at, str(doc.modified)) == (MONDAY, str(modified))
	assert history.verify([doc.name]) == []
	notes = site.get_all("Grievance Event", {"grievance": doc.name}, pluck="note", order_by="sequence desc")
	assert notes[0] == f"The calendar {OFFICE} changed."
	assert stopped.reload().resolve_by == datetime(2026, 11, 27, 15)
	assert recompute.of_calendar(OFFICE) == 0


def test_only_other_hours_or_holidays_send_the_job(site, calendars, monkeypatch) -> None:
	sent = []
	monkeypatch.setattr(site, "enqueue", lambda method, **values: sent.append(values["calendar"]))
	office = site.get_doc("Service Calendar", OFFICE)
	office.save()
	assert sent == []
	office.hours[0].to_time = "18:00:00"
	office.save()
	assert sent == [OFFICE]


def test_a_priority_that_support_raises_sets_its_limits(site, calendars) -> None:
	high = {"priority": "High", "resolution_limit": 1, "resolution_unit": "Days"}
	configure(site, priority_limits=[high], priority_high_at=3)
	doc = case()
	registration.add_supports({doc.name: 1})
	assert doc.reload().resolve_by == datetime(2026, 11, 27, 15)
	registration.add_supports({doc.name: 1})
	doc.reload()
	assert (doc.priority, doc.resolve_by) == ("High", FRIDAY + timedelta(days=1))
	assert history.verify([doc.name]) == []


@pytest.mark.parametrize(
	"values, message",
	[
		({"resolution_unit": ""}, "Resolve Within needs a unit: hours or days, working or calendar."),
		({"response_limit": -1}, "Acknowledge Within cannot be negative."),
		({"appeal_limit": 9000}, "Appeals Are Decided Within may be 2500 Working Days at most."),
		({"priority_limits": [{"priority": "High"}]}, "Row 1: enter a limit for the priority"),
		(
			{"priority_limits": [{"priority": "High", "response_limit": 3}]},
			"Row 1: Acknowledge Within needs a unit",
		),
		({"second_warning": 40}, "Second Warning comes later than First Warning: enter a larger percentage"),
		({"first_warning": 140, "second_warning": 150}, "First Warning lies between 0 and 100 percent."),
		(
			{"service_calendar": None},
			"Choose a Service Calendar: without one, nights and holidays would count",
		),
		({"reopen_days": -1}, "cannot be negative. Enter 0 or more."),
	],
)
def test_the_settings_refuse_what_no_clock_can_run_by(site, calendars, values: dict, message: str) -> None:
	with pytest.raises(site.ValidationError) as refused:
		configure(site, **values)
	assert message in str(refused.value)


def test_a_category_refuses_two_rows_for_one_priority(site, calendars) -> None:
	row = {"priority": "High", "response_limit": 1, "response_unit": "Hours"}
	with pytest.raises(
		site.ValidationError, match=r"Row 2: the priority .*High.* has its limits in a row above"
	):
		category("CLK-TWO", priority_limits=[row, row])

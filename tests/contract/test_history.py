"""The history of a grievance: what is written when, that nobody can change it, and how it reads."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import datetime

import pytest

from grievance_helpdesk.patches.v1_0 import begin_histories
from grievance_helpdesk.redressal import history, moment, registration
from grievance_helpdesk.redressal.history import events
from tests.contract import offices, records

NOON = datetime(2026, 3, 2, 12, 0)


@pytest.fixture
def staff(site) -> offices.Staff:
	return offices.make()


def clean(*names: str) -> bool:
	"""Whether the histories of these pass the check."""
	return not history.verify(names)


def test_a_new_case_begins_with_what_it_is(site, staff):
	with moment.fixed(NOON):
		doc = offices.case(officer="CW-ULB")
	event = offices.event_of(doc.name, events.REGISTERED)
	assert (event.name, event.sequence, event.at, event.is_public) == (f"{doc.name}-1", 1, NOON, 1)
	changes = history.chain.changes_of(event)
	assert changes["officer"] == [None, "CW-ULB"] and changes["status"] == [None, "Open"]
	assert changes["channel"] == [None, "Counter"]
	assert "action_taken" not in changes
	assert clean(doc.name)


def test_a_save_leaves_one_event_with_the_audited_fields_that_changed(site, staff):
	doc = offices.case()
	doc.ward = "7"
	doc.save()
	assert offices.events_of(doc.name) == [events.REGISTERED]
	doc.update({"ward": "8", "priority": "High"})
	doc.save()
	changes = history.chain.changes_of(offices.event_of(doc.name, events.CORRECTED))
	assert changes["priority"] == ["Medium", "High"] and "ward" not in changes
	doc.officer = "CW-HISAR"
	doc.save()
	assert offices.events_of(doc.name)[2:] == [events.ASSIGNED]
	assert clean(doc.name)


def test_whoever_saves_can_say_what_it_was(site, staff):
	doc = offices.case(officer="CW-ULB")
	doc.flags.update(
		history_event=events.TRANSFERRED,
		history_note="Not our road",
		history_officer="CW-ULB",
		history_public=False,
	)
	doc.officer = "CW-PHED"
	doc.save()
	event = offices.event_of(doc.name, events.TRANSFERRED)
	assert (event.note, event.officer, event.is_public) == ("Not our road", "CW-ULB", 0)
	doc.save()
	assert len(offices.events_of(doc.name)) == 2


def test_a_stale_copy_does_not_bring_back_an_old_end(site, staff):
	doc = offices.case()
	history.record(doc.name, events.WARNING, note="50 %")
	doc.priority = "High"
	doc.save()
	assert offices.events_of(doc.name) == [events.REGISTERED, events.WARNING, events.CORRECTED]
	assert doc.history_count == 3
	assert clean(doc.name)


def test_an_officer_cannot_write_the_end_of_the_history(site, staff, as_user):
	doc = offices.case()
	with as_user(staff.hisar):
		mine = offices.fresh(doc.name)
		mine.update({"history_count": 77, "history_hash": "0" * 64, "priority": "High"})
		mine.save()
	assert site.db.get_value("Grievance", doc.name, "history_count") == 2
	assert clean(doc.name)


def test_many_events_at_once_keep_their_order(site, staff):
	one, other = offices.case(), offices.case()
	before = site.db.get_value("Grievance", one.name, "modified")
	history.record_many(
		[
			history.Entry(one.name, events.WARNING, at=NOON),
			history.Entry(other.name, events.BREACHED),
			history.Entry(one.name, events.BREACHED, changes={"escalation_level": [0, 0]}),
		]
	)
	assert offices.events_of(one.name) == [events.REGISTERED, events.WARNING, events.BREACHED]
	assert offices.events_of(other.name) == [events.REGISTERED, events.BREACHED]
	assert offices.event_of(one.name, events.WARNING).at == NOON
	assert offices.event_of(one.name, events.BREACHED).changes is None
	assert site.db.get_value("Grievance", one.name, "modified") == before
	assert clean(one.name, other.name)
	history.record_many([])


def test_a_case_that_does_not_exist_is_refused_by_name(site):
	with pytest.raises(site.DoesNotExistError, match="no grievance GRV-0000"):
		history.record("GRV-0000", events.WARNING)
	with pytest.raises(site.DoesNotExistError, match="no grievance GRV-0000"):
		history.record_many([history.Entry("GRV-0000", events.WARNING)])


def test_a_batch_is_registered_supported_and_written_to(site, staff):
	offices.settings(priority_high_at=3, priority_urgent_at=0)
	registrar = registration.Registrar()
	values = {
		"subject": "Dogs",
		"description": "Dogs",
		"channel": "X",
		"category": "ANI",
		"jurisdiction": "Hisar",
	}
	first, second = registrar.register(values), registrar.register(values)
	registration.add_message(first.name, "A citizen", "Still there", "The citizen wrote again")
	registrar.finish()
	registration.add_supports({second.name: 2})
	assert offices.events_of(first.name) == [events.REGISTERED, events.CITIZEN_WROTE]
	assert offices.events_of(second.name) == [events.REGISTERED, events.SUPPORTED]
	changes = history.chain.changes_of(offices.event_of(second.name, events.SUPPORTED))
	assert changes == {"support_count": [0, 2], "priority": ["Medium", "High"]}
	assert clean(first.name, second.name)


# Nobody changes it

ATTEMPTS = {
	"change": lambda site, event: site.get_doc("Grievance Event", event.name).update({"note": "x"}).save(),
	"change past validation": lambda site, event: _unchecked(site.get_doc("Grievance Event", event.name)),
	"set one value": lambda site, event: site.get_doc("Grievance Event", event.name).db_set("note", "x"),
	"client": lambda site, event: site.get_attr("frappe.client.set_value")(
		"Grievance Event", event.name, "note", "x"
	),
	"delete": lambda site, event: site.delete_doc("Grievance Event", event.name, force=True),
	"add": lambda site, event: site.get_doc(event.as_dict() | {"name": None, "sequence": 9}).insert(),
}


def _unchecked(event) -> None:
	event.flags.update(ignore_validate=True, ignore_permissions=True)
	event.save()


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_nobody_changes_an_event_through_documents_not_even_the_administrator(site, staff, attempt: str):
	event = offices.event_of(offices.case().name, events.REGISTERED)
	with pytest.raises(site.PermissionError, match="cannot be changed by anybody"):
		ATTEMPTS[attempt](site, event)


@pytest.mark.bench
def test_neither_a_case_nor_an_event_gets_another_name(site, staff):
	doc = offices.case()
	with pytest.raises(site.PermissionError, match="cannot be changed by anybody"):
		site.rename_doc("Grievance Event", f"{doc.name}-1", "other", force=True)
	with pytest.raises(site.ValidationError, match="not allowed to be renamed"):
		site.rename_doc("Grievance", doc.name, "other")


def test_a_deleted_case_leaves_its_history_among_the_deleted_documents(site, staff):
	# A test that commits may have left a case of this number behind.
	site.db.delete("Deleted Document", {"deleted_doctype": "Grievance Event"})
	doc = offices.case()
	history.record(doc.name, events.WARNING, note="50 %")
	site.delete_doc("Grievance", doc.name, ignore_permissions=True, force=True)
	assert offices.events_of(doc.name) == []
	kept = site.get_all(
		"Deleted Document",
		{"deleted_doctype": "Grievance Event"},
		["deleted_name", "data"],
		order_by="deleted_name",
	)
	mine = [row for row in kept if row.deleted_name.startswith(doc.name)]
	assert [row.deleted_name for row in mine] == [f"{doc.name}-1", f"{doc.name}-2"]
	assert '"note": "50 %"' in mine[1].data


@contextmanager
def connection_of_its_own(site):
	"""The site, connected on a thread of its own."""
	if hasattr(site.local, "runtime"):
		with site.local.runtime.session("Administrator"):
			yield
		return
	import frappe

	frappe.init(site=SITE["name"], sites_path=".")
	frappe.connect()
	yield
	frappe.destroy()


SITE: dict[str, str] = {}


def test_two_workers_never_write_two_events_with_one_number(site):
	doc = records.grievance().insert()
	site.db.commit()
	SITE["name"], runtime, failed = site.local.site, getattr(site.local, "runtime", None), []

	def work() -> None:
		import frappe

		try:
			if runtime:
				frappe.local.runtime = runtime
			with connection_of_its_own(frappe):
				for _ in range(8):
					history.record(doc.name, events.WARNING)
					frappe.db.commit()
		except Exception as error:  # noqa: BLE001 - a thread's failure would be lost
			failed.append(error)

	threads = [threading.Thread(target=work) for _ in range(3)]
	for thread in threads:
		thread.start()
	for thread in threads:
		thread.join()
	site.db.rollback()
	try:
		assert not failed
		assert len(offices.events_of(doc.name)) == 25
		assert clean(doc.name)
	finally:
		site.delete_doc("Grievance", doc.name, force=True)
		site.db.delete("Deleted Document", {"deleted_name": ["like", f"{doc.name}%"]})
		site.db.commit()


# Cases of a version that kept no history, and records that get another name


def test_an_update_begins_the_history_of_older_cases_and_touches_no_other(site, staff):
	old, new = offices.case(), offices.case()
	site.db.delete("Grievance Event", {"grievance": old.name})
	site.db.set_value("Grievance", old.name, {"history_count": 0, "history_hash": None})
	# One whose end alone was emptied is no older case: the check must go on finding it.
	emptied = offices.case()
	site.db.set_value("Grievance", emptied.name, {"history_count": 0, "history_hash": None})
	begin_histories.execute()
	assert offices.events_of(old.name) == [events.REGISTERED]
	assert "before histories were kept" in offices.event_of(old.name, events.REGISTERED).note
	assert len(offices.events_of(new.name)) == 1
	assert clean(old.name, new.name)
	assert not clean(emptied.name)


def test_a_workflow_that_begins_later_is_no_finding(site, staff):
	old, without_history = offices.case(), offices.case()
	site.db.set_value("Grievance", without_history.name, {"history_count": 0, "history_hash": None})
	site.db.delete("Grievance Event", {"grievance": without_history.name})
	history.record(old.name, events.CORRECTED, changes={"workflow_state": [old.workflow_state, None]})
	site.db.set_value("Grievance", {"name": ["in", [old.name, without_history.name]]}, "workflow_state", None)
	site.db.delete("Workflow", {"document_type": "Grievance"})
	begin_histories.execute()
	assert (
		offices.fresh(old.name).workflow_state == offices.fresh(without_history.name).workflow_state == "New"
	)
	assert offices.events_of(without_history.name) == [events.REGISTERED]
	assert clean(old.name, without_history.name)


@pytest.mark.bench
@pytest.mark.parametrize("merge", [False, True])
def test_a_renamed_officer_is_no_finding(site, staff, merge: bool):
	mine, others = offices.case(officer="CW-ULB"), offices.case(officer="CW-PHED")
	site.rename_doc("Nodal Officer", "CW-ULB", "CW-PHED" if merge else "CW-NEW", merge=merge, force=True)
	assert site.db.get_value("Grievance", mine.name, "officer") == ("CW-PHED" if merge else "CW-NEW")
	assert offices.events_of(mine.name) == [events.REGISTERED, events.CORRECTED]
	assert offices.events_of(others.name) == [events.REGISTERED]
	assert clean(mine.name, others.name)


# How it reads


def sentences(name: str) -> list[str]:
	return [row["what"] for row in reversed(history.timeline(name))]


def test_the_timeline_tells_who_did_what_in_sentences(site, staff, as_user):
	doc = offices.at_work(officer="CW-ULB")
	with as_user(staff.hisar):
		mine = offices.fresh(doc.name)
		mine.officer = "CW-PHED"
		mine.save()
	changed = {"resolution_breached": [0, 1]}
	history.record(doc.name, events.BREACHED, changes=changed)
	history.record(
		doc.name, events.ESCALATED, changes={"escalated_to": [None, "CW-STATE"], "escalation_level": [0, 2]}
	)
	history.record(doc.name, events.HANDED_ON, officer="CW-SIRSA")
	history.record(doc.name, events.WARNING, changes={"response_step": [0, 50]})
	history.record(doc.name, events.CITIZEN_WROTE, actor="Guest", note="<b>Still</b> dogs")
	first, moved, *rest = sentences(doc.name)
	assert first == "Registered from Counter and given to Cw-Ulb, Department Officer (CW-ULB)."
	assert moved.startswith("Cw-Hisar, District Nodal Officer (CW-HISAR) moved it from ")
	assert moved.endswith(" to In Progress.")
	assert rest == [
		"Cw-Hisar, District Nodal Officer (CW-HISAR) gave it to Cw-Phed, Department Officer (CW-PHED).",
		"The limit to resolve was missed.",
		"Escalated to Cw-State, State Nodal Officer (CW-STATE) (level 2).",
		"Handed on to Cw-Sirsa, District Nodal Officer (CW-SIRSA).",
		"The limit to acknowledge comes near.",
		"The citizen wrote again.",
	]
	newest = history.timeline(doc.name)[0]
	assert (newest["note"], newest["who"]["name"]) == ("<b>Still</b> dogs", "The citizen")


def test_every_kind_of_event_has_a_sentence_for_officers_and_one_for_the_citizen(site, staff):
	doc = offices.case()
	kinds = [value for name, value in vars(events).items() if name.isupper() and name == value]
	assert len(kinds) == 23
	for kind in kinds[1:]:
		history.record(doc.name, kind, public=True)
	told = [row["what"] for row in history.timeline(doc.name)]
	titles = [row["title"] for row in history.public_timeline(doc.name)]
	assert all(text.endswith(".") and not text.isupper() for text in (*told, *titles))
	assert len(set(told)) == len(kinds)


def test_an_unknown_kind_of_event_is_still_shown(site, staff):
	doc = offices.case()
	history.record(doc.name, "FROM_ANOTHER_APP", note="x")
	assert history.timeline(doc.name)[0]["what"] == "FROM_ANOTHER_APP"


def test_the_citizen_reads_public_events_without_names_or_inner_notes(site, staff, as_user):
	doc = offices.at_work()
	with as_user(staff.hisar):
		history.record(doc.name, events.TRANSFERRED, public=True, note="That officer is lazy")
		history.record(doc.name, events.MESSAGE_TO_CITIZEN, public=True, note="We come on Monday")
		history.record(doc.name, events.WARNING, note="inner")
	rows = history.public_timeline(doc.name)
	assert [(row["title"], row["text"]) for row in rows] == [
		("A message for you.", "We come on Monday"),
		("It was sent to the office that is responsible.", ""),
		("An officer took it up.", ""),
		("Your grievance was registered.", ""),
	]
	assert not {"Cw-Hisar", "CW-HISAR", "lazy", "inner"} & set(str(rows).split())


def test_the_timeline_is_for_those_who_may_read_the_case(site, staff, as_user):
	doc = offices.case()
	with as_user(staff.sirsa), pytest.raises(site.PermissionError):
		history.timeline(doc.name)
	with as_user(staff.hisar):
		assert len(history.timeline(doc.name)) == 1


def test_the_check_of_one_case_is_for_those_who_see_all(site, staff, as_user):
	doc = offices.case()
	with as_user(staff.hisar), pytest.raises(site.PermissionError):
		history.verify_one(doc.name)
	with as_user(staff.state):
		assert history.verify_one(doc.name) == {"events": 1, "findings": []}
		site.db.sql("update `tabGrievance` set priority = 'Low' where name = %s", (doc.name,))
		assert history.verify_one(doc.name)["findings"] == [
			f"{doc.name}: Priority is Low, but the history says Medium."
		]

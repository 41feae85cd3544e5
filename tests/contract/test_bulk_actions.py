"""One act on many grievances: what is done, what is refused and why, at once and in the background."""

from __future__ import annotations

import json

import pytest

from grievance_helpdesk.redressal.casework import bulk_actions, transfers
from tests.contract import offices
from tests.contract.offices import DONE, REASON


@pytest.fixture
def staff(site):
	return offices.make()


def names_of(count: int, **values) -> list[str]:
	return [offices.case(officer="CW-ULB", **values).name for _ in range(count)]


def test_many_are_assigned_and_the_refused_say_why(site, staff, as_user) -> None:
	mine = names_of(2)
	phed = offices.case(department="PHED").name
	elsewhere = offices.case(jurisdiction="Sirsa").name
	with as_user(staff.hisar):
		answer = bulk_actions.assign(json.dumps([*mine, phed, elsewhere, "GRV-NONE"]), "CW-JUNIOR")
	assert answer["done"] == mine
	reasons = {row["name"]: row["reason"] for row in answer["refused"]}
	assert reasons.keys() == {phed, elsewhere, "GRV-NONE"}
	assert "transfer it instead" in reasons[phed]
	assert all(reasons.values())
	assert [offices.fresh(name).officer for name in mine] == ["CW-JUNIOR"] * 2
	assert site.db.get_value("Grievance", elsewhere, "officer") == "CW-SIRSA"
	# The reasons stand in the answer alone, not once more on the screen.
	assert not [message for message in site.local.message_log if "transfer it instead" in str(message)]


def test_many_are_transferred_for_one_reason(site, staff, as_user) -> None:
	names = names_of(3)
	for department in ("PHED", "ULB", "PHED"):
		transfers.transfer(names[2], department=department, reason=REASON)
	with as_user(staff.hisar):
		answer = bulk_actions.transfer(names, REASON, department="PHED")
	assert answer["done"] == names[:2]
	assert "No" not in answer["done"] and len(answer["refused"]) == 1
	assert "was transferred 3 times" in answer["refused"][0]["reason"]
	assert {offices.fresh(name).officer for name in names} == {"CW-PHED"}


def test_many_are_resolved_with_one_text_and_keep_their_own(site, staff, as_user) -> None:
	plain, special, needs_photo, new = (
		offices.at_work(),
		offices.at_work(),
		offices.at_work(category="LGT"),
		offices.case(),
	)
	site.db.set_value("Grievance", special.name, "action_taken", "One dog was ill and was treated.")
	names = [doc.name for doc in (plain, special, needs_photo, new)]
	with as_user(staff.hisar):
		answer = bulk_actions.close(names, DONE)
	assert answer["done"] == names[:2]
	assert offices.fresh(plain.name).action_taken == DONE
	assert offices.fresh(special.name).action_taken == f"One dog was ill and was treated.\n\n{DONE}"
	assert offices.fresh(special.name).status == "Resolved"
	photo, step = (row["reason"] for row in answer["refused"])
	assert "needs a photo or a document" in photo
	assert "You may not resolve" in step
	# A refused one is as it was: the text for all did not stay on it.
	assert not offices.fresh(needs_photo.name).action_taken


def test_a_text_that_shows_another_door_resolves_nothing(site, staff, as_user) -> None:
	offices.settings(wrong_door_phrases="does not pertain\nmatter of R & D")
	names = [offices.at_work().name for _ in range(2)]
	with as_user(staff.hisar):
		answer = bulk_actions.close(names, "Does not pertain to this office")
		marked = bulk_actions.close(names[:1], "It is a matter of R & D")
	# Plain text: whoever shows it escapes it.
	assert marked["refused"][0]["reason"].startswith('"matter of R & D" does not close')
	assert answer["done"] == []
	assert all("use Actions > Transfer" in row["reason"] for row in answer["refused"])


def test_officers_who_only_report_name_their_own_step(site, staff, as_user) -> None:
	name = offices.at_work(officer="CW-ULB").name
	with as_user(staff.ulb):
		assert bulk_actions.close([name], DONE)["refused"][0]["reason"].startswith("You may not resolve")
		assert bulk_actions.close([name], DONE, "Reopen")["refused"][0]["reason"].startswith(
			"Reopen is no step"
		)
		assert bulk_actions.close([name], DONE, "Submit Action Taken")["done"] == [name]
	assert (offices.fresh(name).action_taken, offices.fresh(name).status) == (DONE, "Open")


def test_the_choice_is_neither_empty_nor_boundless(site, staff) -> None:
	for nothing in ([], "[]", "", "GRV-1", "{}", "5"):
		with pytest.raises(site.ValidationError, match="Choose at least one grievance"):
			bulk_actions.assign(nothing, "CW-ULB")
	with pytest.raises(site.ValidationError, match="Choose at most 1000 grievances at once"):
		bulk_actions.assign([str(number) for number in range(1001)], "CW-ULB")


def test_many_more_run_in_the_background(site, staff, as_user, monkeypatch) -> None:
	queued = []
	monkeypatch.setattr(site, "enqueue", lambda method, **kwargs: queued.append((method, kwargs)))
	names = [f"GRV-{number}" for number in range(51)]
	with as_user(staff.hisar):
		assert bulk_actions.assign([*names, names[0]], "CW-JUNIOR") == {"queued": 51}
	((method, options),) = queued
	assert method is bulk_actions.run_in_background
	assert (options["names"], options["act"], options["enqueue_after_commit"]) == (names, "assign", True)


def test_the_background_run_tells_the_person_what_became_of_it(site, staff, as_user, monkeypatch) -> None:
	monkeypatch.setattr(site.db, "commit", lambda: None)
	shown = []
	monkeypatch.setattr(site, "publish_progress", lambda percent, **kwargs: shown.append(percent))
	name, elsewhere = offices.case(officer="CW-ULB").name, offices.case(jurisdiction="Sirsa").name
	with as_user(staff.hisar):
		values = {"officer": "CW-JUNIOR", "reason": ""}
		answer = bulk_actions.run_in_background([name, elsewhere], "assign", values)
	assert answer["done"] == [name] and shown == [50, 100]
	told = site.get_doc("Notification Log", {"for_user": staff.hisar, "type": "Alert"})
	assert told.subject == "1 grievances done, 1 refused"
	assert elsewhere in told.email_content


def test_a_background_run_that_breaks_down_tells_the_person_too(site, staff, as_user, monkeypatch) -> None:
	monkeypatch.setattr(site.db, "commit", lambda: None)
	monkeypatch.setattr(site.db, "rollback", lambda **kwargs: None)
	monkeypatch.setitem(bulk_actions.ACTS, "assign", lambda name, **values: 1 / 0)
	with as_user(staff.hisar), pytest.raises(ZeroDivisionError):
		bulk_actions.run_in_background(["GRV-1", "GRV-2"], "assign", {})
	told = site.get_doc("Notification Log", {"for_user": staff.hisar, "type": "Alert"})
	assert told.subject.startswith("The act on 2 grievances stopped in the middle")

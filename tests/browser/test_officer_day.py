"""An officer's day: the morning's numbers, the board, the calendar, the map, similar cases, pictures, and few clicks."""

from __future__ import annotations

import base64
import json
import re
from datetime import timedelta

import pytest

DONE = "The sewer line was cleaned and checked with the residents."
PIXEL = base64.b64decode(
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
HOSTILE = "<img src=x onerror='window.hacked=1'>&lt;img src=x onerror=&quot;window.hacked=1&quot;&gt;"
BOARD = "grievance/view/kanban/Grievances by State"
PHONE = pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])


def now():
	import frappe

	return frappe.utils.now_datetime().replace(microsecond=0)


def serve_pictures(officer, pattern: str | re.Pattern) -> list[str]:
	"""Answer what matches with a small picture; returns the addresses that were asked for."""
	asked: list[str] = []

	def answer(route) -> None:
		asked.append(route.request.url)
		route.fulfill(status=200, content_type="image/png", body=PIXEL)

	officer.page.route(pattern, answer)
	return asked


# Quick filters


@PHONE
def test_the_morning_stands_above_the_list(desk, grievance, records, phone):
	fresh, due = grievance(subject="Browser fresh"), grievance(subject="Browser due")
	noon = now().replace(hour=23, minute=30)
	records.raw("Grievance", due.name, resolve_by=noon, received_at=now() - timedelta(days=3))
	officer = desk("District Nodal Officer", phone=phone).list("Grievance", "")
	labels = officer.page.locator(".gh-quick button").all_inner_texts()
	wanted = ["My open cases", "Due today", "Overdue", "Awaiting citizen", "New in my area"]
	assert [label.rsplit(" ", 1)[0].strip() for label in labels[:5]] == wanted
	officer.page.get_by_role("button", name="Due today").click()
	officer.page.locator(".gh-quick [aria-pressed=true]", has_text="Due today").wait_for()
	officer.page.locator(".list-row", has_text="Browser fresh").wait_for(state="detached")
	assert "Browser due" in officer.subjects()
	officer.page.get_by_role("button", name="New in my area").click()
	officer.page.locator(".gh-quick [aria-pressed=true]", has_text="New in my area").wait_for()
	officer.page.locator(".list-row", has_text="Browser due").wait_for(state="detached")
	assert "Browser fresh" in officer.subjects()
	assert not officer.scrolls_sideways
	assert fresh.name != due.name


def test_a_refresh_of_the_list_asks_for_all_numbers_at_once(desk, grievance):
	grievance()
	officer = desk("District Nodal Officer")
	asked: list[str] = []
	officer.page.on("request", lambda request: asked.append(request.url.split("?")[0]))
	officer.list("Grievance", "").settle()
	with officer.page.expect_response(lambda answer: "quick_filters.read" in answer.url):
		officer.page.get_by_role("button", name="Emergencies").click()
	officer.settle()

	def times(method: str) -> int:
		return sum(address.endswith(method) for address in asked)

	lists = times("reportview.get")
	assert lists >= 2
	assert times("quick_filters.read") <= 1 + lists, "once for the buttons, then once with each list"
	assert times("reportview.get_count") <= lists, "the list's own total only"


# The board


def card(officer, case):
	return officer.page.locator(f".kanban-card-wrapper[data-name='{case.name}']")


def drag(officer, case, column: str) -> None:
	"""Drag a card as a hand does, in small steps."""
	card(officer, case).scroll_into_view_if_needed()  # waits until it stands still
	start = card(officer, case).bounding_box()
	end = officer.page.locator(f".kanban-column[data-column-value='{column}']").bounding_box()
	mouse = officer.page.mouse
	mouse.move(start["x"] + 40, start["y"] + 20)
	mouse.down()
	mouse.move(start["x"] + 70, start["y"] + 30, steps=5)
	mouse.move(end["x"] + end["width"] / 2, end["y"] + 90, steps=20)
	mouse.move(end["x"] + end["width"] / 2 + 3, end["y"] + 95, steps=3)
	mouse.up()


def test_a_dragged_card_takes_the_step_of_the_workflow(desk, grievance, records):
	case = grievance(subject="Browser card")
	officer = desk("District Nodal Officer").open(BOARD, f".kanban-card-wrapper[data-name='{case.name}']")
	columns = officer.page.locator(".kanban-column").all_inner_texts()
	assert not any(name in " ".join(columns) for name in ("Closed", "Merged", "Not a Grievance"))
	with officer.page.expect_response(lambda answer: "update_order_for_single_card" in answer.url):
		drag(officer, case, "In Progress")
	officer.page.locator(
		".kanban-column[data-column-value='In Progress'] .kanban-card-wrapper"
	).first.wait_for()
	assert records.fresh("Grievance", case.name).workflow_state == "In Progress"


def test_a_drag_without_a_step_is_refused_in_a_sentence_and_put_back(desk, grievance, records):
	case = grievance(subject="Browser card")
	officer = desk("District Nodal Officer").open(BOARD, f".kanban-card-wrapper[data-name='{case.name}']")
	drag(officer, case, "Awaiting Citizen")
	officer.page.locator(".msgprint", has_text="Open the case and take the step there").wait_for()
	officer.page.keyboard.press("Escape")
	officer.page.locator(
		f".kanban-column[data-column-value='New'] .kanban-card-wrapper[data-name='{case.name}']"
	).wait_for()
	assert records.fresh("Grievance", case.name).workflow_state == "New"
	refusal = [error for error in officer.errors if "417" in error or "Open the case" in error]
	assert refusal == officer.errors
	officer.errors.clear()


@PHONE
def test_hostile_words_stay_words_on_the_board(desk, grievance, records, phone):
	case = grievance()
	records.raw("Grievance", case.name, subject=HOSTILE)
	officer = desk("District Nodal Officer", phone=phone).open(
		BOARD, f".kanban-card-wrapper[data-name='{case.name}']"
	)
	assert card(officer, case).locator(".kanban-card-title").inner_text() == HOSTILE
	assert not officer.hacked


# Calendar and map


@PHONE
def test_the_calendar_shows_when_cases_are_due(desk, grievance, records, phone):
	late, today = grievance(subject="Browser late"), grievance(subject="Browser today")
	hidden = grievance(subject="Browser hidden", jurisdiction="Hisar")
	middle = now().replace(day=15, hour=12)
	records.raw("Grievance", late.name, resolve_by=min(middle, now() - timedelta(hours=3)))
	records.raw(
		"Grievance", today.name, resolve_by=now().replace(hour=23, minute=59, second=59), subject=HOSTILE
	)
	records.raw("Grievance", hidden.name, resolve_by=middle)
	officer = desk("District Nodal Officer", phone=phone).open("grievance/view/calendar/default", ".fc-event")
	officer.page.locator(".fc-event", has_text="Late: Browser late").first.wait_for()
	texts = " ".join(officer.page.locator(".fc-event").all_inner_texts())
	assert "Today:" in texts or "more" in officer.page.locator(".fc-view").inner_text()
	assert "Browser hidden" not in texts
	assert not officer.page.locator(".fc-draggable, .fc-event-draggable").count()
	assert not officer.hacked
	officer.page.locator(".fc-event", has_text="Browser late").first.click()
	officer.page.wait_for_url(f"**/{late.name}")


@PHONE
def test_the_map_shows_a_circle_a_place_inside_the_scope(desk, grievance, records, phone):
	for place in ("Panchkula", "Panchkula", "Hisar"):
		grievance(jurisdiction=place)
	officer = desk("District Nodal Officer", phone=phone)
	serve_pictures(officer, re.compile("openstreetmap"))
	officer.open("grievance/view/map", ".gh-place-count")
	assert officer.page.locator(".gh-place-count").count() == 1
	officer.page.locator("path.gh-place").dispatch_event("click")
	popup = officer.page.locator(".leaflet-popup-content")
	popup.wait_for()
	assert popup.inner_text().startswith("Panchkula:")
	# The map may still move to show the whole popup: a click in two places is none.
	popup.get_by_role("button", name="Show these cases").dispatch_event("click")
	officer.page.locator("[data-page-route='List/Grievance/List'] .list-row .list-subject a").first.wait_for()


# The form


@PHONE
def test_similar_cases_stand_beside_the_post(desk, grievance, records, phone):
	before = grievance(subject="Browser sewer of last month")
	records.raw("Grievance", before.name, status="Closed", action_taken=DONE, workflow_state="Closed")
	twin = grievance()
	records.raw("Grievance", twin.name, subject=HOSTILE)
	case = grievance(subject="Browser sewer again")
	officer = desk("District Nodal Officer", phone=phone).case(case.name)
	panel = officer.page.locator(".gh-like")
	panel.wait_for()
	names = panel.locator("a").all_inner_texts()
	assert {before.name, twin.name} <= set(names) and case.name not in names
	assert names.index(twin.name) < names.index(before.name)
	assert f"What was done: {DONE}" in panel.inner_text()
	assert HOSTILE in panel.inner_text() and not officer.hacked
	assert not officer.scrolls_sideways
	panel.get_by_role("link", name=twin.name).click()
	officer.page.wait_for_url(f"**/{twin.name}")


@PHONE
def test_a_picture_is_fetched_when_somebody_asks_for_it(desk, post, grievance, records, phone):
	media = [
		{"type": "photo", "url": "https://pictures.example/lamp.png", "description": 'A lamp"><b>'},
		{"type": "photo", "url": "javascript:window.hacked=1"},
		{"type": "video", "url": "https://pictures.example/film.mp4"},
	]
	first = post(media=json.dumps(media))
	case = grievance(source_post=first)
	records.raw("Citizen Post", first, grievance=case.name)
	officer = desk("District Nodal Officer", phone=phone)
	asked = serve_pictures(officer, "https://pictures.example/**")
	officer.case(case.name)
	button = officer.page.locator(".gh-picture-show")
	button.wait_for()
	assert asked == [] and button.count() == 1
	assert button.inner_text() == "Show picture 1 from pictures.example"
	button.click()
	picture = officer.page.locator(".gh-picture-shown")
	picture.wait_for()
	officer.page.wait_for_function("image => image.complete", arg=picture.element_handle())
	assert asked == ["https://pictures.example/lamp.png"]
	assert picture.get_attribute("referrerpolicy") == "no-referrer"
	assert picture.get_attribute("alt") == 'A lamp"><b>'
	assert officer.page.locator(".gh-post-links a", has_text="Video 3").count() == 1
	assert not officer.hacked and not officer.scrolls_sideways


# Few clicks


def test_a_case_goes_its_way_by_keys_alone(desk, grievance, records):
	"""What docs/officer-guide.md says: one key, the words, Ctrl+Enter."""
	case = grievance(subject="Browser by keys")
	officer = desk("District Nodal Officer").case(case.name)
	keys = officer.page.keyboard

	def stands(state: str) -> None:
		officer.page.locator(".gh-strip-state", has_text=state).wait_for()
		officer.page.locator(".gh-strip-moves button").first.wait_for()
		officer.settle()

	keys.press("Alt+Shift+G")
	stands("Assigned")
	keys.press("Alt+Shift+Q")
	officer.dialog()
	officer.page.wait_for_function("document.activeElement.tagName === 'TEXTAREA'")
	keys.type("Which house is it near?")
	keys.press("Control+Enter")
	officer.expect_saved()
	stands("Awaiting Citizen")
	assert records.fresh("Grievance", case.name).status == "On Hold"
	keys.press("Alt+Shift+G")
	stands("In Progress")
	keys.press("Alt+Shift+G")
	officer.dialog()
	officer.page.wait_for_function("document.activeElement.tagName === 'TEXTAREA'")
	keys.type(DONE)
	keys.press("Control+Enter")
	officer.expect_saved()
	stands("Resolved")
	assert records.fresh("Grievance", case.name).action_taken == DONE


def test_a_transfer_by_keys(desk, grievance, records):
	case = grievance()
	officer = desk("District Nodal Officer").case(case.name)
	officer.page.keyboard.press("Alt+Shift+T")
	officer.fill("department", "BRW-PHE")
	officer.fill("reason", "Water is theirs.")
	officer.dialog().locator("[data-fieldname=reason] textarea").press("Control+Enter")
	officer.expect_saved()
	assert records.fresh("Grievance", case.name).department == "BRW-PHE"


def test_the_next_case_of_the_list_is_one_key_away(desk, grievance):
	names = [grievance(subject=f"Browser walk {number}").name for number in range(3)]
	officer = desk("District Nodal Officer").list("Grievance")
	order = [
		name
		for name in officer.page.locator(".list-row .list-subject a").evaluate_all(
			"links => links.map(link => link.dataset.name)"
		)
		if name in names
	]
	officer.page.locator(f".list-row .list-subject a[data-name='{order[0]}']").click()
	officer.page.locator(".gh-strip").wait_for()
	officer.page.keyboard.press("Alt+Shift+J")
	officer.page.wait_for_function("name => cur_frm.doc.name === name", arg=order[1])
	officer.page.keyboard.press("Alt+Shift+K")
	officer.page.wait_for_function("name => cur_frm.doc.name === name", arg=order[0])


def test_after_the_work_the_next_case_is_one_click_away(desk, grievance, records):
	case, other = grievance(subject="Browser done"), grievance(subject="Browser waiting")
	officer_name = "BRW-PKL"
	for name in (case.name, other.name):
		records.raw("Grievance", name, officer=officer_name)
	records.raw("Grievance", other.name, resolve_by="2020-01-01 10:00:00")
	records.raw("Grievance", case.name, status="Resolved", workflow_state="Resolved")
	officer = desk("District Nodal Officer").case(case.name)
	officer.click("Next case")
	officer.page.wait_for_url(f"**/{other.name}")

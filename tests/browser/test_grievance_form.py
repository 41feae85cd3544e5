"""What an officer sees of one case."""

from __future__ import annotations

import frappe
import pytest

HOSTILE = (
	"<script>window.hacked = 1</script><img src=x onerror='window.hacked=1'>"
	"<svg onload=window.hacked=1> pani nahi aaya <img src=x onerror=window.hacked=1 "
)


def test_reasons_are_readable_and_point_at_the_words(desk, grievance):
	case = grievance()
	officer = desk("District Nodal Officer").form("Grievance", case.name)
	officer.tab("Why")
	reasons = officer.page.locator(".gh-triage")

	row = reasons.locator(".gh-row", has_text="Category")
	assert "Browser sewer blocked" in row.inner_text()
	assert "“sevrege” is a spelling of sewerage" in row.inner_text()
	assert row.get_by_role("meter").get_attribute("aria-valuenow") == "71"
	assert "Browser water missing (12 %)" in row.inner_text()
	assert reasons.locator(".gh-evidence-text .gh-mark-category").all_inner_texts() == ["sevrege"]
	# The ellipsis before it folds to three characters: marks must not slip.
	assert reasons.locator(".gh-evidence-text .gh-mark-district").all_inner_texts() == ["Panchkula"]
	assert "City Magistrate, Anita Rani" in reasons.locator(".gh-row", has_text="Officer").last.inner_text()


def test_the_record_itself_is_for_administrators(desk, grievance):
	case = grievance()
	officer = desk("District Nodal Officer").form("Grievance", case.name)
	officer.tab("Why")
	officer.page.locator(".gh-rows").wait_for()
	assert officer.page.locator(".gh-record").count() == 0
	assert "test.rule" not in officer.page.inner_text("body")

	administrator = desk("Grievance Administrator").form("Grievance", case.name)
	administrator.tab("Why")
	record = administrator.page.locator(".gh-record")
	record.locator("summary").click()
	assert '"rule": "test.rule"' in record.locator("pre").inner_text()


def test_the_post_stands_as_the_citizen_wrote_it_and_runs_nothing(desk, grievance, post, records):
	source = post(text=HOSTILE, author_name=HOSTILE)
	case = grievance(subject="Water", source_post=source)
	records.raw(
		"Grievance", case.name, subject=HOSTILE[:140], description=HOSTILE, citizen_name=HOSTILE[:140]
	)

	officer = desk("State Nodal Officer").form("Grievance", case.name)
	assert officer.page.locator(".gh-post-text:visible").first.text_content() == HOSTILE
	assert officer.page.locator(".gh-post-author").first.text_content() == HOSTILE
	officer.tab("Why")
	officer.page.locator(".gh-rows").wait_for()
	officer.form("Citizen Post", source)
	assert officer.page.locator(".gh-post-text:visible").first.text_content() == HOSTILE
	for tab in ("Why", "Source"):
		officer.tab(tab)
	assert not officer.hacked


@pytest.mark.parametrize("doctype", ["Grievance", "Citizen Post"])
@pytest.mark.parametrize("view", ["list", "report"])
def test_lists_run_nothing_either(desk, grievance, post, records, doctype, view):
	source = post(author_name=HOSTILE, text=HOSTILE)
	records.raw(
		"Citizen Post",
		source,
		place_text=HOSTILE[:255],
		author_handle=HOSTILE[:255],
		permalink='"><svg onload=window.hacked=1>',
	)
	case = grievance(source_post=source)
	records.raw(
		"Grievance", case.name, subject=HOSTILE[:140], place_text=HOSTILE[:140], citizen_name=HOSTILE[:140]
	)
	officer = desk("State Nodal Officer")
	until = {"list": ".list-row .list-subject a", "report": ".dt-row-0"}[view]
	officer.open(f"{frappe.scrub(doctype).replace('_', '-')}/view/{view}?category=BRW-SEW", until)
	assert "window.hacked" in officer.page.inner_text(".layout-main-section:visible")
	assert not officer.hacked


def test_links_of_the_post_leave_the_desk_without_a_trace(desk, grievance, post):
	media = '[{"type": "photo", "url": "https://pbs.example/a.jpg"}, {"type": "photo", "url": "javascript:alert(1)"}]'
	case = grievance(source_post=post(media=media))
	officer = desk("State Nodal Officer").form("Grievance", case.name)
	links = officer.page.locator(".gh-post-links a")
	assert links.all_inner_texts() == ["Open on X", "Picture 1"]
	assert {link.get_attribute("rel") for link in links.all()} == {"noopener noreferrer nofollow"}


def test_an_unrouted_case_says_so_and_can_be_routed_again(desk, grievance, records):
	case = grievance(jurisdiction="Hisar")
	assert case.routing_status == "Unrouted"
	officer = desk("State Nodal Officer").form("Grievance", case.name)
	alert = officer.page.locator(".gh-notice", has_text="Nobody answers for this grievance yet")
	assert "No posting covers this place and department today." in alert.inner_text()

	user = records.make("User", email="browser-hisar@example.org", first_name="Hisar", send_welcome_email=0)
	records.make(
		"Nodal Officer",
		official_id="BRW-HSR",
		officer_name="Ravi Kumar",
		designation="City Magistrate",
		user=user.name,
		postings=[{"jurisdiction": "Hisar", "charge": "Regular", "from_date": "2020-01-01"}],
	)
	alert.get_by_role("button", name="Route again").click()
	alert.wait_for(state="detached")
	routed = records.fresh("Grievance", case.name)
	assert (routed.officer, routed.routing_status) == ("BRW-HSR", "Routed")
	records.raw("Grievance", case.name, officer=None)


@pytest.mark.parametrize(
	("values", "title", "next_step"),
	[
		({"urgent": 1}, "Emergency: act on this one first", "Tell the people in the field by phone"),
		(
			{"needs_review": 1, "review_reasons": "Two places fit"},
			"The machine was not sure",
			"Two places fit",
		),
	],
)
def test_what_needs_a_person_stands_at_the_top(desk, grievance, values, title, next_step):
	case = grievance(**values)
	officer = desk("District Nodal Officer").form("Grievance", case.name)
	alert = officer.page.locator(".gh-notice", has_text=title)
	assert next_step in alert.inner_text()


def test_a_check_is_done_with_one_click(desk, grievance, records):
	case = grievance(needs_review=1, review_reasons="Two places fit")
	officer = desk("District Nodal Officer").form("Grievance", case.name)
	alert = officer.page.locator(".gh-notice", has_text="The machine was not sure")
	alert.get_by_role("button", name="Checked").click()
	alert.wait_for(state="detached")
	assert records.fresh("Grievance", case.name).needs_review == 0


def test_a_quiet_case_has_no_alert(desk, grievance):
	officer = desk("District Nodal Officer").form("Grievance", grievance().name)
	assert officer.page.locator(".gh-notice").count() == 0


def test_an_auditor_reads_the_words_without_contact_details(desk, grievance):
	case = grievance(description="Call me on 9417580005", public_text="Call me on [phone]")
	auditor = desk("Grievance Auditor").form("Grievance", case.name)
	assert auditor.page.locator(".gh-post-text:visible").first.inner_text() == "Call me on [phone]"
	assert "9417580005" not in auditor.page.content()

"""The citizen's page in Chromium: read, answered and appealed by mouse, by keyboard and without scripts, on both screens.

What an accessibility checker would look at is asked here by hand: names of controls, contrast, headings, focus, width.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.browser.conftest import BENCH_URL, DESKTOP, PHONE, SCREENSHOTS

SMALL_PHONE = {"width": 320, "height": 640}
ACTION = {
	"en": "The blocked sewer in ward 13 was cleaned and the manhole covered. The water flows off.",
	"hi": "वार्ड 13 का बंद सीवर साफ़ कर दिया गया है और मैनहोल पर ढक्कन लगा दिया गया है। पानी निकल रहा है।",
}
# For every text on the screen: the contrast of its colour with what is painted behind it (WCAG 2.1, 1.4.3).
CONTRASTS = """() => {
	const parse = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
	const light = ([r, g, b]) => [r, g, b].map((part) => part / 255)
		.map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
		.reduce((sum, part, number) => sum + part * [0.2126, 0.7152, 0.0722][number], 0);
	const behind = (element) => {
		for (let at = element; at; at = at.parentElement) {
			const colour = parse(getComputedStyle(at).backgroundColor);
			if (colour.length === 3 || colour[3] === 1) return colour;
		}
		return [255, 255, 255];
	};
	return [...document.querySelectorAll("body *")]
		.filter((element) => element.checkVisibility()
			&& [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
		.map((element) => {
			const [a, b] = [light(parse(getComputedStyle(element).color)), light(behind(element))];
			return [element.textContent.trim().slice(0, 40), (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
		});
}"""
HEADINGS = "() => [...document.querySelectorAll('h1, h2, h3')].map((heading) => Number(heading.tagName[1]))"
FOCUSED = """() => {
	const element = document.activeElement, style = getComputedStyle(element.closest(".faces label") || element);
	return [element.value || element.textContent.trim() || element.name, style.outlineStyle !== "none"];
}"""


@pytest.fixture
def case(grievance: Callable, site) -> Callable:
	"""``case("hi")`` registers a case in a language and takes it to Resolved; returns the document."""
	import frappe

	from grievance_helpdesk.redressal import workflow
	from grievance_helpdesk.redressal.citizen_side import replies

	def resolve(language: str = "en", resolved: bool = True, **values):
		doc = grievance(language=language, **values)
		replies.send(doc.name, replies.render("Acknowledgement", doc.name))
		if resolved:
			doc = workflow.move(doc.name, "Start Work")
			doc.action_taken = ACTION[language]
			doc.save()
			doc = workflow.move(doc.name, "Resolve")
		frappe.db.commit()
		return doc

	return resolve


@pytest.fixture
def citizen(browser, request: pytest.FixtureRequest) -> Iterator[Callable]:
	"""``citizen(doc)`` opens the case's page as somebody without an account; its console must stay silent."""
	opened, errors = [], []

	def visit(doc, screen: dict = DESKTOP, query: str = "", **options):
		context = browser.new_context(viewport=screen, is_mobile=screen is not DESKTOP, **options)
		page = context.new_page()
		opened.append(page)
		page.set_default_timeout(15_000)
		page.on("pageerror", lambda error: errors.append(str(error)))
		page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
		key = doc if isinstance(doc, str) else doc.tracking_key
		page.goto(f"{BENCH_URL}/grievance?key={key}{query}")
		return page

	visit.errors = errors
	yield visit
	for number, page in enumerate(opened):
		if SCREENSHOTS:
			page.screenshot(path=f"{SCREENSHOTS}/{request.node.name}-{number}.png", full_page=True)
		page.context.close()
	assert errors == []


def stored(doc):
	import frappe

	frappe.db.rollback()
	return frappe.get_doc("Grievance", doc.name)


# Doing


def test_solved_with_a_rating_closes_the_case(case, citizen):
	doc = case()
	page = citizen(doc)
	page.get_by_text("Very Good", exact=True).click()
	page.get_by_label("Anything to add?").fill("Thank you <b>all</b>")
	page.get_by_role("button", name="Yes, it is solved").click()
	assert page.get_by_role("status").inner_text() == "Thank you. The complaint is closed as solved."
	assert (
		page.get_by_role("listitem")
		.and_(page.locator("[aria-current=step]"))
		.inner_text()
		.startswith("Closed")
	)
	assert page.get_by_role("button", name="Yes, it is solved").count() == 0
	row = stored(doc)
	assert (row.status, row.rating, row.feedback_comment) == ("Closed", "Very Good", "Thank you ‹b›all‹/b›")


def test_not_solved_without_scripts_on_a_phone_in_hindi(case, citizen):
	doc = case("hi")
	page = citizen(doc, PHONE, java_script_enabled=False)
	page.get_by_role("button", name="नहीं, हल नहीं हुई").click()
	assert "शिकायत दोबारा खोल दी गई है" in page.get_by_role("status").inner_text()
	assert page.get_by_text("दोबारा खुली है", exact=True).is_visible()
	assert (stored(doc).status, stored(doc).disputed_count) == ("Open", 1)


def test_the_appeal_is_offered_with_the_rating_poor_only(case, citizen):
	page = citizen(case())
	tick = page.get_by_label("The work was poor: I also appeal")
	assert not tick.is_visible()
	page.get_by_text("Poor", exact=True).click()
	assert tick.is_visible()
	page.get_by_text("Good", exact=True).click()
	assert not tick.is_visible()


def test_poor_with_the_tick_files_an_appeal_that_needs_a_reason(case, citizen):
	doc = case()
	page = citizen(doc)
	page.get_by_text("Poor", exact=True).click()
	page.get_by_label("The work was poor: I also appeal").check()
	page.get_by_role("button", name="Yes, it is solved").click()
	assert page.get_by_role("alert").inner_text() == "Please write why you appeal."
	assert page.get_by_label("Poor", exact=True).is_checked(), "what was chosen stays chosen"
	page.get_by_label("Anything to add?").fill("The manhole is open.")
	page.get_by_role("button", name="Yes, it is solved").click()
	assert page.get_by_role("status").inner_text().startswith("Your appeal was filed.")
	assert (stored(doc).status, stored(doc).appeal_count) == ("Resolved", 1)
	citizen.errors.clear()  # Chromium notes the refused form's 422


def test_an_appeal_alone_is_folded_away_and_opens_by_keyboard(case, citizen):
	doc = case()
	page = citizen(doc)
	reason = page.get_by_label("Why do you appeal?")
	assert not reason.is_visible()
	page.locator("summary").focus()
	page.keyboard.press("Enter")
	reason.fill("It overflows again.")
	page.get_by_role("button", name="File the appeal").click()
	assert page.get_by_role("status").inner_text().startswith("Your appeal was filed.")
	assert page.get_by_text("Your appeal is with a senior officer already.").is_visible()
	assert stored(doc).appeal_count == 1


def test_everything_is_reached_and_answered_by_keyboard_with_the_focus_in_sight(case, citizen):
	doc = case()
	page = citizen(doc)
	visited = []
	for _step in range(7):
		page.keyboard.press("Tab")
		visited.append(page.evaluate(FOCUSED))
	assert [name for name, outlined in visited if not outlined] == []
	assert [name for name, _outlined in visited] == [
		"Go to the content",
		"हिन्दी",
		"Excellent",
		"comment",
		"1",
		"0",
		"Appeal to a senior officer",
	]
	page.get_by_label("Excellent").focus()
	page.keyboard.press("ArrowRight")
	page.keyboard.press("ArrowRight")
	assert page.get_by_label("Good", exact=True).is_checked()
	page.get_by_role("button", name="Yes, it is solved").focus()
	page.keyboard.press("Enter")
	page.get_by_role("status").wait_for()
	assert stored(doc).rating == "Good"


def test_the_other_language_is_one_click_away(case, citizen):
	page = citizen(case("hi"))
	assert page.locator("html").get_attribute("lang") == "hi"
	page.get_by_role("link", name="English").click()
	assert page.locator("html").get_attribute("lang") == "en"
	assert page.get_by_role("heading", name="Your complaint").is_visible()
	page.get_by_role("link", name="हिन्दी").click()
	assert page.get_by_role("heading", name="आपकी शिकायत").is_visible()


def test_somebody_signed_in_may_answer_too(case, citizen, desk):
	"""A session of the Desk guards its forms with a token; the citizen's page sends it."""
	doc = case()
	person = desk("State Nodal Officer").open("grievance", ".list-row-head, .gh-empty, .list-row")
	person.page.goto(f"{BENCH_URL}/grievance?key={doc.tracking_key}")
	person.page.get_by_role("button", name="Yes, it is solved").click()
	person.page.get_by_role("status").wait_for()
	assert stored(doc).status == "Closed"


# Reading


def test_an_unknown_key_shows_its_sentence(citizen):
	page = citizen("f" * 20)
	assert page.get_by_role("alert").inner_text().startswith("No complaint was found for this link.")
	assert page.get_by_role("button").count() == 0
	citizen.errors.clear()  # Chromium notes the 404


def test_hostile_words_of_an_officer_stay_words(case, citizen, records):
	doc = case()
	records.raw("Grievance", doc.name, action_taken="<img src=x onerror='window.hacked=1'>{{ 7*7 }}{index}")
	page = citizen(doc)
	assert page.get_by_text("<img src=x onerror='window.hacked=1'>{{ 7*7 }}{index}").is_visible()
	assert not page.evaluate("Boolean(window.hacked)")


@pytest.mark.parametrize("language", ["en", "hi"])
@pytest.mark.parametrize("screen", [DESKTOP, PHONE, SMALL_PHONE], ids=["desktop", "phone", "small phone"])
def test_nothing_is_too_wide_too_pale_or_too_small(case, citizen, language: str, screen: dict):
	page = citizen(case(language), screen)
	page.locator("summary").click()
	page.locator("label", has=page.locator("[value=Poor]")).click()
	assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
	contrasts = page.evaluate(CONTRASTS)
	assert len(contrasts) > 40
	assert [(words, ratio) for words, ratio in contrasts if ratio < 4.5] == []
	for button in page.get_by_role("button").all():
		assert button.bounding_box()["height"] >= 44
	for face in page.locator(".faces label").all():
		assert face.bounding_box()["height"] >= 44


def test_controls_have_names_headings_an_order_and_pictures_no_voice(case, citizen):
	page = citizen(case("hi"))
	page.locator("summary").click()
	page.locator("label", has=page.locator("[value=Poor]")).click()
	for role, count in (("radio", 5), ("textbox", 2), ("checkbox", 1), ("button", 3), ("link", 2)):
		found = page.get_by_role(role).all()
		assert len(found) == count, role
	named = page.locator("main").aria_snapshot()
	for name in ("उत्कृष्ट", "बहुत अच्छा", "अच्छा", "औसत", "खराब"):
		assert f'radio "{name}"' in named
	assert 'group "काम कैसा रहा? (चाहें तो छोड़ दें)"' in named
	assert 'textbox "आप अपील क्यों कर रहे हैं?"' in named
	levels = page.evaluate(HEADINGS)
	assert levels[0] == 1
	assert set(levels[1:]) == {2}
	assert page.locator("svg:not([aria-hidden=true])").count() == 0
	assert page.locator("header").get_by_role("link").get_attribute("lang") == "en"

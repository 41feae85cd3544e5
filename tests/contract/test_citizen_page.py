"""The citizen's page: what it shows, and what a sent form does. Its HTML is Frappe's to render, so on a bench only."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from grievance_helpdesk.redressal import moment
from grievance_helpdesk.redressal.citizen_side import page as citizen_page
from grievance_helpdesk.redressal.citizen_side import replies
from tests.contract.closures import ACTION, World
from tests.contract.conftest import Http
from tests.contract.test_citizen_api import PRIVATE, addresses

UNKNOWN = "No complaint was found for this link."
HOSTILE = '"><script>window.hacked=1</script>{{ 7*7 }}{index}'


class Page(HTMLParser):
	"""Elements with their attributes, labels, and the words that a person reads."""

	def __init__(self, answer):
		super().__init__()
		self.status, self.headers, self.html = answer.status_code, answer.headers, answer.text
		self.elements: list[tuple[str, dict]] = []
		self.words = ""
		self.feed(self.html)

	def handle_starttag(self, tag, attributes):
		self.elements.append((tag, dict(attributes)))

	def handle_data(self, data):
		if self.elements and self.elements[-1][0] != "style":
			self.words += data

	def all(self, tag: str, **wanted) -> list[dict]:
		return [found for name, found in self.elements if name == tag and wanted.items() <= found.items()]

	@property
	def buttons(self) -> list[str]:
		return [found["value"] for found in self.all("button", name="solved")]


class Visitor:
	def __init__(self, http: Http):
		self.http = http
		self.address = next(addresses)

	def __call__(self, method: str, **options) -> Page:
		headers = {"X-Forwarded-For": self.address, "Accept": "text/html"}
		return Page(self.http(method, "/grievance", headers=headers, **options))

	def open(self, key: str, **query) -> Page:
		return self("GET", query_string={"key": key, **query})

	def send(self, key: str, **form) -> Page:
		return self("POST", data={"key": key, "form": "feedback", **form})


@pytest.fixture
def visitor(http: Http) -> Visitor:
	return Visitor(http)


@pytest.fixture(scope="module")
def world():
	import frappe as site

	world = World("PGE")
	site.db.commit()
	yield world
	world.remove()


@pytest.fixture
def resolved(site, world):
	doc = world.resolved(at=moment.now())
	site.db.commit()
	return doc


def status_of(site, doc) -> str:
	site.db.rollback()
	return site.db.get_value("Grievance", doc.name, "status")


# As plain values, on both sites


def test_everything_is_escaped_and_braces_mean_nothing(site):
	shown = citizen_page.safe({"a": ["<b>{index}</b>", {"c": '"&'}], "n": 1, "none": None})
	assert shown == {
		"a": ["&lt;b&gt;&#123;index&#125;&lt;/b&gt;", {"c": "&#34;&amp;"}],
		"n": 1,
		"none": None,
	}


def test_a_form_is_answered_with_the_way_to_the_page(site, world, resolved):
	key = resolved.tracking_key
	answer = citizen_page.respond({"key": key, "lang": "hi", "solved": "1", "rating": "Good"}, "POST")
	assert (answer.status, answer.location) == (
		303,
		f"/grievance?key={key}&lang=hi&done=thanks_solved#result",
	)
	view = citizen_page.respond({"key": key, "done": "thanks_solved"}, "GET").view
	assert view["done"] == "Thank you. The complaint is closed as solved."
	assert view["case"]["status_text"] == "Closed"


def test_a_refused_form_keeps_the_words_and_says_why(site, world, resolved):
	form = {"key": resolved.tracking_key, "solved": "1", "comment": "<x" + "क" * 1000}
	answer = citizen_page.respond(form, "POST")
	assert (answer.status, answer.location) == (422, None)
	assert answer.view["problem"] == "Please write at most 1000 characters; these are 1002."
	assert answer.view["typed"]["comment"].startswith("&lt;xक")


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("form", [{}, {"key": "f" * 20}, {"key": "x", "lang": "fr", "done": HOSTILE}])
def test_an_unknown_key_shows_a_sentence_and_no_case(site, method: str, form: dict):
	answer = citizen_page.respond({**form, "solved": "1"}, method)
	assert (answer.status, answer.view["case"]) == (404, None)
	assert answer.view["problem"].startswith(UNKNOWN)


# On the bench


@pytest.mark.bench
def test_the_page_shows_the_case_to_a_guest_and_nothing_private(site, visitor, resolved):
	replies.send(resolved.name, "The team has come.")
	site.db.commit()
	page = visitor.open(resolved.tracking_key)
	assert page.status == 200
	for words in (
		resolved.name,
		"Action was taken",
		ACTION,
		"Junior Engineer (ID PGE-JUN)",
		"The team has come.",
	):
		assert words in page.words
	assert page.buttons == ["1", "0"]
	assert [found["value"] for found in page.all("input", name="rating")] == [
		"Excellent",
		"Very Good",
		"Good",
		"Average",
		"Poor",
	]
	assert [secret for secret in PRIVATE if secret in page.html] == []


@pytest.mark.bench
def test_no_cache_no_frame_and_no_other_site_gets_the_key(visitor, resolved):
	page = visitor.open(resolved.tracking_key)
	assert "no-store" in page.headers["Cache-Control"].split(",")
	assert page.headers["Referrer-Policy"] == "no-referrer"
	assert page.headers["X-Frame-Options"] == "DENY"
	assert page.all("script") == []
	assert [found for found in page.all("link") if found["rel"] != "icon"] == []
	assert re.findall(r"https?://", page.html) == []


@pytest.mark.bench
def test_each_key_shows_its_own_case(site, visitor, world, resolved):
	other = world.case()
	site.db.commit()
	assert resolved.name in visitor.open(resolved.tracking_key).words
	page = visitor.open(other.tracking_key)
	assert other.name in page.words
	assert resolved.name not in page.words
	assert page.buttons == []
	assert "There is nothing for you to do now." in page.words


@pytest.mark.bench
@pytest.mark.parametrize(
	("written_in", "chosen", "language", "title"),
	[
		("hi", "", "hi", "आपकी शिकायत"),
		("en", "", "en", "Your complaint"),
		("hi", "en", "en", "Your complaint"),
		("en", "hi", "hi", "आपकी शिकायत"),
	],
)
def test_the_page_speaks_the_language_of_the_complaint_until_another_is_chosen(
	site, visitor, world, written_in, chosen, language, title
):
	doc = world.case(language=written_in)
	site.db.commit()
	page = visitor.open(doc.tracking_key, **({"lang": chosen} if chosen else {}))
	assert page.all("html") == [{"lang": language}]
	assert title in page.words
	other = "en" if language == "hi" else "hi"
	assert (
		page.all("a", hreflang=other, lang=other)[0]["href"]
		== f"/grievance?key={doc.tracking_key}&lang={other}"
	)


@pytest.mark.bench
def test_a_sent_form_closes_the_case_and_leads_back_to_the_page(site, visitor, resolved):
	page = visitor.send(resolved.tracking_key, solved="1", rating="Good", comment=HOSTILE)
	assert page.status == 303
	assert page.headers["Location"].endswith(
		f"/grievance?key={resolved.tracking_key}&done=thanks_solved#result"
	)
	assert status_of(site, resolved) == "Closed"
	page = visitor.send(resolved.tracking_key, solved="0", comment=HOSTILE)
	assert page.status == 422
	assert "You have answered this closure already." in page.words
	assert page.all("script") == []


@pytest.mark.bench
def test_a_refused_form_shows_hostile_words_as_words(visitor, resolved):
	page = visitor.send(resolved.tracking_key, solved="1", comment=HOSTILE + "क" * 1000)
	assert page.status == 422
	assert page.all("script") == []
	assert "{{ 7*7 }}{index}" in page.words


@pytest.mark.bench
def test_not_solved_and_the_appeal_work_from_the_page(site, visitor, world, resolved):
	assert visitor.send(resolved.tracking_key, solved="0", lang="hi").status == 303
	assert status_of(site, resolved) == "Open"
	doc = world.closed(at=moment.now())
	site.db.commit()
	page = visitor("POST", data={"key": doc.tracking_key, "form": "appeal", "reason": "Dark again"})
	assert page.status == 303
	assert "done=thanks_appeal" in page.headers["Location"]
	page = visitor.open(doc.tracking_key, done="thanks_appeal")
	assert "Your appeal was filed." in page.words
	assert "Your appeal is with a senior officer already." in page.words
	assert page.all("textarea", id="reason") == []


@pytest.mark.bench
def test_a_confidential_case_shows_nothing_but_number_and_status(site, visitor, world):
	doc = world.resolved(at=moment.now(), confidential=1)
	site.db.commit()
	page = visitor.open(doc.tracking_key)
	assert doc.name in page.words
	assert "This complaint is confidential." in page.words
	for words in (ACTION, "Junior Engineer", "Contract PGE-CAT", "Contract PGE-DEP"):
		assert words not in page.words


@pytest.mark.bench
def test_unknown_keys_get_one_and_the_same_page(visitor):
	pages = [visitor.open(key) for key in ("f" * 20, "x", "<script>", "GRV-2026-000001", "")]
	assert {page.status for page in pages} == {404}
	assert len({page.html for page in pages}) == 1
	assert UNKNOWN in pages[0].words
	assert "इस लिंक से कोई शिकायत नहीं मिली।" in pages[0].words
	assert UNKNOWN not in visitor.open("x", lang="hi").words


@pytest.mark.bench
def test_every_field_has_its_label_and_every_help_its_field(visitor, resolved):
	page = visitor.open(resolved.tracking_key)
	labelled = {found["for"] for found in page.all("label") if "for" in found}
	identities = [found["id"] for _tag, found in page.elements if "id" in found]
	assert len(identities) == len(set(identities)), "an id stands once"
	for tag in ("textarea", "input"):
		for field in page.all(tag):
			if field.get("type") not in ("hidden", "radio"):
				assert field["id"] in labelled
	for _tag, found in page.elements:
		for attribute in ("aria-describedby", "aria-labelledby"):
			if attribute in found:
				assert found[attribute] in identities
	assert len(page.all("legend")) == len(page.all("fieldset")) == 1
	assert len(page.all("h1")) == len(page.all("main")) == 1
	assert page.all("li", **{"aria-current": "step"})

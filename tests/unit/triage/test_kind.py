"""Grievance or not: in doubt a grievance."""

from __future__ import annotations

import pytest

from grievance_helpdesk.intake.triage.engine import PostText, Triage


@pytest.mark.parametrize(
	("text", "kind"),
	[
		("sewer jam hai 10 din se koi sunwai nahi", "grievance"),
		("ram ram ji, hamari gali me pani bhara hua hai", "grievance"),
		("Thank you for nothing. No water since 5 days in our street", "grievance"),
		("wah kya vikas hai, sadak par gadde hi gadde", "grievance"),
		("यह सड़क कब बनेगी? दो साल से टूटी पड़ी है", "grievance"),
		("kuch karo yaar", "grievance"),
		("", "grievance"),
		("mera sujhav hai ki har gaon me pustkalay hona chahiye", "suggestion"),
		("bahut dhanyawad sir, meri samasya hal ho gayi", "thanks"),
		("आप सभी को दीपावली की हार्दिक शुभकामनाएं", "greeting"),
		("good morning sir have a nice day", "greeting"),
		("vote for change, opposition is finished, elections are coming", "politics"),
		("ghar baithe kamaye 5000 daily, join telegram now", "spam"),
		("tum sab chor ho haramkhor saale", "abuse"),
		("domicile ke liye kaun se documents chahiye, koi bata do kaise apply kare", "question"),
		("Under RTI Act 2005 provide certified copies of tenders", "out_of_scope"),
		("mera promotion ka case court me case chal raha hai high court", "out_of_scope"),
	],
)
def test_the_kind_is_told(shipped_engine: Triage, text: str, kind: str) -> None:
	assert shipped_engine.triage(PostText(text)).kind.value == kind


def test_what_is_not_surely_another_kind_waits_for_a_person(shipped_engine: Triage) -> None:
	result = shipped_engine.triage(PostText("nice idea, suggestion", post_id="2"))
	assert result.is_grievance or result.kind.confidence >= 0.9 or result.needs_review


def test_a_suggestion_has_its_own_category(shipped_engine: Triage) -> None:
	result = shipped_engine.triage(PostText("my suggestion: government should introduce dustbins"))
	assert (result.category.value, result.is_grievance) == ("SUG", False)

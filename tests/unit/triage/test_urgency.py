"""What cannot wait, and that each reason is told."""

from __future__ import annotations

import pytest

from grievance_helpdesk.intake.triage.engine import PostText, Triage


@pytest.mark.parametrize(
	("text", "reason"),
	[
		("bijli ka taar toot kar sadak par pada hai current aa raha", "urgent.live-wire"),
		("खंभे में करंट आ रहा है", "urgent.live-wire"),
		("open manhole in front of the school", "urgent.open-manhole"),
		("manhole ka dhakkan gayab hai", "urgent.open-manhole"),
		("ladkiyon se chhedchhad hoti hai bus stand par", "urgent.harassment"),
		("jaan se marne ki dhamki de raha hai police kuch nahi karti", "urgent.threat-to-life"),
		("1 ghante se ambulance nahi aayi, log ghayal pade hain", "urgent.hospital"),
		("panch din se pani nahi aaya", "urgent.no-water-days"),
		("पिछले सप्ताह से पानी नहीं आ रहा", "urgent.no-water-days"),
		("makan gir gaya andar log fase hue hain", "urgent.collapse"),
	],
)
def test_an_emergency_is_told_with_its_reason(shipped_engine: Triage, text: str, reason: str) -> None:
	urgent = shipped_engine.triage(PostText(text)).urgent
	assert urgent.value is True
	assert reason in [one.rule for one in urgent.reasons]


@pytest.mark.parametrize(
	"text",
	["street light 2 mahine se band hai", "pani kam aata hai", "kal se pani nahi", "park me jhule toote", ""],
)
def test_an_ordinary_trouble_is_not_urgent(shipped_engine: Triage, text: str) -> None:
	assert shipped_engine.triage(PostText(text)).urgent.value is False


def test_what_is_no_grievance_is_never_urgent(shipped_engine: Triage) -> None:
	result = shipped_engine.triage(
		PostText("Luxury apartments 3 BHK for sale, site visit, limited offer, call now")
	)
	assert (result.is_grievance, result.urgent.value) == (False, False)

"""Which trouble a post names: the shipped phrases in three languages, and the homographs that fool keywords."""

from __future__ import annotations

from datetime import date

import pytest

from grievance_helpdesk.intake.triage import category
from grievance_helpdesk.intake.triage.engine import PostText, Triage
from grievance_helpdesk.intake.triage.rules import Category, CompiledRules, Phrase, RuleSet
from grievance_helpdesk.intake.triage.text import normalise


@pytest.mark.parametrize(
	("text", "code"),
	[
		("hamare mohalle me 5 din se pani koni aaya, tanki khali h", "WAT-NO"),
		("nal se badbudar peela pani aa raha hai", "WAT-DIRTY"),
		("pipe line fati padi hai hazaro litre pani barbad", "WAT-LEAK"),
		("sivar jaam hai galiyon me ganda pani", "SEW-BLK"),
		("barish ka pani gali me bhara hua hai nikasi nahi", "DRN"),
		("सड़क पर गहरे गड्ढे हैं रोज एक्सीडेंट होते हैं", "RD-POT"),
		("gaon ki firni kachi padi hai", "RD-LINK"),
		("kooda uthane wali gadi nahi aayi, gandagi ka dher", "GAR"),
		("khambe ki light 2 mahine se band hai", "LGT"),
		("लाइट नहीं आ रही सुबह से, बिजली घर फोन नहीं उठाता", "PWR-CUT"),
		("transfarmar fuk gya 4 din ho gye", "PWR-TRF"),
		("bijli ka taar toot kar latak raha hai current aa raha", "PWR-DNG"),
		("bijli ka bill 40 hazar aa gaya meter tez chal raha", "PWR-BILL"),
		("tubewell connection ki file do saal se pending", "PWR-CON"),
		("machhar bahut hain fogging karwao", "MOS"),
		("awara kutton ne bacche ko kaat liya", "ANI"),
		("footpath par kabza kar rakha hai rehdi walo ne", "ENC"),
		("sukha ped girne wala hai", "TRE"),
		("park ke jhule toote hue hain", "PRK"),
		("patwari intkal nahi chadha raha", "REV-REG"),
		("nishandehi ke liye aavedan diya tha paimaish nahi hui", "REV-DEM"),
		("जाति प्रमाण पत्र नहीं बन रहा", "CERT"),
		("family id me income galat dikha rahe", "PPP"),
		("property id me area galat hai ndc nahi mil rahi", "PID"),
		("depot holder gehu kam taulta hai", "RAT"),
		("dadi ki budhapa pension band kar di", "PEN"),
		("civil hospital me doctor nahi dawai bahar se", "HLT"),
		("sarkari school me teacher nahi hai", "EDU"),
		("roadways bus nahi rukti", "TRN"),
		("police FIR nahi likh rahi chori ki", "POL"),
		("ladkiyon se chhedchhad karte hain manchale", "WOM"),
		("clerk rishwat mang raha hai", "COR"),
		("dap khad nahi mil rahi kisan line me khade", "AGR"),
		("rajbahe ki tail tak pani nahi pahuncha moga band", "IRR"),
		("parali ka dhuan saans lena mushkil", "POLU"),
		("builder ne flat ka possession nahi diya rera me bhi gaye", "COL"),
		("hkrn karmchari ko 3 mahine se vetan nahi mila", "JOB"),
		# homographs
		("gali tooti padi hai", "RD-POT"),
		("roadways depot me bus kharab khadi hai", "TRN"),
		("street light kharab hai khambe par", "LGT"),
		("pani bhara hua hai sadak par barish ka", "DRN"),
		("sarkar ki kanina mandi me pani nahi aa raha", "WAT-NO"),
		("sewer line jam", "SEW-BLK"),
		("nali jam hai", "DRN"),
		("near school the manhole is open", "SEW-BLK"),
		("hospital ke paas sadak par gadde", "RD-POT"),
	],
)
def test_the_trouble_is_named(shipped_engine: Triage, text: str, code: str) -> None:
	assert shipped_engine.triage(PostText(text)).category.value == code


def test_two_troubles_in_one_post(shipped_engine: Triage) -> None:
	result = shipped_engine.triage(PostText("gali banva do or sevrege ki problem hai"))
	assert {result.category.value, *result.also} == {"SEW-BLK", "RD-POT"}


def decide(text: str, *categories: Category, **given):
	rules = RuleSet(categories)
	read = normalise(text)
	return category.decide(read, CompiledRules(rules).scan(read.words), rules, **given)


def test_an_excluding_phrase_takes_its_words_away() -> None:
	parking = Phrase("parking lot", exclude=True)
	park = Category("PRK", "Park", phrases=(Phrase("lot", weight=3.0), parking))
	assert decide("the lot is dirty", park).best.value == "PRK"
	assert decide("the parking lot is full", park).best.value is None


def test_phrases_hold_in_their_district_and_their_days() -> None:
	rows = (
		Phrase(
			"chowki", weight=3.0, district="Hisar", valid_from=date(2026, 1, 1), valid_to=date(2026, 2, 1)
		),
	)
	local = Category("POL", "Police", phrases=rows)
	assert decide("chowki", local, district="Hisar", day=date(2026, 1, 15)).best.value == "POL"
	assert decide("chowki", local, district="Hisar", day=date(2026, 3, 1)).best.value is None
	assert decide("chowki", local, district="Jind", day=date(2026, 1, 15)).best.value is None


def test_reasons_show_the_citizens_words() -> None:
	found = decide("Hamara SEWER jam", Category("SEW", "Sewer", phrases=(Phrase("sewer jam", weight=3.0),)))
	assert "“SEWER jam” speaks for SEW" in [reason.text for reason in found.best.reasons]


def test_nothing_found_is_no_category() -> None:
	found = decide("", Category("SEW", "Sewer", phrases=(Phrase("sewer"),)))
	assert (found.best.value, found.ranked, found.also) == (None, [], [])


def test_confidences_of_the_ranked_stay_below_one(shipped_engine: Triage) -> None:
	ranked = shipped_engine.triage(PostText("sadak tooti, sewer jam, kuda nahi uthta, light band")).categories
	assert len(ranked) == 3
	assert sum(share for _, share in ranked) <= 1.0
	assert ranked == sorted(ranked, key=lambda one: -one[1])

"""The words of the daily digest. Pure Python."""

from __future__ import annotations

from grievance_helpdesk.redressal.citizen_side.words import phrase

# key: (English, Hindi)
WORDS: dict[str, tuple[str, str]] = {
	"subject": (
		"Grievances on {day}: {overdue} overdue, {due_today} due today",
		"{day} की शिकायतें: {overdue} समय-सीमा से बाहर, {due_today} आज देय",
	),
	"title": ("Your grievances today", "आज की आपकी शिकायतें"),
	"government": ("Public Grievance Redressal", "जन शिकायत निवारण"),
	"open": ("Open", "खुली"),
	"overdue": ("Overdue", "समय-सीमा से बाहर"),
	"due_today": ("Due today", "आज देय"),
	"disputed": ("Disputed by the citizen", "नागरिक असहमत"),
	"waiting": ("Waiting for the citizen", "नागरिक की प्रतीक्षा"),
	"new": ("New since yesterday", "कल से नई"),
	"most_pressing": ("Most pressing", "सबसे पहले"),
	"number": ("Number", "संख्या"),
	"case": ("Grievance", "शिकायत"),
	"due": ("Due by", "अंतिम तिथि"),
	"no_due": ("no limit", "सीमा नहीं"),
	"confidential": ("(confidential)", "(गोपनीय)"),
	"all_mine": ("All my open cases", "मेरी सभी खुली शिकायतें"),
	"area": ("Your area", "आपका क्षेत्र"),
	"officers": ("Officers with overdue cases", "जिन अधिकारियों की शिकायतें समय-सीमा से बाहर हैं"),
	"officer": ("Officer", "अधिकारी"),
	"nobody": ("(no officer)", "(कोई अधिकारी नहीं)"),
	"id": ("{designation} (ID {official_id})", "{designation} (आईडी {official_id})"),
	"stop": (
		"This mail comes on days on which something presses.",
		"यह मेल उन्हीं दिनों आती है जब कोई कार्य लंबित हो।",
	),
	"unsubscribe": ("Stop the daily digest", "दैनिक सूचना बंद करें"),
}


def say(key: str, language: str, **values: object) -> str:
	return phrase(WORDS, key, language, **values)

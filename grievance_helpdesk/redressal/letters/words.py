"""The words of the Action Taken Report, and how a name is masked. Pure Python."""

from __future__ import annotations

from grievance_helpdesk.redressal.citizen_side.words import ENGLISH, HINDI, phrase

# key: (English, Hindi)
WORDS: dict[str, tuple[str, str]] = {
	"title": ("Action Taken Report", "की गई कार्रवाई की रिपोर्ट"),
	"interim_title": ("Interim Report on a Grievance", "शिकायत पर अंतरिम रिपोर्ट"),
	"government_of": ("Government of {state}", "{state} सरकार"),
	"system": ("Public Grievance Redressal", "जन शिकायत निवारण"),
	"confidential": ("CONFIDENTIAL", "गोपनीय"),
	"number": ("No.", "संख्या"),
	"date": ("Date", "दिनांक"),
	"to": ("To", "सेवा में"),
	"subject": ("Subject", "विषय"),
	"subject_line": (
		"Report on grievance {number}, received on {received}",
		"{received} को प्राप्त शिकायत {number} पर रिपोर्ट",
	),
	"withheld": ("(name withheld)", "(नाम प्रकट नहीं)"),
	"citizen": ("Citizen", "नागरिक"),
	"place": ("Place", "स्थान"),
	"district": ("District", "ज़िला"),
	"category": ("Category", "शिकायत का विषय"),
	"department": ("Department", "विभाग"),
	"officer": ("Officer responsible", "उत्तरदायी अधिकारी"),
	"channel": ("Received through", "प्राप्ति का माध्यम"),
	"channel_X": ("X", "X"),
	"channel_Facebook": ("Facebook", "फ़ेसबुक"),
	"channel_Email": ("E-mail", "ई-मेल"),
	"channel_Counter": ("Counter", "काउंटर"),
	"received": ("Received on", "प्राप्ति की तिथि"),
	"status": ("Where it stands", "वर्तमान स्थिति"),
	"reported": ("What was reported", "क्या शिकायत की गई"),
	"action_taken": ("Action taken", "की गई कार्रवाई"),
	"rejected_why": ("Why it was not taken up", "शिकायत न लिए जाने का कारण"),
	"no_action": (
		"No action has been recorded so far. Work on the grievance goes on.",
		"अब तक कोई कार्रवाई दर्ज नहीं है। शिकायत पर कार्य जारी है।",
	),
	"joined": (
		"Joined with grievance {number} about the same problem; the answer is given there.",
		"इसी समस्या की शिकायत {number} के साथ जोड़ी गई; उत्तर वहीं दिया जाता है।",
	),
	"evidence": ("Evidence on file", "अभिलेख में साक्ष्य"),
	"no_evidence": ("None", "कोई नहीं"),
	"limits": ("Time limits", "समय-सीमा"),
	"limit": ("Step", "चरण"),
	"due": ("Due by", "अंतिम तिथि"),
	"done": ("Done on", "पूर्ण होने की तिथि"),
	"result": ("Result", "परिणाम"),
	"acknowledge": ("Taken up", "स्वीकार करना"),
	"resolve": ("Action", "कार्रवाई"),
	"kept": ("Kept", "समय पर"),
	"missed": ("Missed", "समय-सीमा के बाद"),
	"running": ("Running", "समय शेष"),
	"paused": ("Standing still", "रुकी हुई"),
	"none": ("No limit", "सीमा नहीं"),
	"not_done": ("not yet", "अभी नहीं"),
	"history": ("What happened", "क्या-क्या हुआ"),
	"nothing_public": ("Nothing so far.", "अब तक कुछ नहीं।"),
	"unsatisfied": (
		"If you are not satisfied, you may say so on the page of your grievance, or appeal to a senior officer.",
		"यदि आप संतुष्ट नहीं हैं तो अपनी शिकायत के पृष्ठ पर बता सकते हैं, या वरिष्ठ अधिकारी से अपील कर सकते हैं।",
	),
	"signature": ("Signature and seal", "हस्ताक्षर एवं मुहर"),
	"nobody": ("(no officer yet)", "(अभी कोई अधिकारी नहीं)"),
	"printed": (
		"Printed from the record of the case on {moment}.",
		"{moment} को शिकायत के अभिलेख से मुद्रित।",
	),
}


def say(key: str, language: str, **values: object) -> str:
	return phrase(WORDS, key, language, **values)


def language_of(asked: str | None) -> str:
	"""Hindi for ``hi``, ``hi-IN``, Hindi in Latin letters and what is half Hindi, else English."""
	return HINDI if asked == "mixed" or (asked or "").partition("-")[0] == HINDI else ENGLISH


def masked(name: str | None) -> str:
	"""``R*** K***``: who knows the citizen recognises it, nobody else learns a name."""
	return " ".join(f"{word[0]}***" for word in (name or "").split())

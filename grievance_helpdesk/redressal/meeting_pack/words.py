"""The words of the meeting pack. Pure Python."""

from __future__ import annotations

from grievance_helpdesk.redressal.citizen_side.words import phrase

# key: (English, Hindi)
WORDS: dict[str, tuple[str, str]] = {
	"title": ("Review of Public Grievances", "जन शिकायतों की समीक्षा"),
	"subject": ("Meeting pack: grievances on {day}", "बैठक सामग्री: {day} की शिकायतें"),
	"mail": (
		"The pack for the review meeting is attached: {pending} grievances are pending, {overdue} of them overdue.",
		"समीक्षा बैठक की सामग्री संलग्न है: {pending} शिकायतें लंबित हैं, इनमें {overdue} समय-सीमा से बाहर।",
	),
	"government_of": ("Government of {state}", "{state} सरकार"),
	"system": ("Public Grievance Redressal", "जन शिकायत निवारण"),
	"as_of": ("As of {moment}", "{moment} की स्थिति"),
	"pending": ("Pending", "लंबित"),
	"overdue": ("Overdue", "समय-सीमा से बाहर"),
	"over": ("Over {days} days", "{days} दिन से अधिक"),
	"band": ("{low} to {high} days", "{low} से {high} दिन"),
	"up_to": ("Up to {days} days", "{days} दिन तक"),
	"untouched": ("Not taken up", "स्वीकार नहीं की गई"),
	"missing": ("Action Taken missing", "कार्रवाई रिपोर्ट नहीं"),
	"disputed": ("Disputed closures", "विवादित निस्तारण"),
	"departments": ("1. Departments by age of pending cases", "1. विभागवार लंबित शिकायतें, अवधि के अनुसार"),
	"districts": ("2. Districts", "2. ज़िले"),
	"letters": (
		"3. Letters of dissatisfaction: departments that have not started",
		"3. असंतोष पत्र: जिन विभागों ने कार्य आरंभ नहीं किया",
	),
	"letters_help": (
		"Departments with pending cases that nobody has taken up, although the time to do so is over.",
		"वे विभाग जिनकी लंबित शिकायतें स्वीकार करने का समय बीतने पर भी किसी ने स्वीकार नहीं कीं।",
	),
	"missing_title": ("4. Action Taken missing", "4. कार्रवाई रिपोर्ट प्राप्त नहीं"),
	"missing_help": (
		"Pending for more than {days} days or past the limit, and no action is written. {count} in all, the oldest first.",
		"{days} दिन से अधिक लंबित या समय-सीमा से बाहर, और कोई कार्रवाई दर्ज नहीं। कुल {count}, सबसे पुरानी पहले।",
	),
	"disputed_title": ("5. Disputed closures", "5. विवादित निस्तारण"),
	"disputed_help": (
		"The citizen said that the problem is not solved, and the case is open again. {count} in all.",
		"नागरिक ने कहा कि समस्या हल नहीं हुई, और शिकायत दोबारा खुली है। कुल {count}।",
	),
	"oldest_title": ("6. The oldest pending cases", "6. सबसे पुरानी लंबित शिकायतें"),
	"none": ("None.", "कोई नहीं।"),
	"nothing": (
		"Nothing is pending: every grievance that you may see is decided.",
		"कुछ भी लंबित नहीं: जो शिकायतें आप देख सकते हैं, उन सब पर निर्णय हो चुका है।",
	),
	"department": ("Department", "विभाग"),
	"district": ("District", "ज़िला"),
	"number": ("Number", "संख्या"),
	"case": ("Grievance", "शिकायत"),
	"officer": ("Officer", "अधिकारी"),
	"received": ("Received", "प्राप्त"),
	"days": ("Days", "दिन"),
	"total": ("Total", "कुल"),
	"not_known": ("Not known", "ज्ञात नहीं"),
	"confidential": ("(confidential)", "(गोपनीय)"),
	"id": ("{designation} (ID {official_id})", "{designation} (आईडी {official_id})"),
	"chart_age": ("Pending cases by department and age", "विभाग और अवधि के अनुसार लंबित शिकायतें"),
	"chart_overdue": ("Pending and overdue cases by district", "ज़िले के अनुसार लंबित और समय-सीमा से बाहर शिकायतें"),
	"in_time": ("In time", "समय में"),
	"scope": (
		"Counted are the grievances that {user} may see; merged ones count with the case that took them in.",
		"गणना में वे शिकायतें हैं जिन्हें {user} देख सकते हैं; जोड़ी गई शिकायतें मुख्य शिकायत में गिनी गई हैं।",
	),
}


def say(key: str, language: str, **values: object) -> str:
	return phrase(WORDS, key, language, **values)

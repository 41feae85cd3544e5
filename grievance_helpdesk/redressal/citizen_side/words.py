"""What a citizen reads, in English and in Hindi: sentences by key. Pure Python; digits stay 0-9 in both languages."""

from __future__ import annotations

from datetime import date, datetime

ENGLISH, HINDI = "en", "hi"
LANGUAGES = (ENGLISH, HINDI)
MONTHS = {
	ENGLISH: "January February March April May June July August September October November December".split(),
	HINDI: "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर".split(),
}

# key: (English, Hindi)
WORDS: dict[str, tuple[str, str]] = {
	# What the citizen is told of the case
	"status_received": ("Received", "प्राप्त हुई"),
	"status_working": ("An officer is working on it", "अधिकारी कार्रवाई कर रहे हैं"),
	"status_waiting": (
		"On hold: the officer needs an answer or waits for something",
		"रुकी हुई है: अधिकारी को उत्तर या किसी चीज़ की प्रतीक्षा है",
	),
	"status_again": ("Open again", "दोबारा खुली है"),
	"status_resolved": ("Action was taken", "कार्रवाई हो गई है"),
	"status_closed": ("Closed", "बंद हो गई है"),
	"status_rejected": ("Not taken up as a grievance", "शिकायत के रूप में नहीं ली गई"),
	"status_merged": (
		"Joined with another complaint about the same problem",
		"इसी समस्या की दूसरी शिकायत के साथ जोड़ी गई",
	),
	# What happened, by the kind of event; a move by the status that it led to
	"event_REGISTERED": ("Your complaint was registered.", "आपकी शिकायत दर्ज हुई।"),
	"event_TRANSFERRED": (
		"It was sent to the office that is responsible.",
		"इसे संबंधित कार्यालय को भेजा गया।",
	),
	"event_MERGED": (
		"It was joined with another complaint about the same problem.",
		"इसे इसी समस्या की दूसरी शिकायत के साथ जोड़ा गया।",
	),
	"event_MERGE_UNDONE": (
		"It is handled as a complaint of its own again.",
		"अब इसे फिर अलग शिकायत के रूप में देखा जा रहा है।",
	),
	"event_REJECTED": (
		"It was not taken up as a grievance.",
		"इसे शिकायत के रूप में नहीं लिया गया।",
	),
	"event_ESCALATED": (
		"It was brought before a higher officer.",
		"इसे उच्च अधिकारी के सामने रखा गया।",
	),
	"event_HANDED_ON": (
		"It was handed on to another officer.",
		"इसे दूसरे अधिकारी को सौंपा गया।",
	),
	"event_APPEAL_FILED": ("An appeal was filed.", "अपील दर्ज हुई।"),
	"event_APPEAL_DECIDED": ("The appeal was decided.", "अपील पर निर्णय हुआ।"),
	"event_FEEDBACK": ("You said that it is solved.", "आपने बताया कि समस्या हल हो गई।"),
	"event_DISPUTED": (
		"You said that it is not solved. It was opened again.",
		"आपने बताया कि समस्या हल नहीं हुई। शिकायत दोबारा खोली गई।",
	),
	"event_CLOSED_IN_SILENCE": (
		"It was closed, because no answer came.",
		"उत्तर न मिलने के कारण शिकायत बंद की गई।",
	),
	"event_MESSAGE_TO_CITIZEN": ("A message for you:", "आपके लिए संदेश:"),
	"event_INTERIM_REPLY": ("An interim reply for you:", "आपके लिए अंतरिम उत्तर:"),
	"event_CITIZEN_WROTE": ("You wrote again.", "आपने दोबारा लिखा।"),
	"event_SUPPORTED": (
		"Other citizens have the same problem.",
		"यही समस्या अन्य नागरिकों को भी है।",
	),
	"event_Open": ("Work on it goes on.", "इस पर काम जारी है।"),
	"event_On Hold": ("It waits for an answer.", "इसमें उत्तर की प्रतीक्षा है।"),
	"event_Resolved": (
		"The office reports that action was taken.",
		"कार्यालय ने बताया कि कार्रवाई हो गई है।",
	),
	"event_Closed": ("It was closed.", "शिकायत बंद हुई।"),
	"event_Acknowledged": ("An officer took it up.", "अधिकारी ने इसे स्वीकार किया।"),
	"event_other": ("There was progress.", "इस पर कार्रवाई आगे बढ़ी।"),
	# What was done
	"thanks_solved": (
		"Thank you. The complaint is closed as solved.",
		"धन्यवाद। शिकायत हल मानकर बंद कर दी गई है।",
	),
	"thanks_not_solved": (
		"Thank you for telling us. The complaint is open again; the officer and the senior officer were told.",
		"बताने के लिए धन्यवाद। शिकायत दोबारा खोल दी गई है; अधिकारी और उनके वरिष्ठ अधिकारी को सूचना दे दी गई है।",
	),
	"thanks_appeal": (
		"Your appeal was filed. A senior officer will decide it.",
		"आपकी अपील दर्ज हो गई है। वरिष्ठ अधिकारी इस पर निर्णय लेंगे।",
	),
	# What was refused, and what to do instead
	"unknown_key": (
		"No complaint was found for this link. Please open the link exactly as it was sent to you.",
		"इस लिंक से कोई शिकायत नहीं मिली। कृपया लिंक ठीक वैसे ही खोलें जैसे आपको भेजा गया था।",
	),
	"not_resolved_yet": (
		"The officer has not finished yet. You can answer once the action taken is written here.",
		"अधिकारी का काम अभी पूरा नहीं हुआ है। जब यहाँ की गई कार्रवाई लिखी होगी, तब आप उत्तर दे सकेंगे।",
	),
	"answered_already": (
		"You have answered this closure already. If you are not satisfied, please appeal.",
		"इस कार्रवाई पर आप उत्तर दे चुके हैं। यदि संतुष्ट नहीं हैं तो कृपया अपील करें।",
	),
	"window_over": (
		'The time to say "not solved" ended on {until}. Please file an appeal instead.',
		'"हल नहीं हुई" कहने का समय {until} को समाप्त हो गया। कृपया अब अपील करें।',
	),
	"no_way_back": (
		"This complaint is closed for good. If you are not satisfied, please appeal.",
		"यह शिकायत अंतिम रूप से बंद है। यदि संतुष्ट नहीं हैं तो कृपया अपील करें।",
	),
	"closed_for_answers": (
		"The time to answer ended on {until}.",
		"उत्तर देने का समय {until} को समाप्त हो गया।",
	),
	"rejected_no_feedback": (
		"This was not taken up as a grievance. If you disagree, please appeal.",
		"यह शिकायत के रूप में नहीं ली गई। यदि असहमत हैं तो कृपया अपील करें।",
	),
	"merged_no_feedback": (
		"This complaint was joined with {number}. The answer will come there.",
		"यह शिकायत {number} के साथ जोड़ी गई है। उत्तर वहीं मिलेगा।",
	),
	"choose_answer": (
		"Please choose: it is solved, or it is not solved.",
		"कृपया चुनें: समस्या हल हुई, या हल नहीं हुई।",
	),
	"unknown_rating": ("Please choose one of the ratings: {ratings}.", "कृपया इनमें से एक मूल्यांकन चुनें: {ratings}।"),
	"too_long": (
		"Please write at most {limit} characters; these are {count}.",
		"कृपया अधिक से अधिक {limit} अक्षर लिखें; अभी {count} हैं।",
	),
	"reason_missing": (
		"Please write why you appeal.",
		"कृपया लिखें कि आप अपील क्यों कर रहे हैं।",
	),
	"appeal_pending": (
		"Your appeal is with a senior officer already. Please wait for the decision, due by {due}.",
		"आपकी अपील वरिष्ठ अधिकारी के पास है। कृपया निर्णय की प्रतीक्षा करें, अंतिम तिथि {due}।",
	),
	"appeal_too_early": (
		"An appeal is possible after the case is decided. It is still open.",
		"अपील निर्णय के बाद की जा सकती है। शिकायत अभी खुली है।",
	),
	"appeal_too_late": (
		"The time to appeal ended on {until}.",
		"अपील करने का समय {until} को समाप्त हो गया।",
	),
	"too_many": (
		"Too many requests came from your connection. Please try again in a few minutes.",
		"आपके कनेक्शन से बहुत अधिक अनुरोध आए हैं। कृपया कुछ मिनट बाद फिर प्रयास करें।",
	),
	# The page
	"page_title": ("Your complaint", "आपकी शिकायत"),
	"government": ("Public Grievance Redressal", "जन शिकायत निवारण"),
	"skip": ("Go to the content", "सीधे सामग्री पर जाएँ"),
	"other_language": ("हिन्दी", "English"),
	"number": ("Complaint number", "शिकायत संख्या"),
	"where_it_stands": ("Where it stands", "शिकायत की स्थिति"),
	"step_received": ("Received", "प्राप्त हुई"),
	"step_acknowledged": ("Taken up", "स्वीकार की गई"),
	"step_action": ("Action taken", "कार्रवाई हुई"),
	"step_closed": ("Closed", "बंद हुई"),
	"step_done": ("done", "पूरा हुआ"),
	"step_now": ("now", "अभी यहाँ"),
	"step_open": ("to come", "बाकी है"),
	"facts": ("About the complaint", "शिकायत के बारे में"),
	"category": ("Subject", "विषय"),
	"department": ("Department", "विभाग"),
	"district": ("District", "ज़िला"),
	"officer": ("Officer", "अधिकारी"),
	"received_at": ("Received on", "प्राप्ति की तिथि"),
	"acknowledge_by": ("To be taken up by", "इस समय तक स्वीकार की जानी है"),
	"acknowledged_at": ("Taken up on", "स्वीकार की गई"),
	"resolve_by": ("Action due by", "कार्रवाई की अंतिम तिथि"),
	"paused": (
		"The clock stands still while the case is on hold.",
		"शिकायत रुकी रहने तक समय-सीमा भी रुकी रहती है।",
	),
	"expected_by": ("Officer expects to finish by", "अधिकारी के अनुसार पूरा होने की तिथि"),
	"joined_with": ("Joined with", "इसके साथ जोड़ी गई"),
	"action_taken": ("Action taken", "की गई कार्रवाई"),
	"reply": ("Reply", "उत्तर"),
	"confidential": (
		"This complaint is confidential. For your safety nothing more is shown here.",
		"यह शिकायत गोपनीय है। आपकी सुरक्षा के लिए यहाँ और कुछ नहीं दिखाया जाता।",
	),
	"timeline": ("What happened so far", "अब तक क्या हुआ"),
	"your_answer": ("Is the problem solved?", "क्या समस्या हल हो गई?"),
	"solved": ("Yes, it is solved", "हाँ, हल हो गई"),
	"not_solved": ("No, it is not solved", "नहीं, हल नहीं हुई"),
	"not_solved_until": (
		"If it is not solved, tell us before {until}; the complaint is then opened again.",
		"यदि हल नहीं हुई है तो {until} से पहले बताएँ; शिकायत दोबारा खोल दी जाएगी।",
	),
	"silence": (
		"Without an answer the complaint is closed after that.",
		"उत्तर न मिलने पर उसके बाद शिकायत बंद कर दी जाती है।",
	),
	"rating": ("How was the work? (you may leave this out)", "काम कैसा रहा? (चाहें तो छोड़ दें)"),
	"comment": ("Anything to add? (you may leave this out)", "कुछ और कहना चाहेंगे? (चाहें तो छोड़ दें)"),
	"comment_help": (
		"At most {limit} characters. Please write no phone number and no Aadhaar number here.",
		"अधिक से अधिक {limit} अक्षर। कृपया यहाँ फ़ोन नंबर या आधार नंबर न लिखें।",
	),
	"appeal_too": (
		"The work was poor: I also appeal to a senior officer",
		"काम खराब था: मैं वरिष्ठ अधिकारी से अपील भी करना चाहता/चाहती हूँ",
	),
	"appeal_too_help": (
		'Only with the rating "Poor". Your words above are the reason.',
		'केवल "खराब" मूल्यांकन के साथ। ऊपर लिखे आपके शब्द ही कारण माने जाएँगे।',
	),
	"appeal": ("Appeal to a senior officer", "वरिष्ठ अधिकारी से अपील"),
	"appeal_help": (
		"You may appeal until {until}. Your words go to a senior officer.",
		"आप {until} तक अपील कर सकते हैं। आपके शब्द वरिष्ठ अधिकारी तक जाएँगे।",
	),
	"reason": ("Why do you appeal?", "आप अपील क्यों कर रहे हैं?"),
	"send_appeal": ("File the appeal", "अपील दर्ज करें"),
	"nothing_to_do": (
		"There is nothing for you to do now. We will write here what happens next.",
		"अभी आपको कुछ नहीं करना है। आगे जो होगा, यहाँ लिखा जाएगा।",
	),
	"finished": (
		"This complaint is finished. For a new problem please write to us again.",
		"यह शिकायत पूरी हो चुकी है। नई समस्या के लिए कृपया हमें दोबारा लिखें।",
	),
	"you_said_Solved": ("You said: it is solved.", "आपने कहा: समस्या हल हो गई।"),
	"you_said_Not Solved": ("You said: it is not solved.", "आपने कहा: समस्या हल नहीं हुई।"),
	"rating_Excellent": ("Excellent", "उत्कृष्ट"),
	"rating_Very Good": ("Very Good", "बहुत अच्छा"),
	"rating_Good": ("Good", "अच्छा"),
	"rating_Average": ("Average", "औसत"),
	"rating_Poor": ("Poor", "खराब"),
	"not_set": ("(date not set)", "(तिथि तय नहीं)"),
	"citizen": ("Citizen", "नागरिक"),
	"an_officer": ("the officer in charge", "संबंधित अधिकारी"),
	"a_department": ("the department in charge", "संबंधित विभाग"),
	"a_category": ("your complaint", "आपकी शिकायत"),
	"official_id": ("{designation} (ID {official_id})", "{designation} (आईडी {official_id})"),
}


def language_for(chosen: str | None, written_in: str | None = None) -> str:
	"""The language of a page: what the citizen chose, else that of the complaint (Hindi for Hindi in Latin letters)."""
	if chosen in LANGUAGES:
		return chosen
	return HINDI if written_in in ("hi", "hi-Latn", "mixed") else ENGLISH


def say(key: str, language: str, **values: object) -> str:
	"""The sentence ``key`` in ``language``, its ``{names}`` filled with ``values``."""
	return phrase(WORDS, key, language, **values)


def phrase(words: dict[str, tuple[str, str]], key: str, language: str, **values: object) -> str:
	"""The same for the words of another paper: letters, digests, the meeting pack."""
	sentence = words[key][LANGUAGES.index(language)]
	return sentence.format(**values) if values else sentence


def spoken_date(moment: date | datetime | None, language: str) -> str:
	"""``25 November 2026``, with ``, 14:05`` for a time of day; empty for None."""
	if not moment:
		return ""
	day = f"{moment.day} {MONTHS[language][moment.month - 1]} {moment.year}"
	return f"{day}, {moment:%H:%M}" if isinstance(moment, datetime) else day


def status_key(status: str, acknowledged: bool, reopened: bool) -> str:
	"""Key of the words for a Grievance's ``status``; unlike workflow states there are only these six."""
	if status != "Open":
		return {
			"On Hold": "status_waiting",
			"Resolved": "status_resolved",
			"Closed": "status_closed",
			"Rejected": "status_rejected",
			"Merged": "status_merged",
		}[status]
	if reopened:
		return "status_again"
	return "status_working" if acknowledged else "status_received"

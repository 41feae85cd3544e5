"""Words around place names: cues, boundaries and names that are ordinary words. Folded spelling.

Written for Haryana; the lists hold for any Hindi-speaking state.
"""

from __future__ import annotations

from .language_words import ENGLISH, HINDI, UNSURE


def _words(text: str) -> frozenset[str]:
	return frozenset(text.split())


VILLAGE_CUES = _words(
	"vill village vlg vilage villege villag vpo gaon gaun gav gaanv ganv gaav gaam gam gram grampanchayat"
	" po गांव गाव गाम ग्राम मौजा"
)
# Stand between a cue and the name: "gram panchayat X", "vill. & po X", "गांव का नाम X".
CUE_FILLERS = _words("panchayat and po of name naam ka का नाम पंचायत post vill village p o v")
DISTRICT_CUES = _words("distt dist district disst distric jila jile zila zilla zile जिला जिले जनपद")
TEHSIL_CUES = _words("teh tehsil tahsil tehseel block blk subdivision taluka तहसील ब्लॉक ब्लाक खंड उपमंडल")
# Behind a name these make it a road, a train, an office of somewhere else: the post need not be about the place.
ROAD_WORDS = _words(
	"road rod rd marg highway expressway express bypass flyover chowk gate chungi more mod"
	" रोड मार्ग हाईवे हाइवे एक्सप्रेस बाईपास बाइपास चौक गेट मोड चुंगी"
)
# "hansi wali sadak", "kalayat ka link road": words between the name and the road.
ROAD_LINKS = _words("wali wala vali wale ka ki link main वाली वाला का की लिंक")
ROADS = ROAD_WORDS | _words("sadak sarak sadk सडक")
# Ordinary words that names begin with: "Ram Nagar", "Mata Gate".
_IN_NAMES = _words("ram sai mata maa raja rani das raj shiv dada nana jana hari new")
# Latin and Devanagari words that end a name.
STOPS = (
	HINDI
	| ENGLISH
	| UNSURE
	| VILLAGE_CUES
	| DISTRICT_CUES
	| TEHSIL_CUES
	| _words(
		"city kernel colonel pura pure poora poore pichhle pichde chhote bade mein me m mai ward wards sector sec pin pincode mob mobile mno phone contact ph house hno plot"
		" haryana hariyana harayana india bharat near opp opposite behind next between dear sir madam ji"
		" school hospital bijli pani paani sadak road rod gali street light lights sewer water nali nala drain"
		" transformer transfarmer meter bill pension ration depot panchayat sarpanch patwari thana police phc chc"
		" tehsildar sdm dc sdo xen je nigam parishad palika mc hsvp huda dhbvn uhbvn phed pwd bdpo"
		" में मे मैं की का के को से पर ने है हैं था थी थे हो हुआ हुई हुए और या तक भी ही तो कि जो यह ये वह वो इस उस"
		" इसके उसके हमारे हमारा हमारी मेरे मेरा मेरी अपने अपना अपनी सभी सब कोई कुछ कई कितने पूरे पूरा सारे हर एक दो"
		" तीन चार नहीं नही मत कर करो करें दिया दी दे दिए गया गई गए रहा रही रहे वाले वाला वाली वालों लोग लोगों"
		" सरकारी स्कूल अस्पताल सड़क सडक गली नाली नाला पानी बिजली सीवर ट्रांसफार्मर डिपो पंचायत सरपंच पटवारी थाना पुलिस"
		" वार्ड सेक्टर मोबाइल मो फोन पिन हरियाणा पास सामने पीछे आगे बाहर अंदर बीच ऊपर नीचे जी श्री महोदय निवासी"
		" कृपया साहब बस रोड शहर तहसील प्रार्थी नगर निगम परिषद पालिका बारे बाबत आज कल रात दिन सुबह शाम महीने साल"
	)
) - _IN_NAMES
# Second parts of village names: after a name that no list knows they still belong to it.
NAME_TAILS = _words(
	"kalan khurd kalaan kala khas jattan jatan gujran gujjaran rajputan ahiran brahmnan majra majri kheri khera kheda"
	" khedi nagar pur pura garh garhi wala wali dhani tanda kot sarai jat rangran sikhan mafi taga rani mandi"
	" कलां कला खुर्द खास माजरा माजरी खेडी खेडा नगर पुर पुरा गढ गढी वाला वाली ढाणी जाटान गुजरान अहीर"
)
# Further words that do not make another village of the name: "Kanina Khas" is Kanina.
SAME_VILLAGE = _words("khas khaas mandi खास मंडी")
NAME_ENDINGS = (
	"pur", "pura", "puri", "garh", "abad", "aabad", "kheri", "khera", "khedi", "kheda", "majra", "majri", "heri",
	"hera", "was", "wala", "wali", "nagar", "gaon", "kalan", "khurd", "ana", "ali", "oli", "li", "ka",
	"पुर", "पुरा", "गढ", "बाद", "खेडी", "खेडा", "माजरा", "हेडी", "हेडा", "वास", "वाला", "वाली", "नगर", "गांव", "ाना", "ौली",
	"कलां", "खुर्द",
)  # fmt: skip

# Nouns behind the name of a part of a town.
LOCALITY_NOUNS = _words(
	"colony coloni kaloni clny vihar enclave town puram kunj mohalla mohala muhalla basti bazar bazaar camp"
	" chowk gate park talab garden gardens estate nagar society residency"
	" heights floors towers tower city centre center phase market complex"
	" कॉलोनी कालोनी विहार एन्क्लेव एनक्लेव टाउन मोहल्ला मुहल्ला बस्ती बाजार बाज़ार कैंप कैम्प चौक गेट पार्क तालाब नगर"
	" सोसायटी सोसाइटी फेज पुरम कुंज मार्केट"
)
# "nagar nigam", "park me", "main bazar", "bus stand": nouns that here name no part of a town.
NOT_LOCALITY_NEXT = _words(
	"nigam parishad palika panchayat nigm committee council निगम परिषद पालिका पंचायत office counter"
)
NOT_LOCALITY_BEFORE = _words(
	"planned beautiful clean best dirty keep car our t usually apartment main sabzi sabji grain anaj new big bada badi bade local bus railway same public childrens children green"
	" entire whole mahila vegetable fish meat cloth medical health blood test free vaccination relief eye dental"
	" smart the our this old medanta mini night weekly food shopping sports community"
	" मेन सब्जी अनाज पुराने नई नया नए बडा बडी बडे बस लोकल पुराना पुरानी स्मार्ट दुर्गा इस उस सार्वजनिक"
	" city town market park gate chowk colony society illegal unauthorised unauthorized avaidh अवैध"
)
# Sub-districts and towns that are ordinary words or surnames: they count beside a cue, or inside a district that
# is found otherwise.
ORDINARY_NAMES = _words(
	"rai beri badli saha indri siwan nagina rania raniya mohna nagpur adampur raipur khanpur kalka bahal behal nuh"
	" bari hassanpur fatehpur indira bilaspur dhand kulan ballah bahin modi munak nizampur"
	" राई बेरी बादली साहा इंद्री सीवन नगीना बहल कालका धांड खानपुर रायपुर"
)
# Never a place without a cue, even in its district.
NEVER_ALONE = _words("nahar bass bas nagar mandi city sadar pai bari नहर बास नगर मंडी सदर")
# District names that are words, when one of these follows: "hansi aati hai" is laughter, "nuh bole" is "said thus".
NOT_A_PLACE_BEFORE = {
	"hansi": _words("aa aati aayi mazak majak ud udate khushi aave aavegi chhoot rok"),
	"nuh": _words("bole bola kahe kahve bolya bolti kyu kar"),
	"nooh": _words("bole bola kahe kahve"),
}
# Post offices named after a town with one of these mean the town.
TOWN_PARTS = _words("mandi railway rly station city town kutchery kutcheri bazar bazaar rs tehsil")
# Nouns of a part of a town that may be followed by its number.
NUMBERED_NOUNS = _words("phase city estate फेज")
# "Rohtak Chowk" stands in Dadri, "Hansi gate" in Bhiwani.
NAMED_AFTER_TOWNS = _words("chowk gate चौक गेट")
NAMED_ROADS = _words("road rod rd marg रोड मार्ग")
NOT_ROAD_BEFORE = _words(
	"link main service gt national state approach kaccha kacha pakka ring village internal cc the this entire whole"
	" broken new old our my that same is us jt side metalled मेन मुख्य लिंक जीटी सर्विस रिंग कच्ची पक्की संपर्क सम्पर्क"
)
# Endings of village names that tell the name before them without a cue word ("Lajwana Kalan").
TELLING_TAILS = _words("kalan kalaan khurd कलां खुर्द")
TELLING_HEADS = _words("dhani dhaani ढाणी")
URBAN_WORDS = _words(
	"nigam parishad palika mc mcf mcg municipal corporation committee ulb hsvp huda शहर निगम परिषद पालिका shahar shehar"
	" city colony society sector कॉलोनी कालोनी सेक्टर"
)
RURAL_WORDS = _words(
	"panchayat sarpanch khet kheto fasal nahar rajbaha moga tubewell kisan girdawari gram village gaon vill"
	" पंचायत सरपंच गांव ग्राम खेत खेतों फसल नहर राजबाहा राजवाहा मोगा ट्यूबवेल किसान गिरदावरी"
)
# A name behind these is where somebody was sent or goes, not where the trouble is.
GO_BEFORE = _words("to towards till upto")
GO_AFTER = _words(
	"jana jao jaane jaana jate jata jaye bhej bheja bhejte refer जाना जाओ जाते भेज भेजा रेफर tak तक"
)

# Short names that are whole names, not abbreviations.
SHORT_NAMES = _words("nuh नूं जींद नूंह")
IN = _words("me mein mai m में मे")
GENITIVE = _words("ke ki ka k के की का")
OF = GENITIVE | _words("में me mein")
# Behind a name of two unknown words these end it.
PHRASE_ENDS = (
	VILLAGE_CUES
	| DISTRICT_CUES
	| TEHSIL_CUES
	| _words("ward वार्ड po post pin pincode mob mobile mno")
	| IN
	| OF
)
# Endings that hardly any ordinary word has.
SURE_ENDINGS = (
	"pur",
	"garh",
	"abad",
	"kheri",
	"khera",
	"majra",
	"heri",
	"पुर",
	"गढ",
	"बाद",
	"खेडी",
	"खेडा",
	"माजरा",
	"हेडी",
)
# Before and behind an ordinary word these make it a place.
PLACE_BEFORE = _words("at near in from of se village vill po") | TEHSIL_CUES | DISTRICT_CUES
PLACE_AFTER = (
	IN | OF | TEHSIL_CUES | DISTRICT_CUES | _words("se से block town mandi kasba kasbe wale वाले कस्बा कस्बे")
)
FROM = _words("se to from से")
# Behind the name of a village of the district that was found these do for a cue: "Mandikhera hospital".
INSTITUTIONS = _words(
	"school hospital phc chc dispensary anganwadi aanganwadi minor feeder anaj depot thana chowki"
	" स्कूल अस्पताल डिस्पेंसरी आंगनवाडी माइनर फीडर डिपो थाना चौकी विद्यालय"
)
NOT_VILLAGE_NEXT = LOCALITY_NOUNS | ROAD_WORDS

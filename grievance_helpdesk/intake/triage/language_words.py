"""Function words and everyday verbs by which a Latin-script post is told to be English or romanised Hindi.

Written for this project from knowledge of how people in Haryana type, Haryanvi turns included. Words of both
languages ("to", "me", "is", "the", "main", "hi", "par", "us", "so", "do", "in", "on", "bas") in neither list,
or in ``UNSURE``, which counts for Hindi only beside a sure word.
"""

HINDI = frozenset(
	"""
	hai hain hae hei hn haii hay hoga hogi honge hogya hogaya hogayi hogai hogye hoti hota hote hoon hun hu
	thi tha thaa raha rahe rahi rha rhe rhi rahaa raho reha gaya gayi gaye gya gyi gye gai gayee gae kar
	karo kare karna karne karni karta karte karti karke karen karein kariye kijiye kijie kiya kiye kiyaa kia
	krna krne krni krta krte krti krke krdo kro kre kren krenge krwa krwao krwaye karwa karwao karwaye
	karwaya karwaiye karva karvao karaya karao karaye karayen karenge karegi karega krega karunga karungi
	kru karu krde krdi krdiya kardo kardi kardiya kardein kijiyega kara krayi kraya krao kr ki ka ke ko kaa
	kee kii kisi kisko kiske kiska kiski kis kise kinhe se sse mein mai mei mujhe mujhko mujhse mere mera
	meri merko hum humko humein hume hamein hame hamara hamare hamari hmara hmare hmari humara humare
	humari hamaara hm hmko hmein tum tumhara tumhare tumhari tumhe tujhe tere tera teri aap aapka aapke
	aapki aapko apko apka apke apki ap aapse apse apna apne apni apnaa khud yeh yah ye yaha yahan yahaan yha
	yhan ise isse iska iske iski isko isi isme ismein inka inke inki inko inhe woh vo wo voh waha wahan
	wahaan vahan vaha uska uske uski usko usse usme usi unka unke unki unko unhe unhone usne isne kya kyaa
	kyu kyun kyon kyo kyoon kab kabhi kabh kaha kahan kahaan kaise kaisa kaisi kese kitna kitne kitni kaun
	kon konsa konsi kaunsa kaunsi kuch kuchh kuchch kch koi kai sab sabhi sabko sabse saara saari saare
	sari sare nahi nahin nhi nai naa nahii nahee nhin nh bina binaa aur ya yaa lekin lekn magar agar agr toh
	phir fir fer kyunki kyuki kyonki isliye islie taki taaki jab jabki tab jo jis jiska jiske jiski jisko
	jise jisse jinka jinke jinki jinko jaise jaisa jaisi jese jaha jahan jahaan jitna jitne bhi bhee bi hee
	sirf bhut bahut bohot bahot boht bohat bht bahuth thoda thodi thode jyada zyada jyda zada kam abhi abhee
	ab tak tk aaj aj kal parso kl roz roj subah shaam sham raat rat din dino mahine mahina mahino saal salo
	pehle pahle pehla pahla baad andar andr bahar bahr upar uper niche neeche aage piche peeche paas pas
	saath sath bich beech samne saamne liye liya li lia liy waqt vakt samay tarah trah taraf wajah vajah
	wala wale wali vala vale vali waala waale waali walo walon wla wle wli aala aale aali de dena dene deni
	dete deta deti diya diye dia dije dijiye dijie dedo dega degi denge dikha dikhao dikhaye dikhata dikhate
	dikhayi lena lene leni lete leta leti lega lenge lo lijiye lijie lagao lagaye lagaya lagi laga lage lag
	lagta lagte lagti lagayi lagwa lagwao lagva ja jaa jaana jaane jaata jata jate jati jaati
	jaate jaye jaaye jayega jayegi jaega jayenge jao jaiye aa aana aane aata aati aate aaye aaya aayi aayega
	aayegi aye aya ayi ata ati aao aaiye aayenge aarha aarhi bata batao bataye bataiye batana bataya batayen
	batado bta btao btaye btana bol bola bole bolte bolta boli bolo bolna keh kehte kehta kahte kahta kaho
	kehna suno sunna sune sunta sunte sunwai sunvai suna sunai dekho dekh dekha dekhe dekhte dekhna dekhiye
	dekhein dhyan milega milegi mila mili mile milte milta milti milna milni mil milenge chahiye chahie
	chahiy chaiye chahta chahte chahti chaahiye chaahte sakta sakte sakti skta skte skti sakenge paa rakha
	rakhe rakhi rakho rakhna rkha rkhe rkhi pada padi pade padta padti padte pda pdi pde pdta padega ruk
	ruka rukna roko chalu chal chala chale chalo chalao chalta chalte chalti chalana chalna bajao bajana
	baje bje bhej bheja bheje bhejo bhejna bheji bhejiye bhejdo bhejein banao banaya bana bani bane banwa
	banva banwao banvao banaye banta bante banti bandh band bnd khol khola khole kholo khula khuli khule
	kholna logo logon bhai bhaiya bhaisahab sahab saheb sahib ji jii behan behen bachche bache bacche bacho
	bachcho bachon baccha pani paani pni bijli bijlee sadak sadke sarak gali galiya gaon gaanv gav ganv ghar
	ghr dukan gaadi gadi paise paisa rupaye rupye rupay kripya krupya kripa krpya namaste namaskar namste
	pranam dhanyawad dhanyavad dhanyvaad shukriya shubhkamnaye shubhkamnayein badhai mubarak raam jai
	mahoday mahodya nivedan prarthna guhar achha acha accha achchha achi achhi acche bura buri kharab khrab
	kharaab ganda gandi gande gandagi gandgi badbu pareshan preshan pareshani preshani dikkat diqqat samasya
	smasya shikayat shikayt jaldi jldi turant turnt fauran naya nayi naye nya purana purani purane bada badi
	bade bda bdi bde chhota chhoti chote choti chota lamba ek teen chaar paanch panch chhe saat aath nau
	bees kaam wapas vapas dobara dubara phirse thik theek thk sahi galat galt jawab javab bilkul bilkull
	yaad yad sunao gana gaana gaane gane gaano mausam bhool kitab sadko aisa aise aisi esa ese waisa waise
	vaise itna itne itni utna khali bhari karan kaaran mutabik anusar dwara dvara sarkar sarkaar sarkari
	karmchari adhikari neta mantri jhooth jhuth sach sachchai zindagi jindagi desh bharat hindustan aadmi
	admi aurat mahila mahilao ladki ladka ladkiyo ladke bete beti beta maa pitaji mata dadi nani chacha koni
	konya sai manne mane tanne tharo thare thari mharo mhare mhari mhara mharaa ghani ghana ghanni kati
	kithe kade kadey jad tadke balak bhaai ib ebb laage aavei aave jaave jave jaavei dikhe sunde lugai kahve
	khatar ghal ghaal gere geri baithe kyukar kyuker nyu nyun yu uney re ri bera pahoche dhore hui hua
	huwa huye huyi huva ho hoo honi hona hone hoke hokar hke padhna padhai padhao likho likha likhna samajh
	samjha samjhao soch socha pata pta maloom malum chori dhakka kabza kabja mauka zaroor jarur zaruri
	jaruri zarurat jarurat haath hath haalat halat hal haal nale nali naali naliya nala machhar machar kuda
	kooda kachra bimar bimari mareej marij dawai davai dava kisan kisaan fasal fasl khet kheton zameen jamin
	jameen girdawari muawja muavja anaaj mangna mangte maang mang rishwat riswat ghoos nikal nikalta nikalo
	nikla hata hatao hatana jod jodo judwa khatam khatm shuru suru chuka chuki chuke kiraya tanki nalka
	nalke kesa kesi agla agle agli badlo badal badalna badla rahega rahegi rahenge pucho puchna puchta puche
	muje mujko konse jaayen jaayenge kaunse rokein rokna rukwa rukwao saarey bacha bachi bachao bachaye
	lagaiye sunaiye bajaiye dikhaiye dijiyega kitti mhaare thaare sabne sunlo dekhlo krlo karlo karle krle
	leke lekar deke dekar jakar aake aakar humse mujh tujh ghante ghanta ghanto baar hafte hafta tarikh
	mahinay
	""".split()
)

# Short forms that English posts hold too ("h", "k", "b", "ni"): they count only beside a sure Hindi word.
UNSURE = frozenset(
	"jane jake sara jana ham yo bad log ram pass mat char hue are h k b me ni na hi to m p pe par main n ne di do is us bas ho ha haa the so le be e g s in".split()
)

ENGLISH = frozenset(
	"""
	the of and is are was were been being be has have had having does did will would shall should could can
	may might must a an this that these those there here it its it's they them their theirs we our ours you
	your yours he she his her him who whom whose which what when where why how in on at by for from with
	without into onto about above below under over between through during before after since until till
	against among within near behind beside towards across along upon per via despite not no nor never none
	nothing nobody nowhere cannot can't don't doesn't didn't isn't aren't wasn't won't hasn't haven't but or
	if because although though while whereas unless than then so as also too very more most much many all
	any some each every both either neither few several other another such own same only just even still yet
	again already always often sometimes soon now today tomorrow yesterday tonight please kindly thanks
	thank dear regards sincerely respected hello yes i my mine me myself am i'm i've ourselves get got
	getting give given gives gave take taken taking make made making do done doing go goes going gone went
	come came coming see seen look looking need needs needed want wants wanted know known let us up down out
	off back away around long one two three four five six seven eight nine ten first last next day days week
	weeks month months year years hour hours time work working works people residents house houses street
	road roads lights water supply power electricity garbage issue problem complaint request action
	situation condition repair fix fixed new old good bad big small high low right wrong open closed broken
	show tell set remind reminder play turn start stop call send create add delete remove find
	""".split()
)

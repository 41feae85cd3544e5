"""Officers for the demo: one of each kind that Haryana's system knows. Every name is invented.

``create(password)`` may run again: users, officers and postings that exist are left alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import frappe

DOMAIN = "example.com"
POSTED_FROM = "2026-01-01"

# District -> code of its City Magistrate's official ID, and who holds the office.
CITY_MAGISTRATES = {
	"Ambala": ("AMB", "Anita Malik"),
	"Bhiwani": ("BHW", "Rakesh Sheoran"),
	"Charkhi Dadri": ("CKD", "Sunita Phogat"),
	"Faridabad": ("FBD", "Imran Khan"),
	"Fatehabad": ("FTB", "Gurpreet Kaur"),
	"Gurugram": ("GGM", "Neha Yadav"),
	"Hansi": ("HNS", "Vikas Punia"),
	"Hisar": ("HSR", "Kavita Bishnoi"),
	"Jhajjar": ("JJR", "Ashok Dalal"),
	"Jind": ("JND", "Poonam Redhu"),
	"Kaithal": ("KTL", "Manish Garg"),
	"Karnal": ("KNL", "Rashmi Kamboj"),
	"Kurukshetra": ("KKR", "Harish Saini"),
	"Mahendragarh": ("MGH", "Sarita Rao"),
	"Nuh": ("NUH", "Aslam Mohammad"),
	"Palwal": ("PWL", "Deepika Chauhan"),
	"Panchkula": ("PKL", "Rohit Sharma"),
	"Panipat": ("PPT", "Geeta Jaglan"),
	"Rewari": ("RWR", "Naveen Yadav"),
	"Rohtak": ("RTK", "Seema Hooda"),
	"Sirsa": ("SRS", "Jaspal Singh"),
	"Sonipat": ("SNP", "Mamta Antil"),
	"Yamunanagar": ("YNR", "Pankaj Dhiman"),
}
UHBVN_DISTRICTS = ("Panchkula", "Ambala", "Karnal", "Rohtak")
DHBVN_DISTRICTS = ("Hisar", "Gurugram", "Faridabad", "Sirsa")


@dataclass(frozen=True, slots=True)
class Post:
	"""An office: who holds it, with which role, posted where and for which department (None: all)."""

	official_id: str
	name: str
	designation: str
	designation_hi: str
	email: str
	role: str
	place: str
	department: str | None = None
	reports_to: str | None = None


# Users who watch or run the system and have no posting of their own.
OTHER_USERS = (
	("Meena Arora", "cell", "Grievance Cell"),
	("Sanjay Gupta", "admin", "Grievance Administrator"),
	("Lata Iyer", "auditor", "Grievance Auditor"),
)
STATE_OFFICER = Post(
	official_id="SNO-HR",
	name="Arvind Mehta",
	designation="State Nodal Officer",
	designation_hi="राज्य नोडल अधिकारी",
	email=f"sno@{DOMAIN}",
	role="State Nodal Officer",
	place="Haryana",
)
# department, code in the official ID, designation, in Hindi, districts with the officers' names
DEPARTMENT_POSTS = (
	(
		"PHED",
		"XEN-PHE",
		"Executive Engineer (Public Health)",
		"कार्यकारी अभियंता (जन स्वास्थ्य)",
		{
			"Rohtak": "Suresh Rana",
			"Hisar": "Dinesh Godara",
			"Sonipat": "Renu Kadian",
			"Nuh": "Tahir Hussain",
		},
	),
	(
		"UHBVN",
		"XEN-UHB",
		"Executive Engineer (Operations)",
		"कार्यकारी अभियंता (संचालन)",
		dict(
			zip(
				UHBVN_DISTRICTS,
				("Amit Walia", "Nisha Bansal", "Parveen Kumar", "Satish Ahlawat"),
				strict=True,
			)
		),
	),
	(
		"DHBVN",
		"XEN-DHB",
		"Executive Engineer (Operations)",
		"कार्यकारी अभियंता (संचालन)",
		dict(
			zip(
				DHBVN_DISTRICTS,
				("Mukesh Jangra", "Alka Tanwar", "Farhan Ali", "Balwinder Singh"),
				strict=True,
			)
		),
	),
	(
		"ULB",
		"EO-ULB",
		"Executive Officer (Urban Local Body)",
		"कार्यकारी अधिकारी (शहरी स्थानीय निकाय)",
		{
			"Gurugram": "Rajni Lamba",
			"Karnal": "Karan Vohra",
			"Rohtak": "Usha Dhankhar",
			"Hansi": "Mohit Jakhar",
		},
	),
)
HEAD_OF_DEPARTMENT = Post(
	official_id="HOD-PHE",
	name="Vandana Kapoor",
	designation="Engineer-in-Chief (Public Health)",
	designation_hi="प्रमुख अभियंता (जन स्वास्थ्य)",
	email=f"hod.phe@{DOMAIN}",
	role="Department Officer",
	place="Haryana",
	department="PHED",
	reports_to="SNO-HR",
)


def create(password: str) -> dict[str, list[str]]:
	"""Make users, officers and postings. Returns official IDs and e-mails: ``created``, and ``left_out`` for
	want of their department or place on this site."""
	result: dict[str, list[str]] = {"created": [], "left_out": []}
	for post in all_posts():
		if not _can_be_filled(post):
			result["left_out"].append(post.official_id)
			continue
		_ensure_user(post.name, post.email, post.role, password)
		if _ensure_officer(post):
			result["created"].append(post.official_id)
	for name, account, role in OTHER_USERS:
		if _ensure_user(name, f"{account}@{DOMAIN}", role, password):
			result["created"].append(f"{account}@{DOMAIN}")
	return result


def all_posts() -> list[Post]:
	"""The State Nodal Officer first, so that everyone can report to an officer who is there."""
	return [STATE_OFFICER, HEAD_OF_DEPARTMENT, *_city_magistrates(), *_department_officers()]


def slug(place: str) -> str:
	return place.lower().replace(" ", "")


def _city_magistrates() -> list[Post]:
	return [
		Post(
			official_id=f"CTM-{code}",
			name=name,
			designation="City Magistrate",
			designation_hi="नगराधीश",
			email=f"ctm.{slug(district)}@{DOMAIN}",
			role="District Nodal Officer",
			place=district,
			reports_to=STATE_OFFICER.official_id,
		)
		for district, (code, name) in CITY_MAGISTRATES.items()
	]


def _department_officers() -> list[Post]:
	return [
		Post(
			official_id=f"{code}-{CITY_MAGISTRATES[district][0]}",
			name=name,
			designation=designation,
			designation_hi=designation_hi,
			email=f"{code.lower().replace('-', '.')}.{slug(district)}@{DOMAIN}",
			role="Department Officer",
			place=district,
			department=department,
			reports_to=HEAD_OF_DEPARTMENT.official_id
			if department == HEAD_OF_DEPARTMENT.department
			else f"CTM-{CITY_MAGISTRATES[district][0]}",
		)
		for department, code, designation, designation_hi, districts in DEPARTMENT_POSTS
		for district, name in districts.items()
	]


def _can_be_filled(post: Post) -> bool:
	department_stands = not post.department or frappe.db.exists("Grievance Department", post.department)
	return bool(department_stands and frappe.db.exists("Jurisdiction", post.place))


def _ensure_user(name: str, email: str, role: str, password: str) -> bool:
	if frappe.db.exists("User", email):
		return False
	first, _space, last = name.partition(" ")
	user = frappe.get_doc(
		{
			"doctype": "User",
			"email": email,
			"first_name": first,
			"last_name": last,
			"new_password": password,
			"send_welcome_email": 0,
			"roles": [{"role": role}],
		}
	)
	user.flags.ignore_password_policy = True
	user.insert(ignore_permissions=True)
	return True


def _ensure_officer(post: Post) -> bool:
	if frappe.db.exists("Nodal Officer", post.official_id):
		return False
	frappe.get_doc(
		{
			"doctype": "Nodal Officer",
			"official_id": post.official_id,
			"officer_name": post.name,
			"designation": post.designation,
			"designation_hi": post.designation_hi,
			"user": post.email,
			"reports_to": post.reports_to,
			"postings": [
				{
					"jurisdiction": post.place,
					"department": post.department,
					"charge": "Regular",
					"from_date": POSTED_FROM,
				}
			],
		}
	).insert(ignore_permissions=True)
	return True

"""The one page of the embedded site: what it is, how to sign in, and the open grievances of who signed in."""

from __future__ import annotations

import frappe
from frappe import auth
from frappe.utils import cstr, escape_html
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

COLUMNS = (
	("name", "Number"),
	("subject", "Subject"),
	("district", "District"),
	("category", "Category"),
	("priority", "Priority"),
	("officer", "Officer"),
)
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Grievance Helpdesk: embedded site</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #bbb; vertical-align: top; }}
label {{ display: block; margin: .5rem 0; }}
.note {{ background: #fff4d6; padding: .6rem 1rem; border-left: .3rem solid #a86b00; }}
</style>
</head>
<body>
<header><h1>Grievance Helpdesk</h1>
<p class="note">This is the <strong>embedded site</strong>, for trying and testing. The officers' Desk, with its forms,
workflow and reports, runs on a Frappe bench.</p></header>
<main>{main}</main>
</body>
</html>"""
LOGIN = """<h2>Sign in</h2>{problem}
<form method="post" action="/login">
<label>User <input name="usr" autocomplete="username" required value="{user}"></label>
<label>Password <input name="pwd" type="password" autocomplete="current-password" required></label>
<button>Sign in</button>
</form>"""
LIST = """<h2>Open grievances</h2>
<form method="post" action="/logout"><p>Signed in as {user}.
<input type="hidden" name="csrf_token" value="{token}"><button>Sign out</button></p></form>
<table><caption>{shown} of {total} open grievances that you may see</caption>
<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"""
SECURITY = {
	"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
	"X-Content-Type-Options": "nosniff",
	"Referrer-Policy": "same-origin",
}


def _page(main: str, status: int = 200) -> Response:
	return Response(PAGE.format(main=main), status=status, mimetype="text/html", headers=SECURITY)


def home(request: Request) -> Response:
	if frappe.session.user == "Guest":
		return _page(LOGIN.format(problem="", user=""))
	try:
		main = _grievances()
	except frappe.PermissionError:
		main = f"<p>{escape_html(frappe.session.user)} has no role that reads grievances.</p>"
	return _page(main)


def _grievances() -> str:
	filters = {"status": ["in", ["Open", "On Hold"]]}
	fields = [field for field, _label in COLUMNS]
	found = frappe.get_list(
		"Grievance", filters=filters, fields=fields, order_by="creation desc", limit_page_length=100
	)
	total = frappe.get_list("Grievance", filters=filters, fields=["count(name) as total"])[0].total
	head = "".join(f'<th scope="col">{label}</th>' for _field, label in COLUMNS)
	rows = "".join(
		"<tr>" + "".join(f"<td>{escape_html(cstr(row[field]))}</td>" for field in fields) + "</tr>"
		for row in found
	)
	user, token = escape_html(frappe.session.user), auth.get_csrf_token()
	return LIST.format(user=user, token=token, shown=len(found), total=total, head=head, rows=rows)


def login(request: Request) -> Response:
	user = frappe.form_dict.get("usr") or ""
	if request.method != "POST":
		return redirect("/")
	try:
		sid = auth.login(user, frappe.form_dict.get("pwd") or "")
	except frappe.AuthenticationError as error:
		problem = f'<p role="alert"><strong>{escape_html(str(error))}</strong></p>'
		return _page(LOGIN.format(problem=problem, user=escape_html(user)), status=401)
	response = redirect("/", code=303)
	response.set_cookie(auth.COOKIE, sid, httponly=True, samesite="Lax")
	return response


def logout(request: Request) -> Response:
	if request.method == "POST":
		auth.logout()
	response = redirect("/", code=303)
	response.delete_cookie(auth.COOKIE)
	return response


PAGES = {"/": home, "/login": login, "/logout": logout}

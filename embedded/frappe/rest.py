"""The HTTP side of a site: ``/api/method``, ``/api/resource``, error bodies and status codes as Frappe sends them."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Callable

from werkzeug.exceptions import HTTPException, NotFound, RequestEntityTooLarge
from werkzeug.wrappers import Request, Response

import frappe

from . import auth, client, exceptions
from .hooks import allowed_http_methods_for_whitelisted_func, call, get_attr, get_hooks, is_whitelisted
from .messages import _, throw
from .state import Runtime, _dict, local
from .utils.data import json_default

MAX_BODY = 25 * 1024 * 1024


class Application:
	"""WSGI application of one site; each request has its own connection and transaction.

	``pages`` maps a path to a function of the request that returns a Response.
	"""

	def __init__(self, runtime: Runtime, pages: dict[str, Callable[[Request], Response]] | None = None):
		self.runtime = runtime
		self.pages = pages or {}

	def __call__(self, environ, start_response):
		request = Request(environ)
		request.max_content_length = MAX_BODY
		with self.runtime.session("Guest"):
			response = self.respond(request)
		return response(environ, start_response)

	def respond(self, request: Request) -> Response:
		local.request, local.request_ip = request, request.remote_addr
		local.flags.check_argument_types = True
		try:
			local.form_dict = _form(request)
			auth.authenticate(request)
			response = self._dispatch(request)
			if request.method in auth.UNSAFE_METHODS or local.flags.commit:
				frappe.db.commit()
			return response
		except RequestEntityTooLarge as error:
			return error.get_response()
		except HTTPException as error:
			return error.get_response()
		except Exception as error:  # noqa: BLE001 (whatever fails, the caller gets an answer and nothing is kept)
			frappe.db.rollback()
			return _error_response(error)

	def _dispatch(self, request: Request) -> Response:
		parts = request.path.strip("/").split("/", 3)
		if parts[:2] == ["api", "method"] and len(parts) > 2:
			return _method("/".join(parts[2:]))
		if parts[:2] == ["api", "resource"] and len(parts) > 2:
			return _resource(request, parts[2], parts[3] if len(parts) > 3 else None)
		if parts[0] == "api":
			raise exceptions.DoesNotExistError
		if request.path in self.pages:
			return self.pages[request.path](request)
		raise NotFound()


def _form(request: Request) -> _dict:
	"""Arguments of a JSON body, else of the address and the form."""
	if request.is_json and request.get_data():
		body = request.get_json(silent=True)
		if not isinstance(body, dict):
			throw(_("Invalid request arguments"))
		return _dict(body)
	return _dict(request.args.items()).update(request.form.items())


def _json_response(status: int = 200) -> Response:
	body = dict(local.response)
	status = body.pop("http_status_code", status)
	if body.get("type", "json") != "json":
		return _file_response(body)
	if local.message_log:
		body["_server_messages"] = json.dumps([json.dumps(message) for message in local.message_log])
	if local.flags.error_message:
		body["_error_message"] = local.flags.error_message
	return Response(json.dumps(body, default=json_default), status=status, mimetype="application/json")


def _file_response(body: dict) -> Response:
	"""What a method put into ``frappe.response`` as a file to download."""
	if body["type"] not in ("download", "binary"):
		raise NotImplementedError(f"embedded site: frappe.response.type {body['type']!r}")
	kind = body.get("content_type") or mimetypes.guess_type(body["filename"])[0] or "application/octet-stream"
	response = Response(body["filecontent"], mimetype=kind)
	response.headers.add("Content-Disposition", "attachment", filename=body["filename"])
	return response


def _error_response(error: Exception) -> Response:
	status = 501 if isinstance(error, NotImplementedError) else getattr(error, "http_status_code", 500)
	if status == 500:
		frappe.logger("rest").exception("a request failed")
	local.response = _dict(exc_type=type(error).__name__)
	if status == 501:
		local.response["exception"] = str(error)
	elif status == 401 and local.message_log:
		local.response["message"] = local.message_log[-1].message
	return _json_response(status)


def _method(path: str) -> Response:
	command = path.split("/")[0]
	local.form_dict.cmd = command
	if command == "login":
		return _login()
	if command == "upload_file":
		raise NotImplementedError(
			"embedded site: upload_file; insert a File document with its content instead"
		)
	if command in ("logout", "frappe.auth.get_logged_user", "ping", "run_doc_method"):
		result = {
			"logout": _logout,
			"ping": lambda: "pong",
			"frappe.auth.get_logged_user": _logged_user,
			"run_doc_method": _run_doc_method,
		}[command]()
	else:
		result = _run(_function(command))
	if isinstance(result, Response):
		return result
	if result is not None:
		local.response["message"] = result
	return _json_response()


def _function(command: str) -> Callable:
	"""What stands behind a command, or what an app has put in its place."""
	command = get_hooks("override_whitelisted_methods", {}).get(command, [command])[-1]
	try:
		return get_attr(command)
	except (ImportError, AttributeError, ValueError) as error:
		throw(_("Failed to get method for command {0} with {1}").format(command, error))


def _run(function: Callable, **arguments):
	is_whitelisted(function)
	_check_http_method(function)
	return call(function, **(arguments or {k: v for k, v in local.form_dict.items() if k != "cmd"}))


def _check_http_method(function: Callable) -> None:
	function = getattr(function, "__func__", function)
	if local.request.method not in allowed_http_methods_for_whitelisted_func[function]:
		throw(_("Not permitted"), exceptions.PermissionError)


def _login() -> Response:
	sid = auth.login(local.form_dict.get("usr") or "", local.form_dict.get("pwd") or "")
	local.response.update(
		message="Logged In", home_page="/", full_name=frappe.utils.get_fullname(local.session.user)
	)
	response = _json_response()
	response.set_cookie(auth.COOKIE, sid, httponly=True, samesite="Lax")
	return response


def _logout() -> Response:
	auth.logout()
	response = _json_response()
	response.delete_cookie(auth.COOKIE)
	return response


def _logged_user() -> str:
	if local.session.user == "Guest":
		throw(_("You are not permitted to access this resource."), exceptions.PermissionError)
	return local.session.user


def _run_doc_method():
	"""The Desk's way to a document's own method: ``dt``, ``dn``, ``method``, ``args``."""
	form = local.form_dict
	arguments = frappe.parse_json(form.args) if form.args else {}
	return _document_method(frappe.get_doc(form.dt, form.dn or form.dt), form.method, arguments)


def _document_method(doc, method: str, arguments: dict):
	doc.is_whitelisted(method)
	function = getattr(doc, method)
	_check_http_method(function)
	permission = "read" if local.request.method == "GET" else "write"
	if not doc.has_permission(permission):
		throw(_("Not permitted"), exceptions.PermissionError)
	return call(function, **arguments)


def _resource(request: Request, doctype: str, name: str | None) -> Response:
	frappe.get_meta(doctype)
	method = request.method
	if name is None:
		data = {"GET": _list, "POST": _create}.get(method, _refuse)(doctype)
	else:
		if method == "POST" or "run_method" in local.form_dict:
			run_method = local.form_dict.pop("run_method", None)
			data = _document_method(frappe.get_doc(doctype, name), run_method, local.form_dict)
		else:
			data = {"GET": _read, "PUT": _update, "DELETE": _delete}.get(method, _refuse)(doctype, name)
	if isinstance(data, Response):
		return data
	if data is not None:
		local.response["data"] = data
	return _json_response()


def _refuse(*args):
	raise exceptions.DoesNotExistError


def _list(doctype: str) -> list:
	form = local.form_dict
	form.setdefault("limit_page_length", form.pop("limit", None) or 20)
	form.as_dict = str(form.get("as_dict", "1")).lower() in ("1", "true")
	form.pop("debug", None)
	form.pop("doctype", None)
	return call(client.get_list, doctype, **form)


def _create(doctype: str):
	values = {key: value for key, value in _body().items() if key not in ("doctype", "flags")}
	return frappe.new_doc(doctype, **values).insert()


def _read(doctype: str, name: str):
	doc = frappe.get_doc(doctype, name)
	if not doc.has_permission("read"):
		raise exceptions.PermissionError
	doc.apply_fieldlevel_read_permissions()
	return doc


def _update(doctype: str, name: str):
	doc = frappe.get_doc(doctype, name, for_update=True)
	doc.update({key: value for key, value in _body().items() if key != "flags"})
	doc.save()
	return doc


def _delete(doctype: str, name: str) -> str:
	frappe.delete_doc(doctype, name, ignore_missing=False)
	local.response.http_status_code = 202
	return "ok"


def _body() -> dict:
	form = local.form_dict
	return frappe.parse_json(form.data) if form.data else form

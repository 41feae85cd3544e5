"""Tables from DocTypes: MariaDB's column types by name, so that a row reads back with the same Python types."""

from __future__ import annotations

from ..model import DEFAULT_SHORTCUTS, table_fields

VARCHAR_LENGTH = 140
TYPES = {
	"Check": "int(1) NOT NULL DEFAULT 0",
	"Int": "int(11) NOT NULL DEFAULT 0",
	"Long Int": "bigint(20) NOT NULL DEFAULT 0",
	"Float": "decimal(21,9) NOT NULL DEFAULT 0",
	"Percent": "decimal(21,9) NOT NULL DEFAULT 0",
	"Currency": "decimal(21,9) NOT NULL DEFAULT 0",
	"Rating": "decimal(3,2)",
	"Duration": "decimal(21,9)",
	"Date": "date",
	"Datetime": "datetime(6)",
	"Time": "time(6)",
	"JSON": "json",
	"Geolocation": "longtext",
	"Color": "varchar",
	"Barcode": "longtext",
	**dict.fromkeys(("Data", "Link", "Dynamic Link", "Password", "Select", "Read Only", "Phone"), "varchar"),
	**dict.fromkeys(("Autocomplete", "Icon"), "varchar"),
	**dict.fromkeys(("Attach", "Attach Image", "Small Text", "Signature"), "text"),
	**dict.fromkeys(
		("Text", "Long Text", "Code", "Text Editor", "Markdown Editor", "HTML Editor"), "longtext"
	),
}
OPTIONAL = ("_user_tags", "_comments", "_assign", "_liked_by")
STANDARD = {
	"creation": "datetime(6)",
	"modified": "datetime(6)",
	"modified_by": "varchar(140) COLLATE NOCASE",
	"owner": "varchar(140) COLLATE NOCASE",
	"docstatus": "int(1) NOT NULL DEFAULT 0",
	"idx": "int(8) NOT NULL DEFAULT 0",
}
CHILD = {column: "varchar(140) COLLATE NOCASE" for column in ("parent", "parentfield", "parenttype")}
SYSTEM_TABLES = """
CREATE TABLE `tabSingles` (`doctype` varchar(255) COLLATE NOCASE, `field` varchar(255), `value` longtext);
CREATE INDEX `singles_doctype` ON `tabSingles` (`doctype`, `field`);
CREATE TABLE `tabSeries` (`name` varchar(100) PRIMARY KEY, `current` int(10) NOT NULL DEFAULT 0);
CREATE TABLE `__sequence` (`doctype` varchar(140) PRIMARY KEY, `current` bigint NOT NULL);
CREATE TABLE `tabDefaultValue` (`parent` varchar(140), `defkey` varchar(140), `defvalue` text,
	PRIMARY KEY (`parent`, `defkey`));
CREATE TABLE `__Auth` (`doctype` varchar(140), `name` varchar(255) COLLATE NOCASE, `fieldname` varchar(140),
	`password` text NOT NULL, `encrypted` int(1) NOT NULL DEFAULT 0, PRIMARY KEY (`doctype`, `name`, `fieldname`));
"""


def column_definition(df) -> str:
	"""Type, length check and default of one field's column."""
	sql = TYPES.get(df.fieldtype)
	if sql is None:
		raise NotImplementedError(f"embedded site: field type {df.fieldtype} ({df.parent}.{df.fieldname})")
	if sql.startswith("int(11)") and int(df.length or 0) > 11:
		sql = TYPES["Long Int"]
	if sql == "varchar":
		length = int(df.length or 0) or VARCHAR_LENGTH
		sql = f"varchar({length}) COLLATE NOCASE CHECK (length(`{df.fieldname}`) <= {length})"
	elif sql in ("text", "longtext"):
		sql += " COLLATE NOCASE"
	default = _default(df, sql)
	return sql.replace("DEFAULT 0", f"DEFAULT {default}") if "DEFAULT 0" in sql else f"{sql}{default}"


def _default(df, sql: str) -> str:
	value = df.default
	if "DEFAULT 0" in sql:
		try:
			return str(float(value or 0)) if sql.startswith("decimal") else str(int(float(value or 0)))
		except ValueError:
			return "0"
	usable = value and str(value) not in DEFAULT_SHORTCUTS and not str(value).startswith(":")
	if usable and sql.startswith("varchar"):
		return " DEFAULT '" + str(value).replace("'", "''") + "'"
	return ""


def columns_of(meta) -> dict[str, str]:
	"""Every column of a DocType's table with its definition."""
	if meta.autoname == "autoincrement":
		columns = {"name": "bigint NOT NULL PRIMARY KEY"}
	else:
		columns = {"name": "varchar(140) COLLATE NOCASE NOT NULL PRIMARY KEY CHECK (length(`name`) <= 140)"}
	columns |= STANDARD
	if meta.istable:
		columns |= CHILD
	else:
		columns |= dict.fromkeys(OPTIONAL, "text")
		if meta.track_seen:
			columns["_seen"] = "text"
	for df in meta.fields:
		if df.fieldname in meta.get_valid_columns() and df.fieldtype not in table_fields:
			columns.setdefault(df.fieldname, column_definition(df))
	return columns


def sync_table(db, meta) -> None:
	"""Create the table of a DocType, or add what is missing to it."""
	if meta.issingle or meta.is_virtual:
		return
	table, wanted = f"tab{meta.name}", columns_of(meta)
	present = db.get_table_columns(meta.name) if db.table_exists(meta.name) else []
	if not present:
		body = ", ".join(f"`{name}` {definition}" for name, definition in wanted.items())
		db.execute(f"CREATE TABLE `{table}` ({body})")
	for name in [name for name in wanted if present and name not in present]:
		db.execute(f"ALTER TABLE `{table}` ADD COLUMN `{name}` {wanted[name]}")
	indexes = [("parent",)] if meta.istable else [("modified",), ("creation",)]
	indexes += [(df.fieldname,) for df in meta.fields if df.search_index and not df.unique]
	for fields in indexes:
		db.add_index(meta.name, fields)
	for df in meta.fields:
		if df.unique:
			db.add_unique(meta.name, [df.fieldname])

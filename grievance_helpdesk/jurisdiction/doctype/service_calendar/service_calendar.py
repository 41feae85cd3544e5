from frappe.model.document import Document


class ServiceCalendar(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from grievance_helpdesk.jurisdiction.doctype.service_calendar_holiday.service_calendar_holiday import (
			ServiceCalendarHoliday,
		)
		from grievance_helpdesk.jurisdiction.doctype.service_calendar_hours.service_calendar_hours import (
			ServiceCalendarHours,
		)

		calendar_name: DF.Data
		country: DF.Data | None
		holidays: DF.Table[ServiceCalendarHoliday]
		hours: DF.Table[ServiceCalendarHours]
		subdivision: DF.Data | None
	# end: auto-generated types

	pass

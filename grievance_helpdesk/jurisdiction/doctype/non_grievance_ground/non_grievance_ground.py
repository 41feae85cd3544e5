from frappe.model.document import Document


class NongrievanceGround(Document):
	pass

// The map of cases: one circle a place, as wide as its cases are many; red where some are overdue. It reads well without
// the tiles below it, which come from outside.
frappe.provide("grievance_helpdesk");

grievance_helpdesk.PLACES_API = "grievance_helpdesk.redressal.casework.places.read";

grievance_helpdesk.own_method = (view_class, method, run) => {
	const original = view_class.prototype[method];
	if (original.gh_own) return;
	view_class.prototype[method] = function (...args) {
		return this.doctype === "Grievance" ? run(this) : original.apply(this, args);
	};
	view_class.prototype[method].gh_own = true;
};

// Frappe 15 asks for coordinates before it draws, Frappe 16 draws the list's own rows: both do it in render.
grievance_helpdesk.own_method(frappe.views.MapView, "render", async (view) => {
	const filters = JSON.stringify(view.filter_area.get());
	view.coords = await grievance_helpdesk.ask(grievance_helpdesk.PLACES_API, { filters });
	grievance_helpdesk.draw_places(view);
});

grievance_helpdesk.draw_places = (view) => {
	frappe.dom.set_style(grievance_helpdesk.LIST_STYLE, "gh-list-style");
	view.markerLayer?.remove();
	grievance_helpdesk.say_who_has_no_place(view);
	if (!view.coords.features.length) return;
	view.markerLayer = L.featureGroup(view.coords.features.map(grievance_helpdesk.place_marker)).addTo(view.map);
	view.map.fitBounds(view.markerLayer.getBounds(), { maxZoom: 10, padding: [40, 40] });
};

grievance_helpdesk.place_marker = ({ geometry, properties }) => {
	const [longitude, latitude] = geometry.coordinates;
	const { title, cases, late } = properties;
	const colour = late ? "var(--red-600)" : "var(--blue-600)";
	const words = late ? __("{0}: {1} cases, {2} overdue", [title, cases, late]) : __("{0}: {1} cases", [title, cases]);
	return L.circleMarker([latitude, longitude], {
		radius: 10 + 6 * Math.log10(cases),
		color: colour,
		fillColor: colour,
		fillOpacity: 0.75,
		className: "gh-place",
	})
		.bindTooltip(String(cases), { permanent: true, direction: "center", className: "gh-place-count" })
		.bindPopup(grievance_helpdesk.place_popup(properties, words), {
			autoPanPaddingTopLeft: [50, 10], // beside the buttons that zoom, not below them
		});
};

/** The words of a place with a way to its cases; built of elements, so that a name is never HTML. */
grievance_helpdesk.place_popup = ({ places }, words) => {
	const popup = $(`<div><p></p><button type="button" class="btn btn-xs btn-default"></button></div>`);
	popup.find("p").text(words);
	popup
		.find("button")
		.text(__("Show these cases"))
		.on("click", () => grievance_helpdesk.list_of_places(places));
	return popup[0];
};

grievance_helpdesk.list_of_places = (places) => {
	const kept = cur_list.filter_area.get().filter(([, field]) => field !== "jurisdiction");
	frappe.route_options = { jurisdiction: ["in", places] };
	for (const [, field, operator, value] of kept) frappe.route_options[field] = [operator, value];
	frappe.set_route("List", "Grievance", "List");
};

grievance_helpdesk.say_who_has_no_place = (view) => {
	view.$page.find(".gh-map-note").remove();
	const { unplaced } = view.coords;
	if (!unplaced) return;
	const words = __("{0} more cases name no place that stands on the map.", [unplaced]);
	$(`<p class="gh-map-note gh-muted"></p>`).text(words).insertBefore(view.$frappe_list);
};

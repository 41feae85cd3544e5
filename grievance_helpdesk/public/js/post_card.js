// The citizen's post as the citizen wrote it: who, where, when, the words, links to the post and its pictures.
frappe.provide("grievance_helpdesk");

/**
 * post: {channel, subject (of a mail), author_name, author_handle, when (as people read it), permalink, text, language, media: [..]}
 * marks: as for marked_text.
 */
grievance_helpdesk.post_card = (post, marks = []) => {
	const escape = grievance_helpdesk.escape;
	const address = post.channel === "Email" ? post.author_handle : `@${post.author_handle}`;
	const handle = post.author_handle ? `<span class="text-muted">${escape(address)}</span>` : "";
	const language = grievance_helpdesk.LANGUAGE_TAG[post.language] || "";
	return `<article class="gh-post" aria-label="${__("The citizen's post")}">
		<header class="gh-post-head">
			<span class="gh-channel gh-channel-${escape(cstr(post.channel).toLowerCase())}">${escape(__(post.channel || ""))}</span>
			<strong class="gh-post-author">${escape(post.author_name || __("A citizen"))}</strong> ${handle}
			<span class="gh-post-when text-muted">${escape(post.when)}</span>
		</header>
		${post.subject ? `<div class="gh-post-subject" dir="auto">${escape(post.subject)}</div>` : ""}
		<div class="gh-post-text" dir="auto" ${language ? `lang="${language}"` : ""}>${
			grievance_helpdesk.marked_text(post.text, marks) || `<em>${__("This post has no words.")}</em>`
		}</div>
		${grievance_helpdesk.post_links(post)}
	</article>`;
};

/** What triage read: a mail's subject stands before its words. */
grievance_helpdesk.read_text = (subject, text) => (subject ? `${subject}\n${cstr(text)}` : cstr(text));

grievance_helpdesk.LANGUAGE_TAG = { en: "en", hi: "hi", "hi-Latn": "hi-Latn" };

grievance_helpdesk.post_links = (post) => {
	const links = [grievance_helpdesk.outside_link(post.permalink, __("Open on {0}", [__(post.channel)]))];
	(Array.isArray(post.media) ? post.media : []).forEach((item, index) => {
		links.push(grievance_helpdesk.medium_link(item, index + 1));
	});
	const shown = links.filter(Boolean);
	return shown.length ? `<footer class="gh-post-links">${shown.join("")}</footer>` : "";
};

/** A picture, a film or a file of a post. Nothing is fetched before a click: who keeps it would learn who reads when. */
grievance_helpdesk.medium_link = (item, number) => {
	const words = grievance_helpdesk;
	const address = words.file_address(item.url);
	if (!address) return "";
	if (cstr(item.type).includes("video")) return words.outside_link(address, __("Video {0}", [number]));
	if (!words.is_picture(item)) return words.outside_link(address, __("File {0}", [number]));
	const { host } = new URL(address);
	const label = host === window.location.host ? __("Show picture {0}", [number]) : __("Show picture {0} from {1}", [number, host]);
	return `<span class="gh-picture" data-address="${words.escape(address)}" data-words="${words.escape(item.description)}">
		<button type="button" class="btn btn-xs btn-default gh-picture-show">${words.escape(label)}</button>
		${words.outside_link(address, __("Picture {0}", [number]))}</span>`;
};

/** An address outside, or a file of this site that came with a mail; "" for anything else. */
grievance_helpdesk.file_address = (url) => {
	const own = /^\/(private\/)?files\//.test(cstr(url));
	return grievance_helpdesk.safe_url(own ? window.location.origin + url : url);
};

grievance_helpdesk.is_picture = ({ type, url }) =>
	/photo|image|gif|album/.test(cstr(type)) || (type === "file" && /\.(jpe?g|png|gif|webp)$/i.test(cstr(url)));

/** The picture in the place of its button; the other site is not told which page asks. */
grievance_helpdesk.show_picture = (place) => {
	const { address, words } = place.dataset;
	const picture = $(`<img referrerpolicy="no-referrer" class="gh-picture-shown">`)
		.attr({ src: address, alt: words || __("Picture of the post") })
		.on("error", () => picture.replaceWith(document.createTextNode(__("The picture cannot be shown."))));
	$(place).find(".gh-picture-show").replaceWith(picture);
};

$(document)
	.off("click.gh-picture")
	.on("click.gh-picture", ".gh-picture-show", (event) =>
		grievance_helpdesk.show_picture(event.currentTarget.closest(".gh-picture"))
	);

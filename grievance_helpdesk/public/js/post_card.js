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
		const address = item.url || item.src || item.preview_image_url;
		const label = cstr(item.type).includes("video") ? __("Video {0}", [index + 1]) : __("Picture {0}", [index + 1]);
		links.push(grievance_helpdesk.outside_link(address, label));
	});
	const shown = links.filter(Boolean);
	return shown.length ? `<footer class="gh-post-links">${shown.join("")}</footer>` : "";
};

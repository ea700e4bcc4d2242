// Texts that were typed and not saved. They are kept in the tab, so that they survive a reload.

const prefix = "unsaved ";

function key({ domain, locale, id }) {
	return prefix + JSON.stringify([domain, locale, id]);
}

// keep keeps the forms of a text, and its comments if they were edited, with the version that they
// were typed over.
export function keep(at, version, forms, comments) {
	sessionStorage.setItem(key(at), JSON.stringify({ version, forms, comments }));
}

// kept returns what keep kept, or null.
export function kept(at) {
	return JSON.parse(sessionStorage.getItem(key(at)) ?? "null");
}

export function forget(at) {
	sessionStorage.removeItem(key(at));
}

// any reports whether this tab has unsaved text.
export function any() {
	return Object.keys(sessionStorage).some((name) => name.startsWith(prefix));
}

// The editor of one text: source and context, a box for each plural form, and what to do with it.
import { Failure, after, get, latest, post, sentence } from "./api.js";
import { Box } from "./box.js";
import { characters } from "./characters.js";
import { context, painted } from "./context.js";
import { ask, button, el, fill, say } from "./dom.js";
import { typing } from "./keys.js";
import { icon } from "./list.js";
import { changes, merge } from "./merge.js";
import { Preview } from "./preview.js";
import { forget, keep, kept } from "./unsaved.js";

const stateNames = {
	missing: "Missing", optional: "Optional", stale: "Stale", review: "To review",
	translated: "Translated",
};

export class Editor {
	#studio;
	#root;
	#context;
	#preview;
	#facts = el("div", { class: "facts" });
	#at = null; // domain, locale and ID of the open text
	#text = null;
	#version = ""; // that of the text in the boxes, which may be older than that of #text
	#boxes = new Map(); // category → box
	#lists = new Map(); // category → list of findings
	#counters = new Map(); // category → length counter
	#comments = null; // the box of the translator's comments
	#discard = null; // the button that gives up unsaved text
	#allow = []; // rules that the next save allows
	#category = ""; // the form that had the focus last
	#last = null; // the text that this tab saved last
	#saving = false;

	#fetch = latest((query, signal) => get("/api/text", query, signal));
	#fetchAgain = latest((query, signal) => get("/api/text", query, signal));
	#lint = latest((body, signal) => post("/api/lint", body, signal));
	#lintSoon = after(250, () => this.#check());

	constructor(studio, root, context) {
		this.#studio = studio;
		this.#root = root;
		this.#context = context;
		this.#preview = new Preview();
		context.append(this.#preview.element, this.#facts);
	}

	// open shows the text of a route. It asks the server for it unless the text is given.
	async open(route, text) {
		const at = { domain: route.domain, locale: route.locale, id: route.id };
		try {
			text ??= await this.#fetch({ ...at, ...this.#filter() });
		} catch (err) {
			this.#studio.failed(err);
			if (err instanceof Failure) this.#studio.go({ id: "" });
			return;
		}
		if (!text) return; // A newer call has taken over.
		this.#at = at;
		this.#show(text, kept(at));
		this.#root.scrollTop = this.#context.scrollTop = 0;
		this.#focus();
	}

	close() {
		this.#at = this.#text = null;
		fill(this.#root);
	}

	// changed looks whether the open text has changed in its file, and shows the new one unless there
	// is unsaved text.
	async changed() {
		const at = this.#at;
		if (!at || this.#saving) return;
		let text;
		try {
			text = await this.#fetchAgain({ ...at, ...this.#filter() });
		} catch (err) {
			this.#studio.failed(err);
			return;
		}
		if (!text || at !== this.#at || text.version === this.#text.version) return;
		if (this.#dirty()) {
			this.#warn();
			return;
		}
		const focused = this.#root.contains(document.activeElement);
		this.#show(text);
		if (focused) this.#focus();
		say("This text has changed in the file. You see the new one.");
	}

	#filter() {
		const { state, q, order } = this.#studio.route;
		return { state, q, order };
	}

	#show(text, unsaved = null) {
		this.#text = text;
		this.#root.dataset.id = text.id;
		this.#version = unsaved?.version ?? text.version;
		this.#allow = [];
		this.#category = text.forms[0]?.category;
		for (const map of [this.#boxes, this.#lists, this.#counters]) map.clear();
		fill(this.#root,
			this.#header(), this.#sources(), this.#params(),
			el("div", { class: "forms" }, text.forms.map((form) => this.#form(form, unsaved?.forms))),
			this.#studio.project.readOnly ? null
				: characters(this.#studio.language(text.domain, text.locale).characters,
					(character) => this.#insert(character)),
			this.#notes(unsaved), this.#actions());
		fill(this.#facts, context(this.#studio, text, (word) => this.#insert(word)));
		this.#showFindings(text.findings ?? []);
		if (unsaved) {
			this.#typed();
			if (this.#version !== text.version) this.#warn();
		}
		this.#render();
		this.#studio.list.mark(text.id, text.position.index - 1);
	}

	#focus() {
		const waiting = this.#state() === "review" || this.#text.forms.some((form) => form.draft);
		if (waiting || this.#studio.project.readOnly || matchMedia("(pointer: coarse)").matches) {
			this.#root.focus({ preventScroll: true });
			return;
		}
		const empty = this.#text.forms.find((form) => !form.text) ?? this.#text.forms[0];
		this.#boxes.get(empty?.category)?.focus();
	}

	#state() {
		return this.#text.state;
	}

	#header() {
		const { number, code, id, part, http, comment, position, phrase, label, optional } = this.#text;
		const state = this.#state();
		return el("header", {},
			el("div", { class: "where" },
				button("← List", () => this.#studio.go({ id: "" }), { class: "quiet back" }),
				el("span", { class: "state " + state }, icon(state), stateNames[state]),
				el("span", { class: "position" },
					position.index ? `${position.index} of ${position.total}` : ""),
				button("↑", () => this.#step("previous_id"),
					{ "aria-label": "Previous text", title: "Alt+↑", class: "quiet" }),
				button("↓", () => this.#step("next"),
					{ "aria-label": "Next text", title: "Alt+↓", class: "quiet" })),
			el("h2", { id: "editor-title" }, code || id,
				code ? el("span", { class: "part" }, " ", part) : null),
			el("p", { class: "soft" }, [
				number && "Code " + number, http && "HTTP " + http, phrase && "Phrase", label && "Label",
			].filter(Boolean).join(" · ")),
			comment ? el("p", { class: "comment" }, comment) : null,
			optional ? el("p", {}, "Shown if the number is 0. While it is empty, readers see the text " +
				"for other numbers.") : null,
			el("p", { class: "notice", role: "alert", hidden: true }));
	}

	#sources() {
		const { source, previous, forms } = this.#text;
		const lang = this.#studio.source(this.#at.domain);
		// Several forms of a translation may have one form of the source text.
		const former = new Map((previous?.forms ?? []).map(({ category, text }) =>
			[text, forms.find((form) => form.category === category)?.source ?? ""]));
		const changed = [...former].filter(([before, now]) => before !== now);
		return el("section", { class: "sources", "aria-label": "Source text" },
			source.forms.map(({ category, text }) => el("div", { class: "form" },
				source.forms.length > 1 ? el("span", { class: "category" }, category) : null,
				el("p", { lang, class: "text" }, painted(text, this.#names())))),
			changed.length > 0 ? el("div", { class: "previous" },
				el("h3", {}, "The source text has changed"),
				changed.map(([before, now]) => changes(before, now, { lang }))) : null);
	}

	// names returns the names of the text's params.
	#names() {
		return new Set(this.#text.params.map((param) => param.name));
	}

	#params() {
		const { params } = this.#text;
		if (params.length === 0) return null;
		const { readOnly } = this.#studio.project;
		const item = ({ name, example, note, plural }, i) => el("li", {},
			button([el("code", {}, `{{.${name}}}`), i < 9 ? el("kbd", {}, "Alt+" + (i + 1)) : null],
				() => this.#insert(`{{.${name}}}`),
				{ class: "placeholder", disabled: readOnly, title: "Insert" }),
			el("span", {}, el("bdi", { class: "example" }, example), " ", el("span", { class: "soft" },
				[note, plural && "chooses the form"].filter(Boolean).join(", "))));
		return el("ul", { class: "params", role: "list", "aria-label": "Placeholders" },
			params.map(item));
	}

	// copyOn copies the text of a form into the next one, from which it often differs in one word.
	#copyOn(category) {
		const categories = [...this.#boxes.keys()];
		const next = this.#boxes.get(categories[categories.indexOf(category) + 1]);
		if (!next) return say(categories.length > 1 ? "This is the last form." : "This text has one form.");
		next.replace(this.#boxes.get(category).value);
	}

	#form(form, unsaved) {
		const { category, numbers } = form;
		const { lang, dir, params, forms, source, optional } = this.#text;
		const list = el("ul", { class: "findings", role: "list", id: "findings-" + category });
		const counter = el("span", { class: "counter" });
		const box = new Box({
			lang, dir, params, value: unsaved?.[category] ?? form.text,
			readOnly: this.#studio.project.readOnly, describedBy: list.id,
			multiline: source.forms.some(({ text }) => text.includes("\n")) || form.text.includes("\n"),
			onchange: () => this.#typed(),
		});
		box.area.dataset.category = category;
		box.area.addEventListener("focus", () => {
			this.#category = category;
			if (numbers) this.#render();
		});
		this.#boxes.set(category, box);
		this.#lists.set(category, list);
		this.#counters.set(category, counter);
		const several = forms.length > 1 || numbers;
		const next = forms[forms.indexOf(form) + 1]?.category;
		return el("div", { class: "form" },
			el("div", { class: "label" },
				el("label", { for: box.area.id },
					several ? [el("b", {}, category), " ", el("span", { class: "numbers" }, numbers)]
						: "Translation"),
				![this.#state(), optional && "missing"].includes(form.state)
					? el("span", { class: "state " + form.state },
						icon(form.state), stateNames[form.state]) : null,
				next && !this.#studio.project.readOnly
					? button([`Copy to ${next} `, el("kbd", {}, "Alt+Shift+↓")],
						() => this.#copyOn(category),
						// The Tab key goes from box to box, and there is a key for the button.
						{ class: "small copy", tabindex: "-1", title: "Undo with Ctrl+Z" }) : null,
				counter),
			box.element, list,
			form.draft ? el("div", { class: "proposal" },
				el("span", { class: "soft" }, "Draft by " + form.draft.tool),
				el("p", { lang, dir }, painted(form.draft.text, this.#names()))) : null);
	}

	#notes(unsaved) {
		const lines = unsaved?.comments ?? this.#text.comments ?? [];
		this.#comments = el("textarea", {
			rows: Math.max(2, lines.length), value: lines.join("\n"), id: "comments",
			readonly: this.#studio.project.readOnly, oninput: () => this.#keep(),
		});
		return el("details", { class: "notes", open: lines.length > 0 },
			el("summary", {}, "Comments"),
			el("label", { for: "comments", class: "soft" }, "Kept in the file, one per line"),
			this.#comments);
	}

	#actions() {
		const { file, line, canUndo, forms } = this.#text;
		const place = el("span", { class: "soft place" }, file ? `${file}:${line}` : "");
		if (this.#studio.project.readOnly)
			return el("footer", { class: "actions" },
				el("span", {}, "Read-only: nothing can be saved."), place);
		const state = this.#state();
		const action = (label, key, run, properties) =>
			button([label, " ", el("kbd", {}, key)], run, properties);
		this.#discard = button("Discard", () => {
			forget(this.#at);
			this.open(this.#at);
		}, { class: "quiet idle", title: "Go back to the text in the file" });
		return el("footer", { class: "actions" },
			action("Save and next", "Ctrl+Enter", () => this.#save({ next: true }), { class: "primary" }),
			action("Save for review", "Ctrl+Shift+Enter", () => this.#save({ next: true, state: "review" })),
			state === "review" ? action("Approve", "a", () => this.#review("approve")) : null,
			state === "review" || state === "translated"
				? action("Reject", "r", () => this.#reject()) : null,
			forms.some((form) => form.draft) ? [
				action("Take the draft", "d", () => this.#draft("take")),
				action("Drop it", "x", () => this.#draft("drop"))] : null,
			action("Diff", "v", () => this.#showDiff(), { class: "quiet" }),
			canUndo ? action("Undo", "u", () => this.undo(), { class: "quiet" }) : null,
			this.#discard, place);
	}

	#forms() {
		return Object.fromEntries(Array.from(this.#boxes, ([category, box]) => [category, box.value]));
	}

	// newNotes returns the comments, or undefined if nobody has edited them.
	#newNotes() {
		const lines = this.#comments.value.split("\n").map((line) => line.trim()).filter(Boolean);
		return lines.join("\n") === (this.#text.comments ?? []).join("\n") ? undefined : lines;
	}

	#dirty() {
		return this.#text.forms.some(({ category, text }) => this.#boxes.get(category).value !== text) ||
			this.#newNotes() !== undefined;
	}

	// typed runs after each change of a box.
	#typed() {
		this.#keep();
		this.#count();
		this.#lintSoon();
		this.#render();
	}

	#keep() {
		const dirty = this.#dirty();
		if (dirty) keep(this.#at, this.#version, this.#forms(), this.#newNotes());
		else forget(this.#at);
		this.#discard?.classList.toggle("idle", !dirty);
	}

	#count() {
		const { maxLength } = this.#text;
		for (const [category, counter] of this.#counters) {
			const length = [...this.#boxes.get(category).value].length;
			counter.textContent = maxLength ? `${length} / ${maxLength}` : String(length);
			counter.classList.toggle("over", maxLength > 0 && length > maxLength);
		}
	}

	// render previews the text with a number that takes the form with the focus. Zero may have a text
	// of its own, so another number is better.
	#render() {
		const form = this.#text.forms.find(({ category }) => category === this.#category);
		const numbers = form?.numbers ? form.numbers.split(",").map(Number) : [];
		this.#preview.show(this.#at, this.#forms(), numbers.find((n) => n > 0) ?? numbers[0]);
	}

	async #check() {
		const at = this.#at;
		if (!at) return;
		try {
			const answer = await this.#lint({ ...at, forms: this.#forms() });
			if (answer && at === this.#at) this.#showFindings(answer.findings);
		} catch (err) {
			this.#studio.failed(err);
		}
	}

	#showFindings(findings) {
		const waiting = new Set(this.#allow.map(({ rule }) => rule));
		for (const [category, list] of this.#lists) {
			const mine = findings.filter((finding) => !waiting.has(finding.rule) &&
				(finding.category || this.#text.forms[0].category) === category);
			list.replaceChildren(...mine.map((finding) => this.#finding(category, finding)));
			this.#boxes.get(category).show(mine);
		}
		this.#count();
	}

	#finding(category, { severity, rule, message, hint, fix }) {
		const change = !this.#studio.project.readOnly;
		// The button does what the hint says to do in the file.
		hint = hint.replace(/(; )?if this is intended, write "# lint: allow[^"]*" above the text/, "");
		return el("li", { class: severity },
			el("span", {}, el("b", {}, severity === "error" ? "Error: " : ""), message,
				hint ? el("span", { class: "hint" }, " ", hint) : null),
			change && typeof fix === "string" ? button("Fix", () => this.#boxes.get(category).replace(fix),
				{ class: "small fix", "aria-label": "Fix: " + message }) : null,
			change && severity !== "error" ? button("Allow …", () => this.#allowRule(rule, message),
				{ class: "small", "aria-label": "Allow: " + message }) : null);
	}

	#allowRule(rule, message) {
		const question = sentence(message) + " Why is it right here?";
		this.#askWhy(`Allow “${rule}” in this text`, question, "Allow", (reason) => {
			this.#allow.push({ rule, reason });
			say(`The next save allows “${rule}” in this text.`);
			this.#check();
		});
	}

	// askWhy asks for a sentence, which is kept as a comment in the file.
	#askWhy(title, question, verb, done) {
		const answer = el("textarea", { rows: 3, id: "why" });
		const form = el("form", { method: "dialog" },
			el("label", { for: "why" }, question), answer,
			el("footer", {}, el("button", { type: "submit", class: "primary" }, verb, " ",
				el("kbd", {}, "Ctrl+Enter"))));
		form.addEventListener("submit", () => done(answer.value.trim()));
		form.addEventListener("keydown", (event) => {
			if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
			event.stopPropagation(); // The dialog will be gone when the page sees the key.
			form.requestSubmit();
		});
		const dialog = ask(title, form);
		dialog.addEventListener("close", () => this.#root.focus());
		answer.focus();
	}

	#insert(text) {
		this.#boxes.get(this.#category)?.insert(text);
	}

	#step(way) {
		const id = this.#text[way];
		if (id) this.#studio.go({ id });
		else say(way === "next" ? "This is the last text." : "This is the first text.");
	}

	#warn() {
		const notice = this.#root.querySelector(".notice");
		notice.textContent = "This text has changed in the file since you began. " +
			"When you save, you see both and choose.";
		notice.hidden = false;
	}

	// send sends a change of the open text and shows what comes next. People may go on typing, or to
	// another text, before the answer is there. What they typed since then isn't saved yet.
	async #send(path, body, said) {
		if (this.#saving || this.#studio.project.readOnly) return;
		const at = this.#at;
		const before = JSON.stringify(this.#forms());
		this.#saving = true;
		try {
			const answer = await post(path, { ...at, version: this.#version, ...body });
			this.#last = at;
			const here = at === this.#at;
			const typed = here && JSON.stringify(this.#forms()) !== before;
			if (!typed) forget(at);
			if (typed) this.#goOn(answer.text);
			else if (here && body.next) await this.#next(answer, said);
			else if (here) this.#show(answer.text);
			if (typed) say(said, " What you typed since then isn’t saved yet.");
			else if (!body.next || !here) say(said);
			this.#studio.saved(at, answer);
		} catch (err) {
			this.#refused(err, at);
		} finally {
			this.#saving = false;
		}
	}

	// goOn takes the text that was saved as the one that is edited, and leaves the boxes alone.
	#goOn(text) {
		this.#text = text;
		this.#version = text.version;
		this.#keep();
	}

	async #next(answer, said) {
		const undo = !answer.text.canUndo ? ""
			: button(["Undo ", el("kbd", {}, "u")], () => this.undo(), { class: "small" });
		say(`${said} `, undo);
		if (answer.next) {
			await this.#studio.go({ id: answer.next.id }, answer.next);
			return;
		}
		say(`${said} No text is left here. `, undo);
		await this.#studio.go({ id: "" });
	}

	#refused(err, at) {
		const conflict = err.answer?.conflict;
		if (err.status === 409 && conflict?.yours && at === this.#at) {
			const comments = this.#newNotes();
			merge(conflict, conflict.text, (forms) => {
				this.#show(conflict.text, { version: conflict.version, forms, comments });
				this.#keep();
				this.#save({ next: false });
			});
			return;
		}
		if (err.status === 422 && err.answer.findings) {
			this.#showFindings(err.answer.findings);
			[...this.#boxes].find(([category]) => this.#lists.get(category).firstChild)?.[1].focus();
		}
		this.#studio.failed(err);
	}

	// save saves the boxes. Unchanged text is saved only if it is stale: then that confirms it. What is
	// to be reviewed needs another key, so that nobody approves a text by paging through the list.
	#save({ next, state = "translated" }) {
		const idle = !this.#dirty() && this.#allow.length === 0 && this.#state() !== "stale";
		if (idle && next) return this.#step("next");
		if (idle) return say("Nothing has changed.");
		return this.#send("/api/save", this.#change(state, next),
			state === "review" ? "Saved for review." : "Saved.");
	}

	#change(state, next) {
		return {
			forms: this.#forms(), state,
			comments: this.#newNotes(),
			allow: this.#allow.length ? this.#allow : undefined,
			next: next ? this.#filter() : undefined,
		};
	}

	async #showDiff() {
		try {
			const answer = await post("/api/save", {
				...this.#at, version: this.#version, ...this.#change("translated"), dryRun: true,
			});
			const kinds = { "+": "added", "-": "removed", "@": "soft" };
			const lines = (answer.diff.trimEnd() || "Nothing will change.").split("\n").map((line) =>
				el("span", { class: kinds[line[0]] }, line + "\n"));
			const dialog = ask("What saving will change", [
				el("pre", { class: "changes", tabindex: "0" }, lines),
				el("footer", {}, button("Save and next", () => {
					dialog.close();
					this.#save({ next: true });
				}, { class: "primary" }))], { class: "wide" });
			dialog.querySelector(".primary").focus();
		} catch (err) {
			this.#refused(err, this.#at);
		}
	}

	#review(verdict, comment) {
		const said = verdict === "approve" ? "Approved." : "Rejected.";
		if (this.#dirty()) return say("Save or discard your text first.");
		return this.#send("/api/review", { verdict, comment, next: this.#filter() }, said);
	}

	#reject() {
		this.#askWhy("Reject this translation", "What is wrong? It is kept as a comment in the file.",
			"Reject", (comment) => this.#review("reject", comment || undefined));
	}

	#draft(verdict) {
		if (!this.#text.forms.some((form) => form.draft)) return say("This text has no draft.");
		return this.#send("/api/draft", { verdict },
			verdict === "take" ? "Taken. Please review it." : "Dropped.");
	}

	// undo takes back what was saved last: of the open text, or else in this tab.
	async undo() {
		const at = this.#text?.canUndo ? this.#at : this.#last;
		if (at && at === this.#at && this.#dirty()) return say("Save or discard your text first.");
		if (!at) return say("This session has saved nothing that can be undone.");
		try {
			const answer = await post("/api/undo", at);
			forget(at);
			this.#last = null;
			this.#studio.saved(at, answer);
			await this.#studio.go({ domain: at.domain, locale: at.locale, id: at.id }, answer.text);
			say("Undone.");
		} catch (err) {
			this.#studio.failed(err);
		}
	}

	// key handles a key and reports whether it did.
	key(event, command) {
		if (!this.#text) return false;
		const run = command ? this.#commandKey(event)
			: event.altKey ? this.#altKey(event)
				: typing() || document.activeElement?.closest("#list, #context, fieldset") ? null
					: this.#plainKey(event);
		if (run) run();
		return Boolean(run);
	}

	#commandKey({ key, shiftKey }) {
		return {
			Enter: () => this.#save({ next: true, state: shiftKey ? "review" : "translated" }),
			s: () => this.#save({ next: false }),
			" ": shiftKey && (() => this.#insert("\u00a0")),
			".": () => this.#root.querySelector(".fix")?.click(),
		}[key];
	}

	#altKey({ key, code, shiftKey }) {
		if (key === "ArrowDown" && shiftKey)
			return document.activeElement?.dataset.category && (() => this.#copyOn(this.#category));
		if (key === "ArrowDown") return () => this.#step("next");
		if (key === "ArrowUp") return () => this.#step("previous_id");
		const digit = code.match(/^Digit(\d)$/)?.[1];
		if (digit === undefined) return null;
		const { params, forms } = this.#text;
		if (digit === "0")
			return () => this.#insert(forms.find((form) => form.category === this.#category).source);
		return params[digit - 1] && (() => this.#insert(`{{.${params[digit - 1].name}}}`));
	}

	#plainKey({ key }) {
		const edit = () => this.#boxes.get(this.#category)?.focus();
		if (key === "Enter") return document.activeElement === this.#root ? edit : null;
		return {
			e: edit,
			j: () => this.#step("next"), ArrowDown: () => this.#step("next"),
			k: () => this.#step("previous_id"), ArrowUp: () => this.#step("previous_id"),
			a: () => this.#review("approve"), r: () => this.#reject(),
			d: () => this.#draft("take"), x: () => this.#draft("drop"),
			v: () => this.#showDiff(), u: () => this.undo(),
		}[key];
	}
}

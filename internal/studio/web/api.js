// Calls the studio's server.

// Failure is an answer that says why a request failed.
export class Failure extends Error {
	constructor(status, answer) {
		super(sentence(answer.error ?? "the studio answered with the status " + status));
		this.status = status;
		this.hint = sentence(answer.hint ?? "");
		this.answer = answer;
	}
}

// sentence makes a sentence of an error, which begins small and has no full stop.
export function sentence(text) {
	return text && text[0].toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");
}

// get reads from the server. Undefined and empty parameters are left out of the query.
export function get(path, query = {}, signal) {
	const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
	return send(path + "?" + new URLSearchParams(given), { signal });
}

// post sends a JSON body.
export function post(path, body, signal) {
	return send(path, {
		method: "POST", signal, body: JSON.stringify(body),
		headers: { "Content-Type": "application/json" },
	});
}

async function send(path, options) {
	const response = await fetch(path, { cache: "no-store", ...options });
	let answer = {};
	try {
		answer = await response.json();
	} catch (err) {
		if (err.name === "AbortError") throw err;
	}
	if (!response.ok) throw new Failure(response.status, answer ?? {});
	return answer;
}

// latest wraps a call so that only the answer to the newest one counts. An older call returns
// undefined, whenever its answer comes, and its request is aborted.
export function latest(call) {
	let current = null;
	return async (...args) => {
		current?.abort();
		const mine = new AbortController();
		current = mine;
		try {
			const answer = await call(...args, mine.signal);
			return mine === current ? answer : undefined;
		} catch (err) {
			if (mine !== current) return undefined;
			throw err;
		}
	};
}

// after returns a function that calls another one when nobody has called it for a while.
export function after(milliseconds, call) {
	let timer = 0;
	return (...args) => {
		clearTimeout(timer);
		timer = setTimeout(call, milliseconds, ...args);
	};
}

// Calls a server with clients in JavaScript and prints what they have received, as JSON:
//
//	node clients.mjs '{"client": "grpc-js", "address": "127.0.0.1:8080", "schema": "…", …}'
//
// The npm packages are in the folder that ERRLINGO_RPC_CLIENTS names. The schema is the
// FileDescriptorSet of all messages.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const require = createRequire(resolve(process.env.ERRLINGO_RPC_CLIENTS, "clients.cjs"));
const grpc = require("@grpc/grpc-js");
const { createClient, ConnectError } = require("@connectrpc/connect");
const node = require("@connectrpc/connect-node");
const { createFileRegistry, fromBinary, toBinary, create } = require("@bufbuild/protobuf");
const { FileDescriptorSetSchema } = require("@bufbuild/protobuf/wkt");

const input = JSON.parse(process.argv[2]);
const files = fromBinary(FileDescriptorSetSchema, readFileSync(input.schema));
const registry = createFileRegistry(files);
const message = (name) => registry.getMessage(name);
const value = message("google.protobuf.StringValue");
const health = message("grpc.health.v1.HealthCheckResponse");
const status = message("google.rpc.Status");

// Each client has fail, which returns the google.rpc.Status of a failed call, and check, which
// returns the status of a health check on the same channel.
const clients = {
	"grpc-js"() {
		const channel = new grpc.Client(input.address, grpc.credentials.createInsecure());
		const unary = (path, request, response, metadata) =>
			new Promise((resolve, reject) =>
				channel.makeUnaryRequest(path, Buffer.from, (b) => fromBinary(response, b), request, metadata,
					{ deadline: Date.now() + 20_000 }, (err, answer) => (err ? reject(err) : resolve(answer))));
		return {
			async fail(name, language) {
				const metadata = new grpc.Metadata();
				metadata.set("accept-language", language);
				try {
					const request = toBinary(value, create(value, { value: name }));
					await unary("/test.Test/Fail", request, value, metadata);
				} catch (err) {
					const sent = err.metadata?.get("grpc-status-details-bin")[0];
					if (!sent) throw err;
					const s = fromBinary(status, sent);
					if (s.code !== err.code || s.message !== err.details)
						throw new Error("two different statuses");
					return s;
				}
			},
			async check() {
				const path = "/grpc.health.v1.Health/Check";
				return (await unary(path, new Uint8Array(), health, new grpc.Metadata())).status;
			},
			close: () => channel.close(),
		};
	},
	"connect": () => connect(node.createConnectTransport),
	"connect-get": () => connect(node.createConnectTransport, { useHttpGet: true }),
	"grpc": () => connect(node.createGrpcTransport),
	"grpc-web": () => connect(node.createGrpcWebTransport),
};

function connect(transport, options = {}) {
	const baseUrl = "http://" + input.address;
	const sessionManager = new node.Http2SessionManager(baseUrl);
	const channel = transport({
		baseUrl, httpVersion: "2", sessionManager, useBinaryFormat: true, defaultTimeoutMs: 20_000,
		...options,
	});
	const service = createClient(registry.getService("test.Test"), channel);
	const checker = createClient(registry.getService("grpc.health.v1.Health"), channel);
	return {
		async fail(name, language) {
			try {
				await service.fail({ value: name }, { headers: { "accept-language": language } });
			} catch (err) {
				if (!(err instanceof ConnectError) || err.details.length === 0) throw err;
				const details = err.details.map((d) => ({
					typeUrl: "type.googleapis.com/" + d.type, value: d.value,
				}));
				return create(status, { code: err.code, message: err.rawMessage, details });
			}
		},
		check: async () => (await checker.check({})).status,
		close: () => sessionManager.abort(),
	};
}

// first returns the first detail of a type.
function first(s, type) {
	const found = s.details.find((d) => d.typeUrl.endsWith("/" + type));
	return found && fromBinary(message(type), found.value);
}

// show returns what a reader of the client sees, and the status itself.
async function show(client, { name, language }) {
	const s = await client.fail(name, language);
	const [info, text] = [first(s, "google.rpc.ErrorInfo"), first(s, "google.rpc.LocalizedMessage")];
	return {
		reason: info.reason, text: text.message, locale: text.locale,
		status: Buffer.from(toBinary(status, s)).toString("base64"),
	};
}

// many makes calls that fail at random, several at once, and checks each answer.
async function many(client) {
	let [left, largest, cut] = [input.count, 0, 0];
	const work = async () => {
		while (left-- > 0) {
			const s = await client.fail("", ["de", "ar", "en", "xx"][left % 4]);
			const data = Buffer.from(toBinary(status, s));
			if (data.includes(input.secret)) throw new Error("the cause is sent: " + data);
			for (const d of s.details) {
				const type = message(d.typeUrl.split("/")[1]);
				// Reading replaces invalid UTF-8, so that the bytes would differ.
				if (Buffer.compare(toBinary(type, fromBinary(type, d.value)), d.value) !== 0)
					throw new Error("invalid UTF-8 in " + d.typeUrl);
			}
			const info = first(s, "google.rpc.ErrorInfo");
			if (!info?.reason || !info.domain || s.code === 0) throw new Error("no ErrorInfo in " + data);
			if (info.metadata["error-dropped"] || info.metadata["error-total"]) cut++;
			const size = data.toString("base64").length + encodeURIComponent(s.message).length + 60;
			if (size > input.budget) throw new Error(size + " bytes of trailers: " + data);
			largest = Math.max(largest, size);
		}
	};
	await Promise.all(Array.from({ length: 8 }, work));
	return { largest, cut };
}

const client = clients[input.client]();
try {
	const shown = [];
	for (const call of input.calls) shown.push(await show(client, call));
	const random = await many(client);
	console.log(JSON.stringify({ shown, ...random, health: await client.check() }));
} finally {
	client.close();
}

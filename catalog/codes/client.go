package codes

import "github.com/errlingo/errlingo/catalog"

// MissingImplementationError: a program called a part of a client library that exists in name only:
// this version has no code for it.
var MissingImplementationError = Domain.Define(42, "MISSING_IMPLEMENTATION_ERROR", catalog.Spec{
	Title:    "Not implemented",
	Detail:   "This version of the library doesn’t implement {{.Feature}}.",
	Help:     "Use a version that implements this feature, or another part of the library.",
	Params:   catalog.Params{catalog.Public(Feature)},
	HTTP:     501,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionFix,
})

// ConnectionFailed: the client could not reach the server at all, because of the network or because
// the server is down.
var ConnectionFailed = Domain.Define(100, "CONNECTION_FAILED", catalog.Spec{
	Title:    "Couldn’t connect",
	Detail:   "The service can’t be reached right now.",
	Help:     "Check your internet connection, or try again in a few minutes.",
	Params:   catalog.Params{Host, catalog.Public(RetryAfter)},
	HTTP:     503,
	Audience: catalog.AudienceEndUser,
	Retry:    catalog.RetryBackoff,
	Action:   catalog.ActionRetry,
})

// NotInitialized: a program used a client library before the call that sets it up.
var NotInitialized = Domain.Define(109, "NOT_INITIALIZED", catalog.Spec{
	Title:    "Library not initialized",
	Detail:   "The library was used before it was initialized.",
	Help:     "Call {{.InitCall}} when the program starts, before any other call to the library.",
	Params:   catalog.Params{InitCall},
	HTTP:     500,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionFix,
})

// CacheMiss: the caller wanted the answer from the cache only, and the cache doesn't have it.
var CacheMiss = Domain.Define(120, "CACHE_MISS", catalog.Spec{
	Title:    "Not in the cache",
	Detail:   "The request was limited to the cache, and the cache doesn’t have the answer.",
	Help:     "Send the request again, and let it use the network.",
	HTTP:     504,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionFix,
})

// XDomainRequest: a request to another domain failed in a browser that hides the response, so that
// the real code is unknown.
//
// Deprecated: only Internet Explorer 8 and 9 hid responses in this way. Use [Undefined].
var XDomainRequest = Domain.Define(602, "X_DOMAIN_REQUEST", catalog.Spec{
	Title:      "Error hidden by the browser",
	Detail:     "The request failed, and the browser doesn’t say why.",
	Help:       "Try again with an up-to-date browser.",
	Audience:   catalog.AudienceDeveloper,
	Action:     catalog.ActionRetry,
	Deprecated: "Only Internet Explorer 8 and 9 hid responses in this way.",
	ReplacedBy: Undefined,
})

// StorageInMemoryFail: the client library tested its storage in memory at start, and read back
// something else than it had written.
var StorageInMemoryFail = Domain.Define(700, "STORAGE_IN_MEMORY_FAIL", catalog.Spec{
	Title:    "Memory storage not working",
	Detail:   "The library couldn’t read back what it had just stored in memory.",
	Help:     "Restart the program. If it happens again, report it to the library’s maintainers.",
	HTTP:     500,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionRetry,
})

// StorageInWebFail: the browser does not keep what a site stores, because storage is full, blocked,
// or off in private browsing.
var StorageInWebFail = Domain.Define(701, "STORAGE_IN_WEB_FAIL", catalog.Spec{
	Title:  "Browser can’t store data",
	Detail: "This site needs to store data in your browser, but the browser doesn’t allow it.",
	Help: "Leave private browsing, or allow this site to store data in your browser’s settings. " +
		"Then reload the page.",
	Params:   catalog.Params{Storage},
	HTTP:     500,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})

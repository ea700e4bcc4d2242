package codes

import "github.com/errlingo/errlingo/catalog"

// MissingImplementationError: a program called a part of a client library that is declared but has
// no body yet.
var MissingImplementationError = Domain.Define(42, "MISSING_IMPLEMENTATION_ERROR", catalog.Spec{
	Title:    "Not implemented",
	Detail:   "The library declares {{.Feature}}, but this version does not implement it.",
	Help:     "Use another part of the library, or a version that implements this one.",
	Params:   catalog.Params{catalog.Public(Feature)},
	HTTP:     501,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionContact,
})

// ConnectionFailed: the client could not reach the server at all, because of the network or because
// the server is down.
var ConnectionFailed = Domain.Define(100, "CONNECTION_FAILED", catalog.Spec{
	Title:    "No connection",
	Detail:   "The service cannot be reached at the moment.",
	Help:     "Check your internet connection, then try again.",
	Params:   catalog.Params{Host, catalog.Public(RetryAfter)},
	HTTP:     503,
	Audience: catalog.AudienceEndUser,
	Retry:    catalog.RetryBackoff,
	Action:   catalog.ActionRetry,
})

// NotInitialized: a program used a client library before the call that sets it up.
var NotInitialized = Domain.Define(109, "NOT_INITIALIZED", catalog.Spec{
	Title:    "Library not initialized",
	Detail:   "The library was used before it was set up.",
	Help:     "Call {{.InitCall}} when the program starts, before any other call to the library.",
	Params:   catalog.Params{InitCall},
	HTTP:     500,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionContact,
})

// CacheMiss: the caller asked for an answer from the cache only, and the cache does not have one.
var CacheMiss = Domain.Define(120, "CACHE_MISS", catalog.Spec{
	Title:    "Not in the cache",
	Detail:   "The answer was to come from the cache alone, and the cache does not have it.",
	Help:     "Ask again and allow the answer to come over the network.",
	HTTP:     504,
	Audience: catalog.AudienceDeveloper,
	Retry:    catalog.RetryOnce,
	Action:   catalog.ActionRetry,
})

// XDomainRequest: a request to another domain failed in a browser that hides the answer, so that
// the real code is unknown.
//
// Deprecated: only Internet Explorer 8 and 9 hid the answer in this way. Use [Undefined].
var XDomainRequest = Domain.Define(602, "X_DOMAIN_REQUEST", catalog.Spec{
	Title:      "Error hidden by the browser",
	Detail:     "The request failed, and the browser does not tell the program why.",
	Help:       "Try again with a current browser.",
	Audience:   catalog.AudienceDeveloper,
	Action:     catalog.ActionRetry,
	Deprecated: "Only Internet Explorer 8 and 9 hid the answer to a request in this way.",
	ReplacedBy: Undefined,
})

// StorageInMemoryFail: the client library wrote to its store in memory at start, and read something
// else back.
var StorageInMemoryFail = Domain.Define(700, "STORAGE_IN_MEMORY_FAIL", catalog.Spec{
	Title:    "Memory store not working",
	Detail:   "The library could not read back what it had just written to its store in memory.",
	Help:     "Restart the program. If it happens again, report it to those who maintain the library.",
	HTTP:     500,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionRetry,
})

// StorageInWebFail: the browser does not keep what a site stores, because storage is full, blocked,
// or off in private browsing.
var StorageInWebFail = Domain.Define(701, "STORAGE_IN_WEB_FAIL", catalog.Spec{
	Title:  "Browser cannot store data",
	Detail: "This site needs to store data in your browser, and the browser does not let it.",
	Help: "Leave private browsing, or allow this site to store data in the settings of your " +
		"browser. Then reload the page.",
	Params:   catalog.Params{Storage},
	HTTP:     500,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})

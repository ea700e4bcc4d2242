package codes

import "github.com/errlingo/errlingo/catalog"

// InvalidJSON: the body of a request isn't JSON, is cut off, or isn't encoded in UTF-8. A client
// library also reports it if it can't read a response.
var InvalidJSON = Domain.Define(107, "INVALID_JSON", catalog.Spec{
	Title:    "JSON not valid",
	Detail:   "The data isn’t well-formed JSON in UTF-8.",
	Help:     "Check the syntax and the encoding, and that nothing was cut off.",
	Params:   catalog.Params{catalog.Public(Offset)},
	HTTP:     400,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionFix,
})

// MissingContentType: a file was sent without the header that says what kind of file it is.
var MissingContentType = Domain.Define(126, "MISSING_CONTENT_TYPE", catalog.Spec{
	Title:    "Content type missing",
	Detail:   "The upload has no Content-Type header.",
	Help:     "Send the header with a type that the server accepts: {{.MediaTypes}}.",
	Params:   catalog.Params{catalog.Public(MediaTypes)},
	HTTP:     415,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionFix,
})

// MissingContentLength: a file was sent without the header that says how many bytes it has.
var MissingContentLength = Domain.Define(127, "MISSING_CONTENT_LENGTH", catalog.Spec{
	Title:    "Content length missing",
	Detail:   "The upload has no Content-Length header.",
	Help:     "Send the header with the length of the body in bytes.",
	HTTP:     411,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionFix,
})

// InvalidContentLength: the header that says how many bytes a request has is not a number, or
// differs from the number of bytes that arrived. The detail has neither size, since two that differ
// by little look the same.
var InvalidContentLength = Domain.Define(128, "INVALID_CONTENT_LENGTH", catalog.Spec{
	Title:    "Content length not valid",
	Detail:   "The Content-Length header doesn’t match the number of bytes that arrived.",
	Help:     "Send the request again with the exact length of the body in bytes.",
	Params:   catalog.Params{catalog.Public(DeclaredSize), catalog.Public(ReceivedSize)},
	HTTP:     400,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionFix,
})

// ExceededQuota: an account or program has used all it may use of something, until somebody frees
// some of it or raises the limit. If waiting is enough, the code is REQUEST_LIMIT_EXCEEDED instead.
var ExceededQuota = Domain.Define(140, "EXCEEDED_QUOTA", catalog.Spec{
	Title:  "Limit reached",
	Detail: "This account has reached its limit for {{.Quota}}.",
	Help:   "Remove what you no longer need, or upgrade to a plan with a higher limit.",
	Params: catalog.Params{
		Quota, catalog.Public(QuotaUsed), catalog.Public(QuotaLimit), catalog.Public(UpgradeURL),
	},
	HTTP:     403,
	RPC:      catalog.RPCResourceExhausted,
	Audience: catalog.AudienceEndUser | catalog.AudienceOperator,
	Action:   catalog.ActionFix,
})

// RequestLimitExceeded: more requests arrived than are allowed in a period of time.
var RequestLimitExceeded = Domain.Define(155, "REQUEST_LIMIT_EXCEEDED", catalog.Spec{
	Title:  "Too many requests",
	Detail: "Too many requests were sent in a short time.",
	Help:   "You can try again {{.RetryAfter}}.",
	Params: catalog.Params{catalog.Public(RetryAfter), catalog.Public(RequestLimit),
		catalog.Public(Window)},
	HTTP:     429,
	Audience: catalog.AudienceEndUser,
	Retry:    catalog.RetryAfter,
	Action:   catalog.ActionRetry,
})

// DuplicateRequest: a request arrived twice, and the second copy was not processed. The first may
// have succeeded.
var DuplicateRequest = Domain.Define(159, "DUPLICATE_REQUEST", catalog.Spec{
	Title:  "Request already received",
	Detail: "A request with the ID {{.RequestID}} arrived earlier, so this copy wasn’t processed.",
	Help: "You don’t need to do anything. The response to the first request shows whether it " +
		"worked.",
	Params:   catalog.Params{catalog.Public(RequestID)},
	HTTP:     409,
	RPC:      catalog.RPCAlreadyExists,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionNone,
})

// InvalidEventName: an event that was reported for analytics has a name that is not allowed.
var InvalidEventName = Domain.Define(160, "INVALID_EVENT_NAME", catalog.Spec{
	Title:    "Event name not valid",
	Detail:   "An analytics event can’t be named “{{.EventName}}”.",
	Help:     "Use a name that the service’s documentation allows.",
	Params:   catalog.Params{catalog.Public(EventName)},
	HTTP:     400,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionFix,
})

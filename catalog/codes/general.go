package codes

import "github.com/errlingo/errlingo/catalog"

// Undefined: something failed that no other code describes, such as an unexpected response from
// another service.
var Undefined = Domain.Define(-1, "UNDEFINED", catalog.Spec{
	Title:    "Unexpected error",
	Detail:   "Something unexpected happened, so we couldn’t finish.",
	Help:     "Wait a moment, then try again. If it keeps happening, contact support.",
	Params:   catalog.Params{catalog.Public(Reference)},
	HTTP:     500,
	Audience: catalog.AudienceEndUser | catalog.AudienceOperator,
	Action:   catalog.ActionRetry,
})

// InternalServerError: the service has a fault. The log describes it, and the reader learns nothing
// more about it.
var InternalServerError = Domain.Define(1, "INTERNAL_SERVER_ERROR", catalog.Spec{
	Title:    "Something went wrong on our side",
	Detail:   "This wasn’t caused by anything you did.",
	Help:     "Try again in a few minutes. If it keeps happening, contact support.",
	Params:   catalog.Params{catalog.Public(Reference)},
	HTTP:     500,
	Audience: catalog.AudienceEndUser | catalog.AudienceOperator,
	Action:   catalog.ActionRetry,
})

// CommandUnavailable: the caller used a feature or an operator that this server does not have or
// does not allow.
var CommandUnavailable = Domain.Define(108, "COMMAND_UNAVAILABLE", catalog.Spec{
	Title:    "Feature not available",
	Detail:   "{{.Feature}} isn’t available here.",
	Help:     "Check the documentation for what you can use instead.",
	Params:   catalog.Params{catalog.Public(Feature)},
	HTTP:     400,
	RPC:      catalog.RPCUnimplemented,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionFix,
})

// Timeout: the server gave up on work that took too long, such as a search through a lot of data.
// Part of the work may have been done, so doing it again may do it twice.
var Timeout = Domain.Define(124, "TIMEOUT", catalog.Spec{
	Title:    "This took too long",
	Detail:   "The service couldn’t finish in time.",
	Help:     "Check whether it worked before you try again. Asking for less at once may help.",
	Params:   catalog.Params{catalog.Public(TimeLimit)},
	HTTP:     504,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionRetry,
})

// ScriptFailed: a function that the operator added to the server ended with an error. Its name is
// for programs and logs; the texts don't show it.
var ScriptFailed = Domain.Define(141, "SCRIPT_FAILED", catalog.Spec{
	Title:    "A step failed",
	Detail:   "One of the steps failed, so we couldn’t finish.",
	Help:     "Contact support, and say what you were trying to do.",
	Params:   catalog.Params{catalog.Public(FunctionName)},
	HTTP:     500,
	Audience: catalog.AudienceEndUser | catalog.AudienceDeveloper,
	Action:   catalog.ActionContact,
})

// AggregateError: several things were requested at once, and at least one of them failed. Each
// failure is listed below the detail, with its own texts. The status of a response is that of the
// most urgent failure.
var AggregateError = Domain.Define(600, "AGGREGATE_ERROR", catalog.Spec{
	Title:     "Some things didn’t work",
	Detail:    "There were {{.Count}} problems.",
	Plural:    catalog.Plural{By: Count, One: "There was one problem."},
	Help:      "Check the list, then retry only what failed.",
	Params:    catalog.Params{catalog.Public(Count), catalog.Public(Total)},
	Audience:  catalog.AudienceEndUser,
	Action:    catalog.ActionFix,
	Aggregate: true,
})

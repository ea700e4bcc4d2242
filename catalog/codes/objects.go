package codes

import "github.com/errlingo/errlingo/catalog"

// ObjectNotFound: the object does not exist, or the reader may not know that it does.
var ObjectNotFound = Domain.Define(101, "OBJECT_NOT_FOUND", catalog.Spec{
	Title:  "Not found",
	Detail: "We couldn’t find the {{.ObjectType}} “{{.ObjectID}}”.",
	Help: "Check the spelling. What you’re looking for may have been removed, " +
		"or you may not have access to it.",
	Params:   catalog.Params{ObjectType, catalog.Sensitive(ObjectID)},
	HTTP:     404,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})

// MissingObjectID: an operation on an object was requested without saying which object.
var MissingObjectID = Domain.Define(104, "MISSING_OBJECT_ID", catalog.Spec{
	Title:    "Object ID missing",
	Detail:   "The request doesn’t include the ID of the {{.ObjectType}}.",
	Help:     "Add the ID to the request.",
	Params:   catalog.Params{ObjectType},
	HTTP:     400,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionFix,
})

// ObjectTooLarge: an object, or a whole request, has more bytes than the server accepts.
var ObjectTooLarge = Domain.Define(116, "OBJECT_TOO_LARGE", catalog.Spec{
	Title:    "Too much data",
	Detail:   "What you sent is too large. The limit is {{.SizeLimit}}.",
	Help:     "Make it smaller, then try again.",
	Params:   catalog.Params{catalog.Public(Size), catalog.Public(SizeLimit)},
	HTTP:     413,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})

// OperationForbidden: the reader is known but has no permission for what they want to do.
var OperationForbidden = Domain.Define(119, "OPERATION_FORBIDDEN", catalog.Spec{
	Title:    "Not allowed",
	Detail:   "You don’t have permission to {{.Operation}} this {{.ObjectType}}.",
	Help:     "If you need access, ask an administrator or contact support.",
	Params:   catalog.Params{Operation, ObjectType},
	HTTP:     403,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionContact,
})

// InvalidACL: the list that says who may read and change an object is malformed.
var InvalidACL = Domain.Define(123, "INVALID_ACL", catalog.Spec{
	Title:    "Access control list not valid",
	Detail:   "The access control list of the {{.ObjectType}} is malformed.",
	Help:     "Each entry must name a user or role and the access it grants.",
	Params:   catalog.Params{ObjectType},
	HTTP:     400,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionFix,
})

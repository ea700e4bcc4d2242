package codes

import "github.com/errlingo/errlingo/catalog"

// InvalidQuery: a query names a field that does not exist, or uses an operator that the field's
// type does not have.
var InvalidQuery = Domain.Define(102, "INVALID_QUERY", catalog.Spec{
	Title:    "Query not valid",
	Detail:   "The operator {{.Operator}} can’t be used on the field {{.Key}}.",
	Help:     "Check that the field exists and that its type supports this operator.",
	Params:   catalog.Params{catalog.Public(Key), catalog.Public(Operator), catalog.Public(FieldType)},
	HTTP:     400,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionFix,
})

// InvalidClassName: the name of a class of objects is absent, or has characters or a length that
// are not allowed.
var InvalidClassName = Domain.Define(103, "INVALID_CLASS_NAME", catalog.Spec{
	Title: "Class name not valid",
	Detail: "A class can’t be named “{{.ClassName}}”. Names must match the pattern " +
		"{{.Allowed}}.",
	Help:     "Use a name that the documentation allows. Names are case-sensitive.",
	Params:   catalog.Params{catalog.Public(ClassName), catalog.Public(Allowed)},
	HTTP:     400,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionFix,
})

// InvalidKeyName: the name of a field is reserved, or has characters or a length that are not
// allowed.
var InvalidKeyName = Domain.Define(105, "INVALID_KEY_NAME", catalog.Spec{
	Title:  "Field name not valid",
	Detail: "A field can’t be named “{{.Key}}”.",
	Help: "Use a name that isn’t reserved and has only characters that the documentation allows. " +
		"Names are case-sensitive.",
	Params:   catalog.Params{catalog.Public(Key), catalog.Public(Allowed)},
	HTTP:     400,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionFix,
})

// InvalidPointer: a field that refers to another object holds something other than a well-formed
// reference. Client libraries do not let this happen.
var InvalidPointer = Domain.Define(106, "INVALID_POINTER", catalog.Spec{
	Title: "Reference not valid",
	Detail: "The field {{.Key}} must refer to an object of the class {{.Class}}, but the " +
		"reference is malformed.",
	Help: "Let the client library build the reference. If it already does, report a bug in the " +
		"library.",
	Params:   catalog.Params{catalog.Public(Key), catalog.Public(Class)},
	HTTP:     400,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionFix,
})

// IncorrectType: a field was given a value of another type than the schema says.
var IncorrectType = Domain.Define(111, "INCORRECT_TYPE", catalog.Spec{
	Title:  "Wrong type",
	Detail: "The field {{.Key}} must be of type {{.ExpectedType}}, not {{.ActualType}}.",
	Help:   "Send a value of the field’s type.",
	Params: catalog.Params{catalog.Public(Key), catalog.Public(ExpectedType),
		catalog.Public(ActualType)},
	HTTP:     400,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionFix,
})

// InvalidNestedKey: a key of an object inside another object has a character that the server needs
// for itself.
var InvalidNestedKey = Domain.Define(121, "INVALID_NESTED_KEY", catalog.Spec{
	Title: "Nested key not valid",
	Detail: "In a nested object, {{.Forbidden}} can’t be part of a key such as " +
		"“{{.Key}}”.",
	Help:     "Rename the key, using only characters that the documentation allows.",
	Params:   catalog.Params{catalog.Public(Key), catalog.Public(Forbidden)},
	HTTP:     400,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionFix,
})

// InvalidRoleName: the name of a role is reserved, or has characters or a length that are not
// allowed.
var InvalidRoleName = Domain.Define(139, "INVALID_ROLE_NAME", catalog.Spec{
	Title:    "Role name not valid",
	Detail:   "A role can’t be named “{{.RoleName}}”. Names must match the pattern {{.Allowed}}.",
	Help:     "Use a name that isn’t reserved and that the documentation allows.",
	Params:   catalog.Params{catalog.Public(RoleName), catalog.Public(Allowed)},
	HTTP:     400,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionFix,
})

// InvalidSchemaOperation: a schema cannot be changed as requested, because of its present state:
// the field exists already, or does not exist, or a class that should be deleted still has objects.
var InvalidSchemaOperation = Domain.Define(255, "INVALID_SCHEMA_OPERATION", catalog.Spec{
	Title:  "Schema change not possible",
	Detail: "The class {{.Class}} doesn’t allow the change {{.Change}} in its current state.",
	Help: "Read the schema first. Add only fields that don’t exist, remove only fields that do, " +
		"and empty a class before you delete it.",
	Params:   catalog.Params{catalog.Public(Class), catalog.Public(Change), catalog.Public(Key)},
	HTTP:     409,
	RPC:      catalog.RPCFailedPrecondition,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionFix,
})

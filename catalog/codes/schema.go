package codes

import "github.com/errlingo/errlingo/catalog"

// InvalidQuery: a query names a field that does not exist, or uses an operator that the field's
// type does not have.
var InvalidQuery = Domain.Define(102, "INVALID_QUERY", catalog.Spec{
	Title:    "Query not valid",
	Detail:   "The operator {{.Operator}} cannot be used on the field {{.Key}}.",
	Help:     "Check that the field exists and that its type has this operator.",
	Params:   catalog.Params{catalog.Public(Key), catalog.Public(Operator), catalog.Public(FieldType)},
	HTTP:     400,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionContact,
})

// InvalidClassName: the name of a class of objects is absent, or has characters or a length that
// are not allowed.
var InvalidClassName = Domain.Define(103, "INVALID_CLASS_NAME", catalog.Spec{
	Title:    "Class name not valid",
	Detail:   "A class cannot have the name “{{.ClassName}}”.",
	Help:     "Use a name that matches the pattern {{.Allowed}}. Upper and lower case are different.",
	Params:   catalog.Params{catalog.Public(ClassName), catalog.Public(Allowed)},
	HTTP:     400,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionContact,
})

// InvalidKeyName: the name of a field is reserved, or has characters or a length that are not
// allowed.
var InvalidKeyName = Domain.Define(105, "INVALID_KEY_NAME", catalog.Spec{
	Title:  "Field name not valid",
	Detail: "A field cannot have the name “{{.Key}}”.",
	Help: "Use a name that is not reserved and has only the characters that the documentation " +
		"allows. Upper and lower case are different.",
	Params:   catalog.Params{catalog.Public(Key), catalog.Public(Allowed)},
	HTTP:     400,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionContact,
})

// InvalidPointer: a field that refers to another object holds something other than a well-formed
// reference. Client libraries do not let this happen.
var InvalidPointer = Domain.Define(106, "INVALID_POINTER", catalog.Spec{
	Title: "Reference not valid",
	Detail: "The field {{.Key}} must refer to an object of the class {{.Class}}, but the " +
		"reference is malformed.",
	Help: "Let the client library build the reference. If it did, report this as a fault of the " +
		"library.",
	Params:   catalog.Params{catalog.Public(Key), catalog.Public(Class)},
	HTTP:     400,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionContact,
})

// IncorrectType: a field was given a value of another type than the schema says.
var IncorrectType = Domain.Define(111, "INCORRECT_TYPE", catalog.Spec{
	Title: "Wrong type",
	Detail: "The field {{.Key}} has the type {{.ExpectedType}}, but the value is of type " +
		"{{.ActualType}}.",
	Help: "Send a value of the type that the field has.",
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
	Detail: "The key “{{.Key}}” of a nested object has a character that is not allowed " +
		"({{.Forbidden}}).",
	Help:     "Rename the key without that character.",
	Params:   catalog.Params{catalog.Public(Key), catalog.Public(Forbidden)},
	HTTP:     400,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionFix,
})

// InvalidRoleName: the name of a role is reserved, or has characters or a length that are not
// allowed.
var InvalidRoleName = Domain.Define(139, "INVALID_ROLE_NAME", catalog.Spec{
	Title:    "Role name not valid",
	Detail:   "A role cannot have the name “{{.RoleName}}”.",
	Help:     "Use a name that is not reserved and matches the pattern {{.Allowed}}.",
	Params:   catalog.Params{catalog.Public(RoleName), catalog.Public(Allowed)},
	HTTP:     422,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionFix,
})

// InvalidSchemaOperation: a schema cannot be changed as requested, because of its present state:
// the field exists already, or does not exist, or a class that should be deleted still has objects.
var InvalidSchemaOperation = Domain.Define(255, "INVALID_SCHEMA_OPERATION", catalog.Spec{
	Title:  "Schema change not possible",
	Detail: "In its present state the class {{.Class}} does not allow the change {{.Change}}.",
	Help: "Read the schema first. Add only fields that do not exist, remove only fields that " +
		"do, and empty a class before you delete it.",
	Params:   catalog.Params{catalog.Public(Class), catalog.Public(Change), catalog.Public(Key)},
	HTTP:     409,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionContact,
})

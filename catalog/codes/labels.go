package codes

// Kinds of object, for [ObjectType]: nouns in the singular.
var (
	// A kind of object, in sentences such as "We couldn't find the object".
	KindObject = Domain.Label("object", "object")
	// A kind of object, in sentences such as "We couldn't find the file".
	KindFile = Domain.Label("file", "file")
	// A kind of object, in sentences such as "We couldn't find the page": of a website.
	KindPage = Domain.Label("page", "page")
	// A kind of object, in sentences such as "We couldn't find the user".
	KindUser = Domain.Label("user", "user")
	// A kind of object: what a user may do as a member of a group, such as editor.
	KindRole = Domain.Label("role", "role")
	// A kind of object: the time from signing in to signing out.
	KindSession = Domain.Label("session", "session")
)

// Things that a user may or may not do, for [Operation]: verbs, as on a button.
var (
	// What somebody may not do: "You don't have permission to view this file".
	OperationView = Domain.Label("view", "view")
	// What somebody may not do: "You don't have permission to create this file".
	OperationCreate = Domain.Label("create", "create")
	// What somebody may not do: "You don't have permission to change this file".
	OperationChange = Domain.Label("change", "change")
	// What somebody may not do: "You don't have permission to delete this file".
	OperationDelete = Domain.Label("delete", "delete")
)

// Fields of forms, for [Field], as they are written beside the field but in lower case.
var (
	// A field of a form: the name that somebody signs in with.
	FieldUsername = Domain.Label("username", "username")
	// A field of a form.
	FieldPassword = Domain.Label("password", "password")
	// A field of a form.
	FieldEmail = Domain.Label("email", "email address")
	// A field of a form: the name of a person.
	FieldName = Domain.Label("name", "name")
	// A field of a form: a day.
	FieldDate = Domain.Label("date", "date")
)

// Services that keep accounts of their own, for [Provider] and [Supported].
var (
	// The service, as it writes its own name in the language.
	ProviderApple = Domain.Label("apple", "Apple")
	// The service, as it writes its own name in the language.
	ProviderFacebook = Domain.Label("facebook", "Facebook")
	// The service, as it writes its own name in the language.
	ProviderGitHub = Domain.Label("github", "GitHub")
	// The service, as it writes its own name in the language.
	ProviderGoogle = Domain.Label("google", "Google")
	// The service, as it writes its own name in the language.
	ProviderMicrosoft = Domain.Label("microsoft", "Microsoft")
)

// What an account may use up, for [Quota].
var (
	// What is used up: "This account has reached its limit for storage".
	QuotaStorage = Domain.Label("storage_space", "storage")
	// What is used up: "This account has reached its limit for objects".
	QuotaObjects = Domain.Label("number_of_objects", "objects")
	// What is used up: "This account has reached its limit for users".
	QuotaUsers = Domain.Label("number_of_users", "users")
	// What is used up: "This account has reached its limit for requests".
	QuotaRequests = Domain.Label("number_of_requests", "requests")
)

// Where a verification code comes from, for [Methods].
var (
	// Where a verification code comes from: a program that makes such codes.
	MethodApp = Domain.Label("authenticator_app", "authenticator app")
	// Where a verification code comes from: an SMS.
	MethodSMS = Domain.Label("text_message", "text message")
	// Where a verification code comes from: a message, not an address.
	MethodEmail = Domain.Label("email_message", "email")
)

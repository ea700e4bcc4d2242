package codes

// Kinds of object, for [ObjectType]: nouns in the singular.
var (
	KindObject  = Domain.Label("object", "object")
	KindFile    = Domain.Label("file", "file")
	KindPage    = Domain.Label("page", "page")
	KindUser    = Domain.Label("user", "user")
	KindRole    = Domain.Label("role", "role")
	KindSession = Domain.Label("session", "session")
)

// Things that a user may or may not do, for [Operation]: the names of permissions, as on a button.
var (
	OperationView   = Domain.Label("view", "view")
	OperationCreate = Domain.Label("create", "create")
	OperationChange = Domain.Label("change", "change")
	OperationDelete = Domain.Label("delete", "delete")
)

// Fields of forms, for [Field], as they are written beside the field but in lower case.
var (
	FieldUsername = Domain.Label("username", "user name")
	FieldPassword = Domain.Label("password", "password")
	FieldEmail    = Domain.Label("email", "e-mail address")
	FieldName     = Domain.Label("name", "name")
	FieldDate     = Domain.Label("date", "date")
)

// Services that keep accounts of their own, for [Provider] and [Supported]: names, as the service
// itself writes them in the language.
var (
	ProviderApple     = Domain.Label("apple", "Apple")
	ProviderFacebook  = Domain.Label("facebook", "Facebook")
	ProviderGitHub    = Domain.Label("github", "GitHub")
	ProviderGoogle    = Domain.Label("google", "Google")
	ProviderMicrosoft = Domain.Label("microsoft", "Microsoft")
)

// What an account may use up, for [Quota].
var (
	QuotaStorage  = Domain.Label("storage_space", "storage space")
	QuotaObjects  = Domain.Label("number_of_objects", "number of objects")
	QuotaUsers    = Domain.Label("number_of_users", "number of users")
	QuotaRequests = Domain.Label("number_of_requests", "number of requests")
)

// Places where a code for the second sign-in step comes from, for [Methods].
var (
	MethodApp   = Domain.Label("authenticator_app", "authenticator app")
	MethodSMS   = Domain.Label("text_message", "text message")
	MethodEmail = Domain.Label("email_message", "e-mail")
)

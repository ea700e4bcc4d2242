package catalog

// Unknown stands for an error that carries no code, where a program has not chosen another one for that. It belongs to no
// domain of a program and has no translations.
var Unknown = NewDomain("errlingo").Define(0, "UNKNOWN_ERROR", Spec{
	Title:  "Something went wrong",
	HTTP:   500,
	Action: ActionRetry,
})

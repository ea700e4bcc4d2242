package catalog

// Audience says who a code's texts are written for. Audiences may be combined: AudienceEndUser |
// AudienceOperator.
type Audience uint8

// The audiences.
const (
	AudienceEndUser   Audience = 1 << iota // whoever uses the program
	AudienceDeveloper                      // whoever calls the program's API
	AudienceOperator                       // whoever runs the program
)

// Has reports whether the audience includes all of the other.
func (a Audience) Has(other Audience) bool { return a&other == other }

// Retry says what a client library may do unasked, which is another question than what the user may
// do.
type Retry uint8

// The ways of an automatic retry.
const (
	RetryNever   Retry = iota // none
	RetryBackoff              // again, with growing pauses
	RetryAfter                // again, once the time that the response names has passed
	RetryOnce                 // once more
)

var retryNames = [...]string{"never", "backoff", "after", "once"}

// String returns "never", "backoff", "after" or "once".
func (r Retry) String() string {
	if int(r) < len(retryNames) {
		return retryNames[r]
	}
	return retryNames[RetryNever]
}

// Action says what the user may do about an error.
type Action uint8

// The actions.
const (
	ActionContact Action = iota // nothing but tell those who develop or run the program
	ActionFix                   // fix the input
	ActionRetry                 // try again later
	ActionSignIn                // sign in
	ActionNone                  // nothing has to be done
)

var actionNames = [...]string{"contact", "fix", "retry", "sign-in", "none"}

// String returns "contact", "fix", "retry", "sign-in" or "none".
func (a Action) String() string {
	if int(a) < len(actionNames) {
		return actionNames[a]
	}
	return actionNames[ActionContact]
}

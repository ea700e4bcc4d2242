package catalog

// Audience says who a code's texts are written for. Audiences may be combined: EndUser | Operator.
type Audience uint8

// The audiences.
const (
	EndUser   Audience = 1 << iota // whoever uses the program
	Developer                      // whoever calls the program's API
	Operator                       // whoever runs the program
)

// Has reports whether the audience includes all of the other.
func (a Audience) Has(other Audience) bool { return a&other == other }

// Retry says what a client library may do unasked, which is another question than what the user may do.
type Retry uint8

// The ways of an automatic retry.
const (
	NoRetry      Retry = iota // none
	RetryBackoff              // again, with growing pauses
	RetryAfter                // again, once the time that the response names has passed
	RetryOnce                 // once more
)

var retryNames = [...]string{"no", "backoff", "after", "once"}

// String returns "no", "backoff", "after" or "once".
func (r Retry) String() string {
	if int(r) < len(retryNames) {
		return retryNames[r]
	}
	return retryNames[NoRetry]
}

// Action says what the user may do about an error.
type Action uint8

// The actions.
const (
	Contact  Action = iota // nothing but tell those who develop or run the program
	Fix                    // mend the input
	TryAgain               // try again later
	SignIn                 // sign in
	Ignore                 // nothing has to be done
)

var actionNames = [...]string{"contact", "fix", "again", "auth", "ok"}

// String returns "contact", "fix", "again", "auth" or "ok".
func (a Action) String() string {
	if int(a) < len(actionNames) {
		return actionNames[a]
	}
	return actionNames[Contact]
}

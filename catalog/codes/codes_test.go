package codes_test

import (
	"errors"
	"io"
	"log/slog"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/format"
)

// samples has an argument for every param of the standard codes.
var samples = []catalog.Arg{
	codes.ObjectType.Arg(codes.KindUser), codes.Operation.Arg(codes.OperationChange),
	codes.Field.Arg(codes.FieldEmail), codes.Provider.Arg(codes.ProviderGitHub),
	codes.Quota.Arg(codes.QuotaUsers), codes.ObjectID.Arg("secret-id"),
	codes.FileName.Arg("secret-file"), codes.Email.Arg("secret@example.com"),
	codes.Username.Arg("secret-user"), codes.Value.Arg("secret-value"),
	codes.Platform.Arg("Android"), codes.Class.Arg("Order"), codes.ClassName.Arg("_Order"),
	codes.Key.Arg("a.b"), codes.Allowed.Arg("^[a-z]+$"), codes.Operator.Arg("$lt"),
	codes.FieldType.Arg("object"), codes.ExpectedType.Arg("number"),
	codes.ActualType.Arg("string"), codes.Change.Arg("addField"), codes.ChannelName.Arg("1st"),
	codes.RoleName.Arg("*"), codes.EventName.Arg("?"), codes.FunctionName.Arg("total"),
	codes.Feature.Arg("$text"), codes.InitCall.Arg("Init"), codes.Storage.Arg("localStorage"),
	codes.Host.Arg("localhost"), codes.RequestID.Arg("r1"), codes.Reference.Arg("0f5d"),
	codes.Size.Arg(31_000_000), codes.SizeLimit.Arg(25_000_000), codes.DeclaredSize.Arg(10),
	codes.ReceivedSize.Arg(9), codes.Count.Arg(2), codes.Total.Arg(9), codes.AttemptsLeft.Arg(2),
	codes.MinLength.Arg(1), codes.MaxLength.Arg(36), codes.RequestLimit.Arg(100),
	codes.QuotaUsed.Arg(7), codes.QuotaLimit.Arg(7), codes.Offset.Arg(4),
	codes.RetryAfter.Arg(time.Minute), codes.TimeLimit.Arg(time.Second),
	codes.Window.Arg(time.Hour), codes.PushTime.Arg(time.Unix(0, 0).UTC()),
	codes.Earliest.Arg(time.Unix(1, 0).UTC()), codes.Latest.Arg(time.Unix(2, 0).UTC()),
	codes.Formats.Arg([]string{"PNG", "WebP"}), codes.MediaTypes.Arg([]string{"image/png"}),
	codes.Forbidden.Arg([]string{"$", "."}), codes.Methods.Arg([]*catalog.Label{codes.MethodSMS}),
	codes.Supported.Arg([]*catalog.Label{codes.ProviderApple}),
	codes.SignupURL.Arg("https://example.com/signup"),
	codes.LoginURL.Arg("https://example.com/login"),
	codes.UpgradeURL.Arg("https://example.com/plans"),
}

// secret is in every sample that may be personal.
const secret = "secret"

func TestNumbersAndNamesAreThoseOfTheTable(t *testing.T) {
	table := map[string]int{}
	for line := range strings.Lines(read(t, "testdata/error-codes.md")) {
		cells := strings.Split(line, "|")
		if len(cells) < 4 {
			continue
		}
		if number, err := strconv.Atoi(strings.TrimSpace(cells[2])); err == nil {
			table[strings.TrimSpace(cells[1])] = number
		}
	}
	if len(table) != 64 {
		t.Fatalf("the table has %d codes, want 64", len(table))
	}
	declared := map[string]int{}
	for code := range codes.Domain.Codes() {
		declared[code.Name()] = code.Number()
	}
	for _, name := range slices.Sorted(maps.Keys(table)) {
		if number, ok := declared[name]; !ok || number != table[name] {
			t.Errorf("%s is %d (declared: %t), want %d", name, number, ok, table[name])
		}
		delete(declared, name)
	}
	for name := range declared {
		t.Errorf("%s is not in the table", name)
	}
}

// treatment is one line of testdata/treatment.txt, or the same said of a code.
type treatment struct {
	number   int
	http     int
	retry    string
	action   string
	audience string
	personal string
}

func TestTreatment(t *testing.T) {
	rows := 0
	for line := range strings.Lines(read(t, "testdata/treatment.txt")) {
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		if len(fields) < 8 {
			t.Fatalf("%q has %d fields, want 7 and a reason", line, len(fields))
		}
		rows++
		t.Run(fields[1], func(t *testing.T) {
			want := treatment{
				number: number(t, fields[0]), http: number(t, fields[2]),
				retry: fields[3], action: fields[4], audience: fields[5], personal: fields[6],
			}
			code := codes.Domain.Code(fields[1])
			if code == nil {
				t.Fatal("no such code")
			}
			if got := treatmentOf(t, code); got != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
	if declared := len(slices.Collect(codes.Domain.Codes())); rows != declared {
		t.Errorf("%d codes have a treatment, want %d", rows, declared)
	}
}

// TestTreatmentByRule checks the rules that the head of the table gives, so that no code is an
// exception by accident.
func TestTreatmentByRule(t *testing.T) {
	for code := range codes.Domain.Codes() {
		status, name := code.Spec().HTTP, code.Name()
		is := func(a catalog.Audience) bool { return code.Audience() == a }
		rules := []struct {
			rule  string
			of    bool // whether the rule is about the code
			keeps bool
		}{
			{"a name that breaks the rules is 400, fix",
				strings.HasPrefix(name, "INVALID_") && strings.HasSuffix(name, "_NAME"),
				status == 400 && code.Action() == catalog.ActionFix},
			{"misuse by a program is never 422", is(catalog.AudienceDeveloper), status != 422},
			{"422 is for people", status == 422, code.Audience().Has(catalog.AudienceEndUser)},
			{"backoff is for 503", code.Retry() == catalog.RetryBackoff, status == 503},
			{"after is for 429", code.Retry() == catalog.RetryAfter, status == 429},
			{"no client repeats by itself what fails again", code.Retry() != catalog.RetryNever,
				status == 503 || status == 429},
			{"repeating a 4xx as it is can't help a person", code.Action() == catalog.ActionRetry,
				status == 429 || status >= 500 || status == 0},
			{"signing in helps if it is not known who asks", code.Action() == catalog.ActionSignIn,
				status == 401 || code == codes.LinkedIDMissing},
		}
		for _, r := range rules {
			if r.of && !r.keeps {
				t.Errorf("%s: %s; status %d, retry %v, action %v", name, r.rule, status, code.Retry(), code.Action())
			}
		}
	}
}

func treatmentOf(t *testing.T, code *catalog.Code) treatment {
	t.Helper()
	return treatment{
		number: code.Number(), http: code.Spec().HTTP,
		retry: code.Retry().String(), action: code.Action().String(),
		audience: audience(code.Audience()), personal: personal(t, code),
	}
}

func audience(a catalog.Audience) string {
	var who []string
	for _, one := range []struct {
		audience catalog.Audience
		letter   string
	}{{catalog.AudienceEndUser, "U"}, {catalog.AudienceOperator, "O"},
		{catalog.AudienceDeveloper, "D"}} {
		if a.Has(one.audience) {
			who = append(who, one.letter)
		}
	}
	return strings.Join(who, "+")
}

// personal returns the params whose arguments are kept from the log, which shows all others, or
// "-".
func personal(t *testing.T, code *catalog.Code) string {
	t.Helper()
	logged := map[string]bool{}
	for _, attr := range sample(t, code).LogValue().Group() {
		if attr.Key == "params" {
			for _, param := range attr.Value.Group() {
				logged[param.Key] = true
			}
		}
	}
	var names []string
	for _, p := range code.Spec().Params {
		if !logged[p.Name()] {
			names = append(names, p.Name())
		}
	}
	if names == nil {
		return "-"
	}
	return strings.Join(names, ",")
}

// sample returns an error with an argument for each param of the code.
func sample(t *testing.T, code *catalog.Code) *catalog.Error {
	t.Helper()
	err := code.New(samples...)
	for i, arg := range access.ArgsOf(err) {
		if arg.Kind() == format.None {
			t.Fatalf("samples has no argument for %s.%s", code.Name(), code.Spec().Params[i].Name())
		}
	}
	return err
}

func TestPersonalArgumentsStayWithTheReader(t *testing.T) {
	for code := range codes.Domain.Codes() {
		t.Run(code.Name(), func(t *testing.T) {
			err := sample(t, code)
			if strings.Contains(err.Error(), secret) {
				t.Errorf("Error() tells it: %v", err)
			}
			for name, value := range err.PublicArgs() {
				if json, _ := value.MarshalJSON(); strings.Contains(string(json), secret) {
					t.Errorf("the public param %s tells it: %s", name, json)
				}
			}
			var log strings.Builder
			slog.New(slog.NewJSONHandler(&log, nil)).Error("failed", "err", err)
			if strings.Contains(log.String(), secret) {
				t.Errorf("the log tells it: %s", log.String())
			}
		})
	}
}

func TestStatuses(t *testing.T) {
	for code := range codes.Domain.Codes() {
		if s := code.Spec().HTTP; s != 0 && (s < 400 || s > 599) {
			t.Errorf("%s has the status %d, which is not one of an error", code.Name(), s)
		}
	}
}

func TestEveryParamIsOfUse(t *testing.T) {
	for code := range codes.Domain.Codes() {
		spec := code.Spec()
		all := spec.Detail + spec.Help
		public := map[string]bool{}
		for name := range sample(t, code).PublicArgs() {
			public[name] = true
		}
		hidden := strings.Split(personal(t, code), ",")
		for _, p := range spec.Params {
			inText := strings.Contains(all, "{{."+p.Name()+"}}")
			if slices.Contains(hidden, p.Name()) && !inText {
				t.Errorf("%s: param %s is neither in a text nor in the log", code.Name(), p.Name())
			}
			if p.Kind() == "label" && public[p.Name()] {
				t.Errorf("%s: param %s is public, but programs cannot read a label", code.Name(), p.Name())
			}
		}
	}
}

func TestCodesWithSeveralFaults(t *testing.T) {
	for code := range codes.Domain.Codes() {
		if got, want := code.Aggregate(), code == codes.AggregateError; got != want {
			t.Errorf("%s: Aggregate is %t, want %t", code.Name(), got, want)
		}
	}
	for _, code := range []*catalog.Code{codes.AggregateError, codes.ValidationError} {
		if code.Spec().Plural.By == nil || code.Spec().Plural.By.Name() != "Count" {
			t.Errorf("%s has no plural by Count", code.Name())
		}
	}
}

func TestDeprecated(t *testing.T) {
	for code := range codes.Domain.Codes() {
		spec := code.Spec()
		if got, want := spec.Deprecated != "", code.Name() == "X_DOMAIN_REQUEST"; got != want {
			t.Errorf("%s: deprecated is %t, want %t", code.Name(), got, want)
		}
		if spec.ReplacedBy != nil && spec.ReplacedBy.Spec().Deprecated != "" {
			t.Errorf("%s is replaced by %s, which is deprecated itself", code.Name(), spec.ReplacedBy.Name())
		}
	}
}

func TestRetryAfterReachesTheResponse(t *testing.T) {
	for _, code := range []*catalog.Code{codes.ConnectionFailed, codes.RequestLimitExceeded} {
		err := code.Wrap(io.EOF, codes.RetryAfter.Arg(2*time.Minute))
		if d, ok := err.RetryAfter(); !ok || d != 2*time.Minute {
			t.Errorf("%s: RetryAfter is %v, %t", code.Name(), d, ok)
		}
		if !errors.Is(err, code) || !errors.Is(err, io.EOF) {
			t.Errorf("%s: the error is not both its code and its cause", code.Name())
		}
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

package rpcstatus

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	spb "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/protobuf/proto"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/problem"
)

// The limits of a status that is read. One that exceeds them is read in part.
const (
	maxReceived = 64  // details
	maxKeys     = 256 // entries of the metadata
)

// Error returns the error that a status is, as [problem.FromResponse] does for a response: a
// *[catalog.Error] if the code is one of the domains, with its public arguments, and a
// *[problem.Foreign] for anything else, such as a status of a server that does not use this module.
// The status is input from elsewhere: what it lacks or has wrong is ignored.
//
// Errors inside the error have a code and texts, but no arguments: if a text shows one, it is the
// server's own, in its language.
func Error(s *spb.Status, domains ...*catalog.Domain) error {
	r := read(s)
	code := r.code(domains)
	doc := r.document(code, domains)
	status := catalog.RPC(min(max(s.GetCode(), 0), math.MaxUint8)).HTTPStatus()
	if code != nil {
		status = code.HTTPStatus()
	}
	header := http.Header{"Content-Type": {"application/problem+json"}}
	if wait := r.retry.GetRetryDelay().GetSeconds(); wait > 0 {
		if r.retry.GetRetryDelay().GetNanos() > 0 {
			wait++
		}
		header.Set("Retry-After", strconv.FormatInt(wait, 10))
	}
	data, _ := json.Marshal(doc) // cannot fail: it is made of texts, numbers and valid JSON
	return problem.FromResponse(&http.Response{
		StatusCode: status, Header: header, Body: io.NopCloser(bytes.NewReader(data)),
	}, domains...)
}

// received is what the details of a status say.
type received struct {
	status  *spb.Status
	info    *errdetails.ErrorInfo
	texts   []*errdetails.LocalizedMessage
	bad     *errdetails.BadRequest
	retry   *errdetails.RetryInfo
	request *errdetails.RequestInfo
	help    *errdetails.Help
}

// read reads the details. Of several of a kind, the first one counts.
func read(s *spb.Status) *received {
	r := &received{status: s}
	for _, detail := range s.GetDetails()[:min(len(s.GetDetails()), maxReceived)] {
		m, err := detail.UnmarshalNew()
		if err != nil {
			continue
		}
		switch m := m.(type) {
		case *errdetails.ErrorInfo:
			first(&r.info, m)
		case *errdetails.LocalizedMessage:
			r.texts = append(r.texts, m)
		case *errdetails.BadRequest:
			first(&r.bad, m)
		case *errdetails.RetryInfo:
			first(&r.retry, m)
		case *errdetails.RequestInfo:
			first(&r.request, m)
		case *errdetails.Help:
			first(&r.help, m)
		}
	}
	return r
}

func first[T proto.Message](to *T, m T) {
	if !(*to).ProtoReflect().IsValid() {
		*to = m
	}
}

// code returns the code that ErrorInfo names, or nil.
func (r *received) code(domains []*catalog.Domain) *catalog.Code {
	for _, domain := range domains {
		if domain.Name() == r.info.GetDomain() {
			return domain.Code(r.info.GetReason())
		}
	}
	return nil
}

// document returns the status as a document of package problem, which then reads it with all the
// care that it takes with responses.
func (r *received) document(code *catalog.Code, domains []*catalog.Domain) map[string]any {
	doc := map[string]any{
		"domain": r.info.GetDomain(), "name": r.info.GetReason(), "params": r.params(code),
	}
	if number, err := strconv.Atoi(r.info.GetMetadata()[KeyNumber]); err == nil {
		doc["code"] = number
	}
	if total, err := strconv.Atoi(r.info.GetMetadata()[KeyTotal]); err == nil {
		doc["total"] = total
	}
	if code != nil { // a status has no place for these
		doc["retry"], doc["action"] = code.Retry().String(), code.Action().String()
	} else if r.retry != nil {
		doc["retry"] = catalog.RetryAfter.String()
	}
	if id := r.request.GetRequestId(); id != "" {
		doc["instance"] = (&problem.Details{Reference: id}).Instance()
	}
	if links := r.help.GetLinks(); len(links) > 0 {
		doc["type"] = links[0].GetUrl()
	}
	r.addTexts(doc, code)
	var errors []map[string]any
	names := strings.Split(r.info.GetMetadata()[KeyDomains], ",")
	violations := r.bad.GetFieldViolations()
	for i, v := range violations[:min(len(violations), problem.MaxErrors)] {
		domain := r.info.GetDomain()
		if len(names) > i && names[i] != "" {
			domain = names[i]
		}
		errors = append(errors, inner(v, domain, code, domains))
	}
	doc["errors"] = errors
	return doc
}

// addTexts adds the texts. A status without LocalizedMessage that is not known here has its message
// as title.
func (r *received) addTexts(doc map[string]any, code *catalog.Code) {
	if len(r.texts) == 0 {
		if code == nil {
			doc["title"] = r.status.GetMessage()
		}
		return
	}
	summary, title := r.texts[0], r.texts[min(1, len(r.texts)-1)]
	doc["title"], doc["lang"] = title.GetMessage(), title.GetLocale()
	if summary.GetMessage() != title.GetMessage() && summary.GetLocale() == title.GetLocale() {
		doc["detail"] = summary.GetMessage()
	}
	if len(r.texts) > 2 && r.texts[2].GetLocale() == title.GetLocale() {
		doc["help"] = r.texts[2].GetMessage()
	}
}

// params returns the arguments as JSON. Metadata has text only, so the examples of a known code say
// which of them are texts.
func (r *received) params(code *catalog.Code) map[string]json.RawMessage {
	var example struct{ Params map[string]json.RawMessage }
	if code != nil {
		data, _ := code.Example().MarshalJSON()
		_ = json.Unmarshal(data, &example)
	}
	params := map[string]json.RawMessage{}
	for name, value := range r.info.GetMetadata() {
		if strings.Contains(name, "-") || len(params) == maxKeys {
			continue
		}
		form := example.Params[name]
		if len(form) > 0 && form[0] != '"' && json.Valid([]byte(value)) {
			params[name] = json.RawMessage(value)
		} else {
			params[name], _ = json.Marshal(value)
		}
	}
	return params
}

// inner returns the document of an error inside another. That of an aggregate has no pointer unless
// it is a violation.
func inner(
	v *errdetails.BadRequest_FieldViolation, domain string, outer *catalog.Code,
	domains []*catalog.Domain,
) map[string]any {
	doc := map[string]any{"domain": domain, "name": v.GetReason(), "pointer": pointer(v.GetField())}
	if v.GetField() == "" && outer != nil && outer.Aggregate() {
		delete(doc, "pointer")
	}
	text := v.GetLocalizedMessage()
	if text.GetMessage() == "" {
		doc["title"] = v.GetDescription()
		return doc
	}
	// The sentence takes the place of both, since a detail needs a title in its language.
	doc["title"], doc["lang"] = text.GetMessage(), text.GetLocale()
	known := slices.ContainsFunc(domains, func(d *catalog.Domain) bool {
		return d.Name() == domain && d.Code(v.GetReason()) != nil
	})
	if known {
		doc["detail"] = text.GetMessage()
	}
	return doc
}

// pointer returns the path of a field as a URI fragment (RFC 6901, section 6).
func pointer(field string) string {
	if field != "" && field[0] != '/' {
		parts := strings.NewReplacer("~", "~0", "/", "~1", ".", "/", "[", "/", "]", "")
		field = "/" + parts.Replace(field)
	}
	return "#" + (&url.URL{Fragment: field}).EscapedFragment()
}
